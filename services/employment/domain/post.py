"""Public-service posts (公益岗位): a kind of work in an area, paid from public money, for so many people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.employment.domain.errors import (
    NotYetError,
    PayInvalidError,
    PostClosedError,
    PostKindError,
    VacanciesInvalidError,
)
from services.employment.domain.policy import EmploymentPolicy
from shared.kernel.aggregate import Aggregate


class PostKind(StrEnum):
    """The values inside category 100A42 of the national record."""

    FOREST = "001"
    GRASSLAND = "002"
    CLEANING = "003"
    OTHER = "004"
    ROAD = "005"
    WATER = "006"
    BORDER = "007"
    CARE = "008"
    ORDER = "009"


@dataclass(kw_only=True)
class Post(Aggregate):
    """*vacancies* is how many people may hold it at one time; *monthly_pay_fen* is for one."""

    id: str
    area_code: str
    kind: PostKind
    monthly_pay_fen: int
    vacancies: int
    funding: str
    offered_on: date
    remarks: tuple[str, ...] = ()
    closed_on: date | None = None

    def close(self, *, on: date) -> None:
        """Place nobody new on it; those who hold it stay until their placements end."""
        self.ensure_open()
        self.closed_on = on

    def ensure_open(self) -> None:
        if self.closed_on is not None:
            raise PostClosedError(closed_on=self.closed_on.isoformat())


def offer(  # noqa: PLR0913  (the items of the offer)
    *,
    post_id: str,
    area_code: str,
    kind: str,
    monthly_pay_fen: int,
    vacancies: int,
    funding: str,
    offered_on: date,
    today: date,
    policy: EmploymentPolicy,
) -> Post:
    """Return a new post; pay outside the usual range is marked, since no paper of this county was seen."""
    if kind not in set(PostKind):
        raise PostKindError(kind=kind[:20])
    if vacancies < 1:
        raise VacanciesInvalidError
    if monthly_pay_fen < 0:
        raise PayInvalidError
    if offered_on > today:
        raise NotYetError(day=offered_on.isoformat())
    usual = policy.post_pay_lowest.on(offered_on) <= monthly_pay_fen <= policy.post_pay_highest.on(offered_on)
    return Post(
        id=post_id,
        area_code=area_code,
        kind=PostKind(kind),
        monthly_pay_fen=monthly_pay_fen,
        vacancies=vacancies,
        funding=funding,
        offered_on=offered_on,
        remarks=() if usual else ("post_pay_unusual",),
    )
