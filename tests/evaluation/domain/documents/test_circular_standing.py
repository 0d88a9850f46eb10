from services.evaluation.domain.documents.circular_standing import components, lead_sentence, standing_blocks
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.documents.paper import Table
from tests.evaluation.frozen_results import entry, frozen, three_towns, version


def test_the_lead_names_first_and_last(rulebook):
    """First and last with their scores, the mean, who is barred and who has no score."""
    text = lead_sentence(frozen(rulebook).towns, "各镇", "镇")
    assert "参加排名的2个镇中，甲镇以80.00分居第1位，乙镇以60.00分居第2位（末位）；平均70.00分。" in text
    assert "因否优事项不得评为优秀的：乙镇（指标I01-1 I01-1）。" in text
    assert "丙镇无可计分事项，不参加排名。" in text


def test_shared_ranks_are_named_together(rulebook):
    """Units that share the first or the last rank are all named; one rank alone has no last."""
    towns = [entry("甲镇", "70.00", 1), entry("乙镇", "70.00", 1)]
    result = FrozenResult.of(version(towns, [], []), rulebook)
    text = lead_sentence(result.towns, "各镇", "镇")
    assert "甲镇、乙镇以70.00分居第1位" in text
    assert "末位" not in text
    assert "未排名" in lead_sentence(result.departments, "县级部门", "部门")


def test_the_tables_hold_the_totals_of_the_board(rulebook):
    """Every unit has its row, with rank, total and grade as frozen."""
    result = frozen(rulebook)
    tables = [block for block in standing_blocks(result) if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    expected = [(str(one["rank"] or "—"), one.name, one["total"] or "—") for one in result.units()]
    assert expected == [(row[0], row[1], row[-2]) for row in rows]


def test_components_nobody_had_are_left_out(rulebook):
    """A bonus of nothing for everybody is no column; one with points is."""
    towns, departments, lines = three_towns()
    nothing = {"id": "bonus", "name": "加分", "points": "0.00", "full": None}
    towns[0]["composition"].append(nothing)
    assert [("各项指标", ("63",))] == components(frozen(rulebook, parts=(towns, departments, lines)).towns)
    nothing["points"] = "1.00"
    assert 2 == len(components(frozen(rulebook, parts=(towns, departments, lines)).towns))
