from datetime import date

import pytest

from services.employment.domain.errors import PostNotFoundError
from services.employment.domain.post import Post, PostKind
from shared.kernel.errors import StaleVersionError


def post(**other) -> Post:
    about = {"id": "post1", "area_code": "610327", "kind": PostKind.ROAD, "monthly_pay_fen": 60_000}
    return Post(**{**about, "vacancies": 3, "funding": "光伏", "offered_on": date(2022, 1, 1), **other})


def test_gives_back_what_was_added(service):
    """What is added is read back, equal."""
    with service.uow() as uow:
        uow.posts.add(post(remarks=("post_pay_unusual",)))
        assert post(version=1, remarks=("post_pay_unusual",)) == uow.posts.get("post1")


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.posts.add(post())
        first, second = uow.posts.get("post1"), uow.posts.get("post1")
        uow.posts.save(first)
        with pytest.raises(StaleVersionError):
            uow.posts.save(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(PostNotFoundError):
        uow.posts.get("post1")
