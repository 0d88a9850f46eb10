import shutil

import pytest

from services.evaluation.adapters.rules import FILES, load_rulebook
from services.evaluation.settings import Settings
from shared.parameters.strict_yaml import ParameterFileError


@pytest.fixture(name="folder")
def _folder(tmp_path):
    source = Settings.model_fields["rulebook_dir"].default
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(source / name, tmp_path / name)
    return tmp_path


def changed(folder, name, before, after):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_whole_plan_is_in_the_catalogue(rulebook):
    """38 work points with 173 requirements and 164 indicators."""
    points = rulebook.work_points
    assert list(range(1, 39)) == [point.id for point in points]
    assert 173 == sum(len(point.requirements) for point in points)
    assert 164 == sum(len(point.indicators) for point in points)


def test_what_is_scored_has_points(rulebook):
    """Every indicator that is scored can win something; one that is only shown, nothing."""
    given = {one.id: one.points.on(rulebook.since) > 0 for one in rulebook.indicators}
    assert {one.id: one.scored for one in rulebook.indicators} == given


def test_no_points_are_taken_for_confirmed(rulebook):
    """The plan gives no points, so none that can be won is shown as confirmed."""
    scored = [one for one in rulebook.indicators if one.scored]
    assert {False} == {one.points.entry_on(rulebook.since).confirmed for one in scored}


def test_every_unit_of_the_plan_is_assessed(rulebook):
    """Each county unit that an item names is among the departments."""
    named = {unit for point in rulebook.work_points for unit in point.responsible}
    generic = {unit for unit in named if unit.endswith("行业部门")} | {"各镇"}
    assert named - generic == set(rulebook.departments)


def test_a_changed_rule_has_another_version(rulebook, folder):
    """The version of a rule is the SHA-256 of what it says; others keep theirs."""
    changed(folder, "rules/indicators_2022.yaml", "deduct: 0.5", "deduct: 0.6")
    again = load_rulebook(folder)
    differing = [
        one.id
        for one, other in zip(rulebook.indicators, again.indicators, strict=True)
        if one.version != other.version
    ]
    assert ["I01-1"] == differing
    assert rulebook.files["rules/indicators_2022.yaml"] != again.files["rules/indicators_2022.yaml"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("rules/indicators_2022.yaml", "households_covered", "moons_counted"),
        ("rules/indicators_2022.yaml", "type: proportional", "type: generous"),
        ("rules/indicators_2022.yaml", "deduct: 0.5", "deducts: 0.5"),
        ("rules/indicators_2022.yaml", "id: I01-1", "id: I99-1"),
        ("rules/indicators_2022.yaml", "figures: [helper_days]", "figures: [helper_weeks]"),
        ("rules/assessment_2022.yaml", "least: 80", "least: 95"),
        ("rules/assessment_2022.yaml", "least: 0}", "least: 1}"),
        ("policy/counting.yaml", "confirmed: false}", "confirmed: perhaps}"),
    ],
)
def test_a_mistake_in_a_file_stops_the_start(folder, name, before, after):
    """What could not be scored with is refused at once, naming the file."""
    changed(folder, name, before, after)
    with pytest.raises(ParameterFileError) as refused:
        load_rulebook(folder)
    assert name in str(refused.value)
