"""The year is judged: marks of people, a draft that is shown, two appeals, the final result, published."""

from datetime import date
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.scoreboard import ScoreLine
from services.evaluation.service_layer.appeal import (
    AcceptAppeal,
    FileAppeal,
    RejectAppeal,
    UpholdAppeal,
    accept_appeal,
    file_appeal,
    reject_appeal,
    uphold_appeal,
)
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    PublishAssessment,
    draft_assessment,
    finalise_assessment,
    publish_assessment,
    revise_assessment,
    show_assessment,
)
from services.evaluation.service_layer.mark import RecordMark, record_mark
from shared.kernel.period import Month

_YEAR = 2022
_OFFICE = "县委督查室"
_MARKED = date(_YEAR, 12, 24)
_JUDGED_AS_OF = date(_YEAR, 12, 25)
"""In the last week of the year, so that the days of appeal end within it."""
_SHOWN, _APPEALED, _RULED, _REVISED, _FINAL = (date(_YEAR, 12, day) for day in (26, 27, 28, 29, 30))


class YearsAssessment:
    """One assessment, from the marks to the publication."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._units = [unit.id for unit in self._evaluation.units()]
        self._assessment = ""

    def plan(self) -> None:
        """Put the marks of each month and the days of the assessment on the calendar."""
        on = self._world.agenda.on
        for number in range(1, 12):
            on(Month(_YEAR, number).plus(1).first_day, partial(self._daily, Month(_YEAR, number)))
        on(_MARKED, self._judge)
        on(_SHOWN, self._show)
        on(_APPEALED, self._appeal)
        on(_REVISED, self._revise)
        on(_FINAL, self._publish)

    # --- marks ---------------------------------------------------------------------------------------

    def _daily(self, month: Month, day: date) -> None:
        period = f"{month.year}-{month.number:02d}"
        for unit in self._units:
            chance = self._world.chance("daily", unit, period)
            if chance.happens(rates()["assessment"]["month_judged"]):
                self._mark(unit, "daily", str(chance.number(84, 99)), day, period)

    def _judge(self, day: date) -> None:
        for unit in self._units:
            chance = self._world.chance("marks", unit)
            self._mark(unit, "review", f"{chance.number(78, 98) / 10:.1f}", day)
            self._mark(unit, "satisfaction", f"{chance.number(860, 985) / 10:.1f}", day)
            self._mark(unit, "year_end", str(chance.number(82, 98)), day)
            if not unit.isdigit():
                self._mark(unit, "common", str(chance.number(85, 99)), day)
            if chance.happens(rates()["assessment"]["bonus"]):
                self._mark(unit, "bonus", "1", day)

    def _mark(self, unit: str, item: str, value: str, day: date, period: str = "") -> None:
        command = RecordMark(
            unit=unit,
            item=item,
            value=Decimal(value),
            as_of=day,
            assessor=_OFFICE,
            period=period,
            judged_by="sim-county",
            reason="示例：按评鉴办法评定",
        )
        record_mark(command, self._evaluation.uow(), self._evaluation.rulebook, self._units)

    # --- versions ------------------------------------------------------------------------------------

    def _show(self, day: date) -> None:
        evaluation = self._evaluation
        command = DraftAssessment(as_of=_JUDGED_AS_OF, known_at=day)
        self._assessment = draft_assessment(command, evaluation.uow(), evaluation.scores)
        show_assessment(NextVersion(self._assessment), evaluation.uow(), evaluation.scores)

    def _publish(self, _day: date) -> None:
        evaluation = self._evaluation
        command = NextVersion(self._assessment, reason="示例：申诉已全部裁定")
        finalise_assessment(command, evaluation.uow(), evaluation.scores)
        publish_assessment(PublishAssessment(self._assessment), evaluation.uow())

    # --- appeals -------------------------------------------------------------------------------------

    def _appeal(self, _day: date) -> None:
        """Two towns appeal, each against what it lost most by; the first with a case nobody had counted."""
        board = self._evaluation.scores.board(_JUDGED_AS_OF, self._world.today())
        chance = self._world.chance("appeals")
        for place, town in enumerate(sorted(_two(chance, [score.unit.id for score in board.towns]))):
            line = _worst(list(board.unit(town).lines))
            if line is None:
                continue
            command = FileAppeal(self._assessment, town, line.indicator.id, "示例：有一件未计入", "示例证明")
            appeal_id = file_appeal(command, self._evaluation.uow())
            accept_appeal(AcceptAppeal(appeal_id), self._evaluation.uow())
            self._world.agenda.on(_RULED, partial(self._decide, appeal_id, place == 0))

    def _decide(self, appeal_id: str, for_the_unit: bool, _day: date) -> None:  # noqa: FBT001  (bound by partial: a parameter of the act)
        evaluation = self._evaluation
        if for_the_unit:
            command = UpholdAppeal(
                appeal_id, "case_counted", "示例：证明属实，予以计入", numerator="1", day=_JUDGED_AS_OF
            )
            uphold_appeal(command, evaluation.uow(), evaluation.scores)
        else:
            reject_appeal(RejectAppeal(appeal_id, "示例：证明不足，维持原分"), evaluation.uow())

    def _revise(self, _day: date) -> None:
        command = NextVersion(self._assessment, reason="示例：按裁定重新计分")
        revise_assessment(command, self._evaluation.uow(), self._evaluation.scores)


def _two(chance: Chance, towns: list[str]) -> list[str]:
    first = chance.one_of(towns)
    return [first, chance.one_of([town for town in towns if town != first])]


def _worst(lines: list[ScoreLine]) -> ScoreLine | None:
    """Return the share that lost the most points to cases that were not met."""
    lost = [
        line
        for line in lines
        if line.status == "scored" and line.denominator > line.numerator and line.lost > 0
    ]
    return max(lost, key=lambda line: (line.lost, line.indicator.id), default=None)
