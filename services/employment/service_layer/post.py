"""Commands about public-service posts: offered, closed.

*version* in a command is the version the person saw; None asks nothing.
"""

from dataclasses import dataclass
from datetime import date

from services.employment.domain.policy import EmploymentPolicy
from services.employment.domain.post import offer
from services.employment.service_layer.ports import UnitOfWork
from shared.areas import areas
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class OfferPost:
    """*area_code* is a village, a town or the county; *kind* a value inside 100A42; pay in fen."""

    area_code: str
    kind: str
    monthly_pay_fen: int
    vacancies: int
    offered_on: date
    funding: str = ""


@dataclass(frozen=True, slots=True)
class ClosePost:
    post_id: str
    version: int | None = None


def offer_post(command: OfferPost, uow: UnitOfWork, policy: EmploymentPolicy) -> str:
    """Open a post and return its id; refuses an area that is not the county's."""
    areas().get(command.area_code)
    with uow:
        post = offer(
            post_id=uow.ids(),
            area_code=command.area_code,
            kind=command.kind,
            monthly_pay_fen=command.monthly_pay_fen,
            vacancies=command.vacancies,
            funding=command.funding.strip(),
            offered_on=command.offered_on,
            today=day_of(uow.clock()),
            policy=policy,
        )
        uow.posts.add(post)
        uow.commit()
    return post.id


def close_post(command: ClosePost, uow: UnitOfWork) -> None:
    """Stop placing people on a post; those on it stay."""
    with uow:
        post = uow.posts.get(command.post_id)
        post.expect_version(command.version)
        post.close(on=day_of(uow.clock()))
        uow.posts.save(post)
        uow.commit()
