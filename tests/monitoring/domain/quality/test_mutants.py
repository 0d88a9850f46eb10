"""Every slip somebody could make in a rule is noticed by the cases of its family."""

import importlib
import inspect

import pytest

from services.monitoring.domain.quality.catalogue import FAMILIES
from tests.monitoring.domain.quality.records import breaks, tables_of
from tests.support.mutation import Mutant, mutants

_TABLES = frozenset({"PERSON", "HOUSEHOLD", "WORK", "VILLAGE"})
_SAME = {
    "structure": {"b5, '' -> '?'"},
    "work": {"f5, '' -> '?'", "works_outside, '' -> '?'"},
    "monitored": {"_only_problem, '' -> '?'", "j44_high, 0 -> 1"},
}
"""Slips that change nothing a record can show, by family."""


def _survives(mutant: Mutant, cases) -> bool:
    try:
        tables = tables_of(mutant.run("mutant"))
        return all(case.fires == breaks(case, tables) for case in cases)
    except Exception:  # noqa: BLE001  (a mutant may break in any way, and is noticed by that)
        return False


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__.rpartition(".")[2])
def test_every_mutant_is_killed(family):
    """No changed operator, constant, ``and``, ``or`` or ``not`` of a family gets past its cases."""
    name = family.__name__.rpartition(".")[2]
    cases = importlib.import_module(f"tests.monitoring.domain.quality.test_{name}").CASES
    every = list(mutants(inspect.getsource(family), skip=_TABLES))
    alive = [f"{one.where}, {one.slip}" for one in every if _survives(one, cases)]
    assert len(every) > len(cases) / 10
    assert [] == [one for one in alive if one not in _SAME.get(name, ())]
