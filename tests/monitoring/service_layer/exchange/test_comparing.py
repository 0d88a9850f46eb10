from services.monitoring.domain.exchange.cell import NOT_A_DAY
from services.monitoring.domain.exchange.registry_row import RegistryRow
from services.monitoring.service_layer.exchange.comparing import Comparison
from services.monitoring.service_layer.ports_exchange import KnownHousehold, KnownPerson

HOUSE = KnownHousehold(
    "h1", "H1", 3, "100A03A03", {"area_code": "610327109203", "phone": "#138", "address": "沟口"}
)
PERSON = KnownPerson(
    "p1", "H1", {"name": "赵甲", "labour_skill": "001", "phone": "#139", "person_no": "H101"}
)


class Known:
    """A registry of one household and one person."""

    def __init__(self, house=HOUSE):
        self.house = house

    def known_households(self, numbers):
        return {"H1": self.house} if "H1" in numbers else {}

    def known_people(self, identities):
        return {"A": PERSON} if "A" in identities else {}

    def phone_hash(self, phone):
        return f"#{phone}"


def row(number=2, household_no="H1", identity="A", person=None, household=None, problems=()):
    person = {"name": "赵甲"} if person is None else person
    return RegistryRow(number, household_no, "H101", identity, person, household or {}, problems)


def outcome(*rows, own_area="", known=None):
    comparison = Comparison(known or Known(), own_area)
    staged = list(comparison.take(rows))
    return [(one.outcome, [problem[1] for problem in one.problems]) for one in staged], comparison.unchanged


def test_what_the_registry_says_already_is_unchanged():
    """Such rows are counted and not staged; telephones are compared by their hash."""
    assert ([], 1) == outcome(row(person={"name": "赵甲", "phone": "139"}, household={"phone": "138"}))


def test_a_difference_is_a_change_of_household_and_person():
    """Household and person stand apart, each with what was there."""
    rows = [row(person={"labour_skill": "003"}, household={"address": "塬上", "phone": "137"})]
    (one,) = Comparison(Known(), "").take(rows)
    assert ("h1", 3, "p1") == (one.household_id, one.household_version, one.person_id)
    assert ({"labour_skill": "003"}, {"address": "塬上", "phone": "137"}) == (one.person, one.household)
    assert {"labour_skill": "001", "address": "沟口", "phone": None} == one.before


def test_a_household_is_changed_once_however_many_rows_it_has():
    """The first row carries the household's change; a row that says otherwise is wrong."""
    household = {"address": "塬上"}
    same = outcome(row(household=household), row(3, identity="", person={}, household=household))
    assert ([("changed", [])], 1) == same
    other = outcome(row(household=household), row(3, identity="", person={}, household={"address": "坡下"}))
    assert [("changed", []), ("failed", ["household_differs"])] == other[0]


def test_contradictions_are_told():
    """Elsewhere, new in a known household, twice, without village, unknown, of another area."""
    assert [("failed", ["person_elsewhere"])] == outcome(row(household_no="H2"))[0]
    assert [("failed", ["new_member"])] == outcome(row(identity="B"))[0]
    assert [("failed", ["village_missing"])] == outcome(row(household_no="H2", identity="B"))[0]
    assert [("failed", ["household_unknown"])] == outcome(row(household_no="H2", identity="", person={}))[0]
    assert [("failed", ["outside_area"])] == outcome(row(), own_area="610327112")[0]
    twice = outcome(row(household_no="H2", identity="B", household={"area_code": "6"}), row(identity="B"))
    assert [("new", []), ("failed", ["new_member", "twice_in_file"])] == twice[0]


def test_what_was_wrong_in_the_cells_stays_wrong():
    """Problems of cells come first."""
    assert [("failed", ["not_a_day"])] == outcome(row(problems=(("born_on", NOT_A_DAY),)))[0]


def test_a_monitored_household_keeps_its_type():
    """Only its case changes it; the list is not asked."""
    monitored = KnownHousehold("h1", "H1", 3, "100A03001", {**HOUSE.values, "household_type": "100A03001"})
    said = {"household_type": "100A03A03", "lifted_out": True}
    assert ([], 1) == outcome(row(household=said), known=Known(monitored))
