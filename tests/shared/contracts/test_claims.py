from datetime import date
from typing import ClassVar

import pytest

from shared.contracts.claims import Claim, broken, claims, fields_of
from shared.contracts.envelope import EventData
from shared.contracts.monitoring.v1 import HouseholdRecorded
from shared.parameters.strict_yaml import ParameterFileError


class WellDug(EventData):
    """A well was dug."""

    type: ClassVar[str] = "monitoring.well_dug.v1"

    depth: int
    done_on: date


def test_fields_of_objects_inside():
    """Fields of an object inside an event are claimed with dots."""
    assert {"occurred_on", "members", "members.born_on"} <= fields_of(HouseholdRecorded)
    assert "born_on" not in fields_of(HouseholdRecorded)


def test_a_lost_field_names_the_reader():
    """When a field is gone the complaint names reader, field, type and publisher."""
    claim = Claim("finance", "monitoring", {"monitoring.well_dug.v1": ("depth", "owner_id")})
    (complaint,) = broken(claim, {WellDug.type: WellDug})
    assert complaint == "finance reads owner_id of monitoring.well_dug.v1, which monitoring no longer has"


def test_a_lost_type_names_the_reader():
    """When a type is gone the complaint names reader, type and publisher."""
    claim = Claim("finance", "monitoring", {"monitoring.well_dug.v1": ("depth",)})
    (complaint,) = broken(claim, {})
    assert complaint == "finance reads monitoring.well_dug.v1, which monitoring does not publish"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("- a", "mapping"),
        ("monitoring.well_dug.v1: depth", "list of fields"),
        ("monitoring.well_dug.v1: [1]", "list of fields"),
        ("finance.loan_repaid.v1: [loan_id]", "not published by monitoring"),
    ],
)
def test_a_file_that_is_no_claim(tmp_path, text, word):
    """A file that cannot be read as a claim is refused by name."""
    file = tmp_path / "monitoring" / "readers" / "finance.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterFileError, match=rf"finance\.yaml.*{word}"):
        claims(tmp_path)
