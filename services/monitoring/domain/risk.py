"""What a risk's code needs beside it, and what looks wrong about a case's risks (domain 4.1, 9.2)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from services.monitoring.domain.errors import RiskDetailMissingError
from services.monitoring.domain.member import CHRONIC, DISABLED, SERIOUSLY_ILL, Member
from shared.kernel.errors import Language
from shared.kernel.money import Fen

ILLNESS, DISABILITY, DISASTER = "100A27001", "100A27005", "100A27006"
UNSTEADY_WORK, NO_LABOUR, OTHER = "100A27009", "100A27010", "100A27011"
_ABLE = frozenset({"001", "002"})
_LABOUR = _ABLE | {"005"}
_MANY = 4


def require_detail(risks: Collection[str], *, kind: str, note: str) -> None:
    """Refuse a disaster without its *kind* (a code of ``disaster``), another risk without a *note*."""
    if DISASTER in risks and not kind:
        raise RiskDetailMissingError(
            risk_zh="因自然灾害",
            risk_en="natural disaster",
            needed_zh="灾害子项",
            needed_en="the kind of disaster",
        )
    if OTHER in risks and not note.strip():
        raise RiskDetailMissingError(
            risk_zh="其他", risk_en="other", needed_zh="备注说明", needed_en="a note that says which"
        )


def detail_for(risk: str, *, kind: str, note: str) -> dict[str, str]:
    """Return what is kept with a case beside *risk*: nothing for most."""
    needed = {DISASTER: kind, OTHER: note.strip()}.get(risk, "")
    return {risk: needed} if needed else {}


@dataclass(frozen=True, slots=True)
class RiskDoubt:
    """Something that looks wrong about a case's risks. It is shown, unconfirmed; it refuses nothing."""

    rule: str
    zh: str
    en: str

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


def risk_doubts(
    risks: Sequence[str], details: Mapping[str, str], members: Sequence[Member], self_paid: Fen | None
) -> tuple[RiskDoubt, ...]:
    """Return what a running county's checks would question; *self_paid* is of the newest ledger."""
    present = [member for member in members if member.present]
    return tuple(
        doubt
        for risk, is_doubtful, doubt in _RULES
        if risk in risks and is_doubtful(_Seen(present, details, self_paid))
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    present: Sequence[Member]
    details: Mapping[str, str]
    self_paid: Fen | None

    def labourers(self, skills: Collection[str] = _LABOUR) -> int:
        return sum(member.labour_skill in skills for member in self.present)

    def anybody(self, *health: str) -> bool:
        return any(not set(health).isdisjoint(member.health) for member in self.present)


_RULES: tuple[tuple[str, Callable[[_Seen], bool], RiskDoubt], ...] = (
    (
        DISABILITY,
        lambda seen: not seen.anybody(DISABLED),
        RiskDoubt(
            "J-11", "风险为因残，但家庭成员中没有残疾人", "Disability, but nobody is recorded as disabled"
        ),
    ),
    (
        OTHER,
        lambda seen: not seen.details.get(OTHER),
        RiskDoubt("J-13", "风险为其他，但没有备注", "Another risk, but no note says which"),
    ),
    (
        DISASTER,
        lambda seen: not seen.details.get(DISASTER),
        RiskDoubt("J-14", "风险为因自然灾害，但没有灾害子项", "A disaster, but not of which kind"),
    ),
    (
        UNSTEADY_WORK,
        lambda seen: seen.labourers() == 0,
        RiskDoubt(
            "J-15",
            "风险为因务工就业不稳，但没有劳动力",
            "Unsteady work, but nobody in the household can work",
        ),
    ),
    (
        ILLNESS,
        lambda seen: not seen.anybody(CHRONIC, SERIOUSLY_ILL),
        RiskDoubt(
            "J-16",
            "风险为因病，但没有患大病或长期慢性病的成员",
            "Illness, but nobody is seriously or chronically ill",
        ),
    ),
    (
        ILLNESS,
        lambda seen: not seen.self_paid,
        RiskDoubt(
            "J-17", "风险为因病，但合规自付支出为零或未填", "Illness, but no self-paid spending is recorded"
        ),
    ),
    (
        NO_LABOUR,
        lambda seen: bool(seen.present) and seen.labourers() == len(seen.present),
        RiskDoubt(
            "J-20", "风险为缺劳动力，但每名成员都有劳动能力", "Lack of labour, but every member can work"
        ),
    ),
    (
        NO_LABOUR,
        lambda seen: len(seen.present) >= _MANY and 2 * seen.labourers() >= len(seen.present),
        RiskDoubt(
            "J-21",
            "风险为缺劳动力，但4人以上户至少半数有劳动能力",
            "Lack of labour, but half of four or more can work",
        ),
    ),
    (
        NO_LABOUR,
        lambda seen: 4 * seen.labourers(_ABLE) > len(seen.present),
        RiskDoubt(
            "J-22",
            "风险为缺劳动力，但普通和技能劳动力超过25%",
            "Lack of labour, but over a quarter are full labour",
        ),
    ),
)
