"""Where what field work keeps is kept."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.evaluation.domain.field_work.cadre import Cadre
from services.evaluation.domain.field_work.point_account import PointAccount
from services.evaluation.domain.field_work.training import Attendance, TrainingClass
from services.evaluation.domain.field_work.work_entry import WorkEntry
from services.evaluation.service_layer.ports_dispatch import Keeps


class FieldWork(Protocol):
    """The repositories of field work."""

    @property
    def cadres(self) -> Keeps[Cadre]: ...
    @property
    def classes(self) -> Keeps[TrainingClass]: ...
    @property
    def accounts(self) -> Keeps[PointAccount]: ...
    @property
    def entries(self) -> Keeps[WorkEntry]: ...
    def numbers_taken(self, numbers: Sequence[str]) -> set[str]: ...
    def home_kept(self, area_code: str, name: str) -> bool:
        """Say whether a home of that *name* stands in the register of the village."""

    def attend(self, class_id: str, attended: Sequence[Attendance]) -> None: ...
    def keep_points(
        self, account: PointAccount, points: Decimal, reason: str, note: str, on: date
    ) -> None: ...
