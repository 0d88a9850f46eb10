from fractions import Fraction

import pytest

from services.evaluation.adapters.rubric.scored import score_files

RUBRIC = """
format: shouxian-rubric-1
id: quarters
title: 季度考核
total: 20
parts:
  - id: '1'
    name: 季度
    points: 20
    periods: {weights: {Q1: 0.2, Q2: 0.8}}
    items:
      - {id: a, name: 甲, points: 14, rule: {type: proportional, target: 100}}
      - {id: b, name: 乙, points: 6, rule: {type: proportional, target: 100}}
"""
VALUES = """unit,item,period,value
村,a,Q1,100
村,a,Q2,100
村,b,Q1,%s
村,b,Q2,%s
"""


@pytest.mark.parametrize(("first", "second"), [("100", "100"), ("100", "n/a"), ("n/a", "n/a")])
def test_what_does_not_apply_in_a_period_costs_nothing(tmp_path, first, second):
    """Everything that applied was done, so all points are won, whichever quarter had nothing to do."""
    (tmp_path / "r.yaml").write_text(RUBRIC)
    (tmp_path / "v.csv").write_text(VALUES % (first, second))
    scored = score_files(tmp_path / "r.yaml", tmp_path / "v.csv")
    assert Fraction(20) == scored.result.unit("村").total
