import pytest

from shared.contracts.codes import UnknownCodeError, codes, measure_list, relation_sex

SIZES = {
    "relation": 28,
    "ethnicity": 57,
    "political": 6,
    "education": 6,
    "school_status": 25,
    "health": 4,
    "labour_skill": 5,
    "document": 3,
    "member_added": 6,
    "member_removed": 8,
    "risk": 11,
    "disaster": 8,
    "measure_category": 14,
    "household_type": 6,
    "absence_reason": 7,
}


@pytest.mark.parametrize("key", SIZES)
def test_lists_are_complete(key):
    """Every list of the national record has as many codes as the record has, beside this system's own."""
    assert SIZES[key] == len([code for code in codes()[key] if not code.extra.get("own")])


def test_every_code_speaks_both_languages():
    """No code is shown to a person as an empty word."""
    nameless = [(one.key, c.value) for one in codes().values() for c in one if not (c.zh and c.en)]
    assert [] == nameless


@pytest.mark.parametrize(
    ("relation", "sex"),
    [("003", "1"), ("027", "1"), ("014", "2"), ("026", "2"), ("001", None), ("021", None)],
)
def test_relation_fixes_the_sex(relation, sex):
    """A son is male, a mother-in-law female; a head or a sibling may be either."""
    assert sex == relation_sex(relation)


def test_twenty_three_relations_have_one_sex():
    """Head, spouse, brother or sister and other are the only relations open to both."""
    assert {"001", "002", "021", "099"} == {
        c.value for c in codes()["relation"] if relation_sex(c.value) is None
    }


def test_gb4761_codes_are_unique():
    """An import by GB/T 4761 finds one relation for each code."""
    imported = [c.extra["gb4761"] for c in codes()["relation"]]
    assert len(imported) == len(set(imported))


def test_unknown_code_is_refused_by_the_name_of_its_list():
    """A wrong code is refused in words a person understands, and cut short."""
    with pytest.raises(UnknownCodeError) as refused:
        codes().check("health", "005" * 20)

    assert "“健康状况”没有这个代码：0050050050050050" == refused.value.text("zh")


def test_every_category_of_measure_has_its_values():
    """A measure's code can be looked up for each of the fourteen categories."""
    assert all(measure_list(category.value).codes for category in codes()["measure_category"])


def test_exactly_four_categories_develop():
    """Business, employment, finance and public-service posts are the measures by development."""
    found = {c.value for c in codes()["measure_category"] if c.extra["kind"] == "development"}
    assert {"100A39", "100A40", "100A41", "100A42"} == found


def test_every_change_points_to_a_risk():
    """Whatever may happen to a household leads to a risk of the national list."""
    assert all(c.extra["risk"] in codes()["risk"] for c in codes()["change_kind"])


def test_income_items_by_group():
    """The ledger has five items of wage, four of business, five of property, 25 of transfer, four of cost."""
    groups = [code.extra["group"] for code in codes()["income_item"]]
    assert {"wage": 5, "operating": 4, "property": 5, "transfer": 25, "cost": 4} == {
        group: groups.count(group) for group in groups
    }
