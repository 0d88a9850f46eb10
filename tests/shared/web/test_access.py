import pytest

from shared.kernel.errors import NotFoundError
from shared.web.access import OutsideAreaError, ensure_area, load_permissions
from shared.web.officer import Officer


def officer(role="town", area="610327109", service=None):
    return Officer("a1", "x", "某人", role, "某单位", service, area, "zh")


@pytest.mark.parametrize("area", ["610327112", "610327112200", "610327", "61032710", "", None])
def test_a_town_sees_only_its_own(area):
    """Another town, the county as a whole, a cut-off code and nothing at all are refused alike."""
    with pytest.raises(OutsideAreaError):
        ensure_area(officer(), area)


def test_a_grid_worker_is_told_as_little_as_a_village():
    """What is not there and what lies in another grid look alike to a grid worker."""
    with pytest.raises(OutsideAreaError):
        ensure_area(officer("grid", "610327109203"), None)


def test_own_area_and_everything_in_it():
    """A town and its villages are the town's."""
    ensure_area(officer(), "610327109")
    ensure_area(officer(), "610327109203")


def test_county_wide_roles_are_told_what_is_not_there():
    """Who may see everything learns that there is nothing."""
    with pytest.raises(NotFoundError) as told:
        ensure_area(officer("evaluator", "610327"), None)
    assert "not_found" == told.value.code


@pytest.mark.parametrize(
    "entry",
    [
        "{zh: 甲, en: X, roles: [king]}",
        "{zh: 甲, en: X, roles: []}",
        "{zh: 甲, en: X, roles: [town], limited_to: [moon]}",
        "{zh: 甲, en: X, roles: [town], limit: [area]}",
        "{zh: 甲, en: X, roles: [town], units: [县教体局]}",
    ],
)
def test_a_mistyped_permission_stops_the_start(tmp_path, entry):
    """A role, limit or key nobody knows is an error, not a hole."""
    path = tmp_path / "permissions.yaml"
    path.write_text(f"x.do: {entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"permission x\.do"):
        load_permissions("x", path)


def test_a_permission_reaches_as_far_as_it_says(tmp_path):
    """Limited to the service, other departments are out; limited to the area, other areas are."""
    path = tmp_path / "permissions.yaml"
    path.write_text(
        "x.do: {zh: 甲, en: X, roles: [town, department], limited_to: [area, service]}\n", encoding="utf-8"
    )
    permissions = load_permissions("x", path)
    assert [True, False, True, False] == [
        permissions.granted(officer("department", "610327", "x"), "x.do"),
        permissions.granted(officer("department", "610327", "y"), "x.do"),
        permissions.granted(officer(), "x.do", "610327109203"),
        permissions.granted(officer(), "x.do", "610327112200"),
    ]


def test_a_permission_of_one_unit_is_no_other_departments(tmp_path):
    """Named for a unit, other departments are out and every other role stays in."""
    path = tmp_path / "permissions.yaml"
    path.write_text("x.do: {zh: 甲, en: X, roles: [town, department], units: [某单位]}\n", encoding="utf-8")
    permissions = load_permissions("x", path)
    other = Officer("a1", "x", "某人", "department", "别的单位", None, "610327", "zh")
    assert permissions.granted(officer("department", "610327"), "x.do")
    assert not permissions.granted(other, "x.do")
    assert permissions.granted(officer("town"), "x.do")
