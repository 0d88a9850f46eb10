"""What units owe, in words and with the pages on which each is dealt with."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.evaluation.adapters.read_models_owed import Debts, Kind, Owed, debts
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from shared.persistence.engine import reading
from shared.web.i18n import Words

KINDS: Mapping[Kind, Words] = {
    "reports": Words("指标上报", "Reports"),
    "months": Words("月调度", "Monthly progress"),
    "meetings": Words("季例会", "Quarterly meetings"),
    "orders": Words("督办函", "Orders"),
    "problems": Words("问题整改", "Problems to rectify"),
    "undertakings": Words("限办事项", "Undertakings"),
    "classes": Words("培训班", "Training classes"),
}
_PAGES: Mapping[Kind, tuple[str, Mapping[str, str]]] = {
    "reports": ("/reporting", {"state": "overdue"}),
    "months": ("/dispatch", {"overdue": "1"}),
    "meetings": ("/meetings", {}),
    "orders": ("/orders", {"overdue": "1"}),
    "problems": ("/ledger", {"colour": "red"}),
    "undertakings": ("/undertakings", {"overdue": "1"}),
    "classes": ("/training", {"state": "planned"}),
}
_NOTHING = Owed(0, 0)


@dataclass(frozen=True, slots=True)
class OwedKind:
    """One kind of thing a unit owes, or the county; *path* leads to what is late, to all where nothing is."""

    kind: Kind
    words: Words
    open: int
    late: int
    path: str


@dataclass(frozen=True, slots=True)
class UnitLate:
    """How much of a unit is past its day, kind by kind."""

    unit: str
    late: Mapping[Kind, int]

    @property
    def total(self) -> int:
        return sum(self.late.values())


def debts_of(ask: EvaluationAsk, unit: str = "") -> Debts:
    """Return what every unit owes today, or *unit* alone."""
    with reading(ask.service.engine) as connection:
        return debts(connection, ask.today, ask.service.clock(), unit)


def page_of_late(kind: Kind, unit: str = "", *, late: bool = True) -> str:
    """Return the list in which what is late of a kind stands, of one unit where it is named."""
    path, wanted = _PAGES[kind]
    given = {**(wanted if late or kind == "classes" else {}), **({"unit": unit} if unit else {})}
    return f"{path}?{urlencode(given)}" if given else path


def kinds_of(found: Debts, unit: str = "") -> list[OwedKind]:
    """Return every kind with what is open and late, of *unit* or of all together."""
    rows = [found.get(unit, {})] if unit else list(found.values())
    shown = []
    for kind, words in KINDS.items():
        owed = [row.get(kind, _NOTHING) for row in rows]
        number, late = sum(one.open for one in owed), sum(one.late for one in owed)
        shown.append(OwedKind(kind, words, number, late, page_of_late(kind, unit, late=late > 0)))
    return shown


def units_late(found: Debts) -> list[UnitLate]:
    """Return the units with something past its day, the most first."""
    rows = (
        UnitLate(unit, {kind: one.late for kind, one in kinds.items() if one.late})
        for unit, kinds in found.items()
    )
    return sorted((row for row in rows if row.total), key=lambda row: (-row.total, row.unit))
