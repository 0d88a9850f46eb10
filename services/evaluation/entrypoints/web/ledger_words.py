"""What the ledger's pages call things, and in which part of it an officer acts and looks."""

from collections.abc import Iterable, Mapping
from datetime import date

from services.evaluation.adapters.read_models_ledger import Scope
from services.evaluation.bootstrap import Evaluation
from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Happened
from services.evaluation.domain.ledger.policy import Codes
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.reminder import Colour, Limits, colour_of
from services.evaluation.domain.ledger.state import (
    LEVEL_WORDS,
    SOURCE_WORDS,
    STAGE_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    Level,
    Source,
    Stage,
    State,
    Step,
)
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.entrypoints.web.visibility import unit_of
from shared.areas import areas
from shared.parameters.figure import DatedFigure
from shared.web.forms import Choice
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge

LEDGER = Words("问题整改台账", "Rectification ledger")
EVERYTHING = frozenset({"county", "evaluator"})
_TOWN = 9
NO_BADGE = Badge("grey", Words("—", "—"))
_COLOURS = {
    Colour.NONE: NO_BADGE,
    Colour.BLUE: Badge("blue", Words("临期", "near")),
    Colour.YELLOW: Badge("yellow", Words("滞后", "behind")),
    Colour.RED: Badge("red", Words("超期", "overdue")),
}
_STATE_COLOURS = {State.CLOSED: "green", State.REJECTED: "grey", State.RETURNED: "red", State.REOPENED: "red"}
_CONSEQUENCES = {
    "none": NO_BADGE,
    "notice": Badge("yellow", Words("建议通报", "notice proposed")),
    "trigger": Badge("red", Words("建议提出问责线索", "accountability trigger proposed")),
}


def state_words(state: State) -> Words:
    return Words(*STATE_WORDS[state])


def step_words(step: Step) -> Words:
    return Words(*STEP_WORDS[step])


def stage_words(stage: Stage) -> Words:
    return Words(*STAGE_WORDS[stage])


def source_words(source: str) -> Words:
    return Words(*SOURCE_WORDS[Source(source)])


def level_words(level: str) -> Words:
    """Return what a level is called; nothing is called so before it was assigned."""
    return Words(*LEVEL_WORDS[Level(level)]) if level else Words("未定", "not assigned")


def code_words(figure: DatedFigure[Codes], code: str, on: date) -> Words:
    """Return what a category or cause was called on a day; a code that is gone goes by itself."""
    found = figure.on(on).get(code)
    return same(code or "—") if found is None else Words(str(found["zh"]), str(found["en"]))


def category_words(service: Evaluation, problem: Problem) -> Words:
    return code_words(service.ledger.categories, problem.category, problem.found_on)


def cause_words(service: Evaluation, problem: Problem) -> Words:
    return code_words(service.ledger.causes, problem.cause, problem.found_on)


def state_badge(state: State) -> Badge:
    """Return where a problem stands."""
    return Badge(_STATE_COLOURS.get(state, "blue"), state_words(state))  # type: ignore[arg-type]  # colours of Badge


def colour_badge(problem: Problem, today: date, limits: Limits) -> Badge:
    """Return the reminder of a problem."""
    return _COLOURS[colour_of(problem.running, today, limits)]


def consequence_badge(consequence: str) -> Badge:
    """Return what is proposed after a recurrence."""
    return _CONSEQUENCES[consequence]


def place_words(problem: Problem) -> Words:
    """Return where the problem lies."""
    known = problem.area_code in areas()
    return same("".join(one.name for one in areas().path(problem.area_code)[1:]) if known else "—")


_ACTED = {
    "county": ("县级", "the county"),
    "evaluator": ("督查考核机构", "the supervision office"),
    "system": ("系统", "the system"),
}
"""Who has no unit of its own to be named by."""


def who_words(line: Happened) -> Words | None:
    """Return who took a step, as people know them: the office, or the town, department or village."""
    if line.role in _ACTED:
        return Words(*_ACTED[line.role])
    if not line.unit:
        return Words("经办人", "an officer") if line.by else None
    return unit_words(line.unit)


def acting_of(officer: Officer, today: date) -> Acting:
    """Return who acts, as the domain knows it."""
    unit = unit_of(officer) if officer.role == "department" else officer.area_code[:_TOWN]
    return Acting(today, officer.login, officer.role, unit, officer.area_code)


def scope_of(officer: Officer) -> Scope:
    """Return what part of the ledger an officer sees: all, the department's, the town's, the village's."""
    if officer.role in EVERYTHING:
        return Scope()
    if officer.role == "department":
        return Scope(unit=unit_of(officer))
    if officer.role == "town":
        return Scope(officer.area_code, officer.area_code)
    return Scope(area=officer.area_code)


def choices_from(words: Mapping[object, tuple[str, str]]) -> list[Choice]:
    return [Choice(str(key), zh, en) for key, (zh, en) in words.items()]


def category_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the categories in force today."""
    return _code_choices(ask.service.ledger.categories, ask.today)


def cause_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the causes in force today."""
    return _code_choices(ask.service.ledger.causes, ask.today)


def _code_choices(figure: DatedFigure[Codes], on: date) -> Iterable[Choice]:
    for code, words in figure.on(on).items():
        yield Choice(code, str(words["zh"]), str(words["en"]))


def own_unit_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the units whose problems an officer may enter: every one, or the own."""
    own = acting_of(ask.officer, ask.today).unit
    for unit in ask.service.units():
        if ask.officer.role in EVERYTHING or unit.id == own:
            words = unit_words(unit.id)
            yield Choice(unit.id, words.zh, words.en)


def department_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the departments that can lead, and none."""
    yield Choice("", "无", "none")
    for unit in ask.service.units():
        if unit.group == "department":
            yield Choice(unit.id, unit.name, unit.name)


def source_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the sources an officer may name: a unit enters what it found itself."""
    if ask.officer.role in EVERYTHING:
        return choices_from(SOURCE_WORDS)  # type: ignore[arg-type]  # any key that has a text
    return [Choice(Source.SELF.value, *SOURCE_WORDS[Source.SELF])]


def village_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the places of the officer's area, and none."""
    yield Choice("", "不落到村", "no village")
    for area in areas().inside(ask.officer.area_code):
        if area.level != "county":
            name = "".join(one.name for one in areas().path(area.code)[1:])
            yield Choice(area.code, name, name)
