"""A test of a works' water: passed, or failed until it is fixed and the water tested again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.process import Process, StepRule
from services.monitoring.domain.water.policy import WaterPolicy
from shared.kernel.errors import InvalidInputError, NotFoundError


class WaterTestNotFoundError(NotFoundError):
    code = "water_test_not_found"
    zh = "没有找到这次水质检测"
    en = "There is no such test"


class FailedItemsError(InvalidInputError):
    """Raised when a failed test names nothing that failed, or a passed one does."""

    code = "failed_items"
    zh = "不合格的检测须写明不合格项目，合格的不填"
    en = "Say what failed in a failed test, and nothing in a passed one"


class QualityState(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    FIXED = "fixed"
    CLOSED = "closed"
    REPEATED = "repeated"


class QualityStep(StrEnum):
    FIX = "fix"
    RETEST_PASSED = "retest_passed"
    RETEST_FAILED = "retest_failed"


_S, _T = QualityState, QualityStep
_STATES: dict[str, tuple[str, str]] = {
    _S.PASSED: ("合格", "passed"),
    _S.FAILED: ("不合格，待整改", "failed, to be fixed"),
    _S.FIXED: ("已整改，待复检", "fixed, to be tested again"),
    _S.CLOSED: ("复检合格", "passed when tested again"),
    _S.REPEATED: ("复检不合格", "failed when repeated"),
}
_STEPS: dict[str, StepRule] = {
    _T.FIX: StepRule("登记整改", "Fixed", ("department", "town"), {_S.FAILED: _S.FIXED}),
    _T.RETEST_PASSED: StepRule("复检合格", "Passed when repeated", ("department",), {_S.FIXED: _S.CLOSED}),
    _T.RETEST_FAILED: StepRule("复检不合格", "Failed when repeated", ("department",), {_S.FIXED: _S.FAILED}),
}


@dataclass(frozen=True, slots=True)
class Tested:
    """The water of a works was tested."""

    test: "WaterTest"


@dataclass(kw_only=True)
class WaterTest(Process):
    """One test. *due_on* of a failed one: by when it must be fixed and repeated.

    A test that repeats another names it in *retest_of* and is never open itself: if it
    fails too, the first one waits to be fixed again, so that one failure stays one thing.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.PASSED, _S.CLOSED, _S.REPEATED})

    works_id: str
    tested_on: date
    failed_items: str = ""
    laboratory: str = ""
    retest_of: str | None = None

    @classmethod
    def make(
        cls,
        *,
        passed: bool,
        failed_items: str,
        acting: Acting,
        policy: WaterPolicy,
        **told: Any,  # noqa: ANN401  (the fields above)
    ) -> Self:
        """Return a test with its result; a failed one has its limit."""
        if passed == bool(failed_items):
            raise FailedItemsError
        test = cls(
            **told,
            failed_items=failed_items,
            tested_on=acting.on,
            last_step_on=acting.on,
            state=_S.PASSED if passed else _S.REPEATED if told.get("retest_of") else _S.FAILED,
        )
        if not passed:
            due_on, confirmed = policy.fixed_by(acting.on)
            test._due(due_on, confirmed=confirmed)
        test._begin(acting)
        test.raise_fact(Tested(test))
        return test

    @property
    def passed(self) -> bool:
        return self.state == _S.PASSED

    def fix(self, acting: Acting) -> None:
        """Note that the cause is removed; the limit runs on until the water was tested again."""
        self._take(_T.FIX, acting)

    def repeated_by(self, again: "WaterTest", acting: Acting) -> None:
        """Close this failed test by the one that repeats it, or wait for the next if that failed too."""
        self._take(_T.RETEST_PASSED if again.passed else _T.RETEST_FAILED, acting)
        self._due(again.due_on, confirmed=again.limit_confirmed)
