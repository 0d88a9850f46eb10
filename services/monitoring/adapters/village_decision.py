"""Where village decisions are kept."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import village_decisions
from services.monitoring.domain.matter_errors import DecisionNotFoundError
from services.monitoring.domain.village_decision import VillageDecision
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(VillageDecision) if one.name not in ("version", "facts"))


class VillageDecisions:
    """The decisions of all villages, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, decision: VillageDecision) -> None:
        add_version(self._connection, village_decisions, _row(decision))
        self._collect(decision)
        decision.version = 1

    def save(self, decision: VillageDecision) -> None:
        save_version(self._connection, village_decisions, _row(decision), read=decision.version)
        self._collect(decision)
        decision.version += 1

    def get(self, decision_id: str) -> VillageDecision:
        """Return the decision; raises DecisionNotFoundError."""
        query = select(village_decisions).where(village_decisions.c.id == decision_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise DecisionNotFoundError
        return decision_from(row)


def decision_from(row: Any) -> VillageDecision:  # noqa: ANN401  (a row of village_decisions)
    """Return the decision a row keeps."""
    days = {step: date.fromisoformat(day) for step, day in row["steps"].items()}
    return VillageDecision(**{**row, "steps": days})


def _row(decision: VillageDecision) -> dict[str, Any]:
    days = {step: day.isoformat() for step, day in decision.steps.items()}
    return {name: getattr(decision, name) for name in _FIELDS} | {"steps": days}
