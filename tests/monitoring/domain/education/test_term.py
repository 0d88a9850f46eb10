from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.education.term import Term
from services.monitoring.domain.guarantee_errors import TermError


@pytest.mark.parametrize("text", ["2022", "20223", "20220", "19991", "2022a", "２０２２１", ""])
def test_what_is_no_term_is_refused(text):
    """A year and 1 or 2, nothing else."""
    with pytest.raises(TermError):
        Term.parse(text)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2022, 1, 31), "20212"),
        (date(2022, 2, 1), "20221"),
        (date(2022, 8, 31), "20221"),
        (date(2022, 9, 1), "20222"),
    ],
)
def test_a_day_lies_in_one_term(day, term):
    """Spring begins in February and autumn in September; January is still the autumn before."""
    assert term == str(Term.of(day))


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_terms_follow_each_other(day):
    """The term before begins earlier, and a term is read back as it is written."""
    term = Term.of(day)
    assert term.before.first_day < term.first_day <= max(day, term.first_day)
    assert term == Term.parse(str(term))


def test_a_term_has_a_name():
    """People read the year and the season."""
    assert ("2022年秋季学期", "autumn term 2022") == (Term(2022, 2).zh, Term(2022, 2).en)
