"""What is found while the rows of a list are read: warnings with their clues, and differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.clue import CluePolicy, Report
from services.monitoring.domain.comparison.catalogue import rules_of
from services.monitoring.domain.comparison.difference import (
    LISTED,
    WHOLE_LISTS,
    ComparisonDifference,
    DifferenceStep,
    Disagreement,
    disagreement,
    left_out,
)
from services.monitoring.domain.comparison.matching import Matched, Registered
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.raising import (
    Delivery,
    InForce,
    becomes_clue,
    difference_from,
    report_from,
    warnings_of,
)
from services.monitoring.domain.comparison.row import Row
from services.monitoring.domain.comparison.warning import DepartmentWarning
from services.monitoring.service_layer.clue import take_reports
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(slots=True)
class Findings:
    """What is found in one list. Differences are only those of the newest month: an older list is history."""

    delivery: Delivery
    uow: UnitOfWork
    clues: CluePolicy
    in_force: InForce
    labels: Mapping[str, str]
    due: tuple[date, bool]
    compares: bool
    open: dict[str, ComparisonDifference]
    explained: set[tuple[str, str, str]]
    raised: int = 0
    differing: int = 0
    still: set[str] = field(default_factory=set)
    gone: dict[str, ComparisonDifference] = field(default_factory=dict)

    def take(self, rows: Sequence[tuple[Row, Matched]]) -> None:
        """Ask the rules and compare the register, for the rows whose person is certain."""
        certain = [(row, person) for row, found in rows if (person := found.certain) is not None]
        self._raise(certain)
        if self.compares:
            self._compare(
                [(person, disagreement(self.delivery.kind, row, person)) for row, person in certain]
            )

    def close(self, *, complete: bool) -> None:
        """End the comparison: with a *complete* list also of those it leaves out; close what has gone."""
        if not self.compares:
            return
        if complete and self.delivery.kind in WHOLE_LISTS:
            absent = self.uow.department_lists.absent(self.delivery.list_id, self.delivery.kind)
            self._compare([(one, left_out(self.delivery.kind, one)) for one in absent])
            self.gone.update({one: it for one, it in self.open.items() if one not in self.still})
        for one in self.gone.values():
            one.take(DifferenceStep.GONE, on=self.delivery.on)
        self.uow.differences.save_all(self.gone.values())

    def _raise(self, certain: Sequence[tuple[Row, Registered]]) -> None:
        found: dict[str, tuple[DepartmentWarning, Row]] = {}
        for row, person in certain:
            for one in warnings_of(row, person, self.delivery, self.in_force):
                found.setdefault(one.id, (one, row))
        for known in self.uow.department_warnings.raised_before(found):
            del found[known]
        reports = [self._report(one, row) for one, row in found.values() if becomes_clue(one)]
        take_reports(reports, self.uow)
        self.raised += len(self.uow.department_warnings.take([one for one, _ in found.values()]))

    def _report(self, warning: DepartmentWarning, row: Row) -> Report:
        report = report_from(warning, row, self.clues, self.labels[warning.rule])
        warning.clue_id = report.clue_id
        return report

    def _compare(self, found: Sequence[tuple[Registered, Disagreement | None]]) -> None:
        new = []
        for person, one in found:
            before = self.open.get(person.person_id)
            if one is None:
                if before is not None and person.person_id not in self.still:
                    self.gone[person.person_id] = before
                continue
            self.still.add(person.person_id)
            self.gone.pop(person.person_id, None)
            if before is None and (person.person_id, one.listed, one.registered) not in self.explained:
                new.append(difference_from(one, person, self.delivery, self.due))
        self.differing += len(self.uow.differences.take(new))


def open_findings(
    delivery: Delivery, uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> Findings:
    """Return where the findings of *delivery* are gathered; the rules are those at the end of its month."""
    rules = {rule.id: policy.rules[rule.id] for rule in rules_of(delivery.kind)}
    newest = uow.department_lists.newest_month(delivery.kind) <= str(delivery.month)
    compares = delivery.kind in LISTED and newest
    about = LISTED[delivery.kind][0] if compares else ""
    return Findings(
        delivery,
        uow,
        clues,
        {id_: one.entry_on(delivery.month.last_day) for id_, one in rules.items()},
        {id_: one.figure.label.zh for id_, one in rules.items()},
        policy.due(policy.difference_days, delivery.on),
        compares,
        {one.person_id: one for one in uow.differences.open_about(about)} if compares else {},
        uow.differences.explained(about) if compares else set(),
    )
