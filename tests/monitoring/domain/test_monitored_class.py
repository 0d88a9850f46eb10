import pytest

from services.monitoring.domain.case_errors import (
    ClassDoesNotFitError,
    IncomeDoesNotFitError,
    IncomePeriodError,
    UnknownClassError,
)
from services.monitoring.domain.monitored_class import (
    MARGINAL,
    SUDDEN,
    UNSTABLE,
    IncomeShown,
    check_class,
    income_check,
)

LINE = 650_000


def income(net: int, reference: int | None = None, *, confirmed: bool = True) -> IncomeShown:
    return IncomeShown("l1", net, net if reference is None else reference, LINE, confirmed)


@pytest.mark.parametrize(
    ("monitored_class", "lifted_out"), [(UNSTABLE, True), (MARGINAL, False), (SUDDEN, True), (SUDDEN, False)]
)
def test_who_may_be_in_which(monitored_class, lifted_out):
    """Unstable is for lifted-out households, marginal for the others, sudden hardship for both."""
    check = check_class(monitored_class, lifted_out=lifted_out, income=None, reason="")
    assert check.fits is None


@pytest.mark.parametrize(("monitored_class", "lifted_out"), [(UNSTABLE, False), (MARGINAL, True)])
def test_who_may_not(monitored_class, lifted_out):
    """The other two combinations are refused, with whatever reason."""
    with pytest.raises(ClassDoesNotFitError):
        check_class(monitored_class, lifted_out=lifted_out, income=None, reason="综合判断")


def test_unknown():
    """A code that is no class is refused."""
    with pytest.raises(UnknownClassError):
        check_class("100A03A01", lifted_out=False, income=None, reason="")


@pytest.mark.parametrize(
    ("monitored_class", "net", "reference", "fits"),
    [
        (UNSTABLE, LINE, LINE, True),
        (UNSTABLE, LINE + 1, LINE, False),
        (MARGINAL, LINE - 1, LINE - 1, True),
        (SUDDEN, LINE, LINE, False),
        (SUDDEN, LINE + 1, LINE, True),
        (SUDDEN, LINE + 1, LINE + 1, False),
    ],
)
def test_the_line(monitored_class, net, reference, fits):
    """At the line is within it; sudden hardship lies above it and falls below by rigid spending."""
    assert fits == income_check(monitored_class, income(net, reference)).fits


def test_a_confirmed_line_asks_for_a_reason():
    """Against a confirmed line a class needs a reason in writing, and passes with one."""
    with pytest.raises(IncomeDoesNotFitError):
        check_class(UNSTABLE, lifted_out=True, income=income(LINE + 1), reason=" ")
    assert check_class(UNSTABLE, lifted_out=True, income=income(LINE + 1), reason="综合判断").fits is False


def test_a_ledger_of_other_months():
    """It shows of which months it is and fits nothing; deciding on it needs a reason in writing."""
    old = IncomeShown(
        "l1", LINE - 1, LINE - 1, LINE, line_confirmed=False, current=False, period="201701-201712"
    )
    with pytest.raises(IncomePeriodError):
        check_class(UNSTABLE, lifted_out=True, income=old, reason=" ")
    check = check_class(UNSTABLE, lifted_out=True, income=old, reason="台账正在更新，综合判断")
    assert check.fits is None
    assert "201701-201712" in check.zh
    assert "201701-201712" in check.en


def test_an_unconfirmed_line_only_warns():
    """An unconfirmed line refuses nobody; the check says that it is unconfirmed."""
    check = check_class(UNSTABLE, lifted_out=True, income=income(LINE + 1, confirmed=False), reason="")
    assert (False, False) == (check.fits, check.confirmed)
    assert "未确认" in check.zh
