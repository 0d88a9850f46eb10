"""Rows of the ledger as a database keeps them, for tests of reading."""

from typing import Any

from tests.evaluation.samples import TODAY

_EMPTY: dict[str, Any] = {
    "plan": {"measures": "", "target": "", "standard": "", "nodes": []},
    "responsible": {"lead_unit": "", "supervising_unit": "", "leader": "", "person": ""},
    "progress": [],
    "mechanism": "",
    "completed_on": None,
    "stages": [],
    "round": 0,
    "checks": [],
    "on_the_spot": False,
    "recurrences": [],
    "look_backs": [],
    "history": [],
}


def row(number, **about):
    """Return one row; *about* is what differs."""
    values = {
        "id": f"p{number}", "number": f"2022-{number:05d}", "unit": "610327109", "lead_unit": "",
        "supervising_unit": "", "source": "province", "category": "housing", "cause": "late",
        "state": "registered", "level": "", "area_code": "", "household_id": "", "systemic": False,
        "found_on": TODAY, "registered_on": TODAY, "handed_over_on": None, "due_on": None,
        "moved_on": None, "next_node_on": None, "due_stage": "", "closed_on": None,
        "looked_back_on": None, "recurred": 0, "consequence": "none", "text": "房屋漏雨",
        "document_no": "", "version": 1, **about,
    }  # fmt: skip
    responsible = {**_EMPTY["responsible"], "lead_unit": values["lead_unit"]}
    return {**values, "particulars": {**_EMPTY, "responsible": responsible}}
