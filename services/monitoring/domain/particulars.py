"""What is recorded of a person: the fields of the national record, whoever they belong to."""

from dataclasses import dataclass, field
from datetime import date

HEALTHY = "001"
IDENTITY_CARD = "01"
DISABILITY_CARD = "02"
OFFICERS_CARD = "03"
_ID_LENGTH = 18
NOT_AIDED = "0"
"""Neither 低保 nor 特困: known, and no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """A person's fields (domain 8.2); codes are those of domain 8.3, without their list's name.

    None means that nobody has said: a rule that looks for blanks must be able to
    see one. Months are ``YYYYMM``, money is fen. *name*, *id_number* and *phone*
    are personal: they stay in this database and never enter an event, a log or a
    refusal, nor the ``repr``.
    """

    name: str = field(repr=False)
    sex: str
    born_on: date
    relation: str
    labour_skill: str
    document: str = IDENTITY_CARD
    id_number: str = field(default="", repr=False)
    ethnicity: str | None = "001"
    political: str | None = "006"
    education: str | None = None
    school_status: str | None = None
    absence_reason: str | None = None
    health: tuple[str, ...] = (HEALTHY,)
    disability_kind: str | None = None
    disability_grade: str | None = None
    disability_card_year: int | None = None
    mandarin: bool | None = None
    low_income: str | None = None
    destitute: str | None = None
    destitute_support_fen: int | None = None
    resident_insurance: bool | None = True
    """In the basic medical insurance of residents (城乡居民基本医疗保险)."""
    employee_insurance: bool | None = None
    serious_illness_insurance: bool | None = None
    commercial_insurance: bool | None = None
    resident_pension: bool | None = None
    employee_pension: bool | None = None
    accident_subsidy: bool | None = None
    medical_relief: bool | None = None
    other_health_help: bool | None = None
    work_place: str | None = None
    """Where the person works: the area code of a county or province, two to six digits; none abroad."""
    work_place_name: str = ""
    employer: str = ""
    work_months: int | None = None
    abroad: bool | None = None
    work_channel: str | None = None
    industry: str = ""
    graduate_work: str | None = None
    posts: tuple[str, ...] = ()
    """Public-service posts, codes of 100A42; two kinds at most are plausible (G-4)."""
    post_months: int | None = None
    relocated_person: bool | None = None
    identified_month: str | None = None
    phone: str = field(default="", repr=False)

    @property
    def identity(self) -> str:
        """What tells one person from another: a disability card holds its bearer's ID number. Personal."""
        return identity_of(self.document, self.id_number)

    @property
    def insured(self) -> bool:
        """Whether the person is known to be in exactly one basic medical insurance (H-1, H-2)."""
        return (self.resident_insurance is True) != (self.employee_insurance is True)

    @property
    def low_income_aid(self) -> bool:
        """Whether the person is known to receive 低保, urban or rural."""
        return self.low_income not in (None, NOT_AIDED)

    @property
    def destitute_aid(self) -> bool:
        """Whether the person is known to be supported as 特困, urban or rural."""
        return self.destitute not in (None, NOT_AIDED)


def identity_of(document: str, number: str) -> str:
    """Return the part of a document's *number* that tells its bearer from others."""
    return number if document == OFFICERS_CARD else number[:_ID_LENGTH].upper()


CODE_LISTS = {
    "sex": "sex",
    "relation": "relation",
    "labour_skill": "labour_skill",
    "document": "document",
    "ethnicity": "ethnicity",
    "political": "political",
    "education": "education",
    "school_status": "school_status",
    "absence_reason": "absence_reason",
    "disability_kind": "disability_kind",
    "disability_grade": "disability_grade",
    "low_income": "low_income",
    "destitute": "destitute",
    "work_channel": "employment_channel",
    "graduate_work": "graduate_work",
}
"""The code list of each field that has one code."""
SEVERAL_CODES = {"health": "health", "posts": "measure_100A42"}
"""The code list of each field that may have several."""
