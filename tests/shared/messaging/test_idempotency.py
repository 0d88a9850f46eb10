from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from shared.messaging.idempotency import (
    Answer,
    Claimed,
    IdempotentRequest,
    KeyReusedError,
    RequestRunningError,
    claimed_before,
    forget_before,
    idempotency_table,
    save_answer,
)

AT = datetime(2022, 5, 6, tzinfo=UTC)


@pytest.fixture(name="engine")
def _engine(tmp_path):
    metadata = sa.MetaData()
    idempotency_table(metadata)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def request(key="k1", fingerprint="f1", account="a1"):
    return IdempotentRequest(account, key, fingerprint, AT)


def test_a_committed_claim_is_found_with_its_answer(engine):
    """What was answered the first time is what the second time finds."""
    with engine.begin() as connection:
        request().claim(connection)
        assert Claimed("f1", AT, None) == claimed_before(connection, request())
        save_answer(connection, request(), Answer(201, "/cases/c1", "{}"))
    with engine.begin() as connection:
        assert Claimed("f1", AT, Answer(201, "/cases/c1", "{}")) == claimed_before(connection, request())


def test_another_attempt_may_not_claim_a_committed_key(engine):
    """The second transaction under one key is refused at its start."""
    with engine.begin() as connection:
        request().claim(connection)
    with engine.begin() as connection, pytest.raises(RequestRunningError):
        request().claim(connection)


def test_one_attempt_may_claim_again(engine):
    """A request that needs two transactions, or whose first rolled back, is not its own rival."""
    attempt = request()
    with engine.connect() as connection:
        attempt.claim(connection)
        connection.rollback()
    for _ in range(2):
        with engine.begin() as connection:
            attempt.claim(connection)
    with engine.begin() as connection:
        assert claimed_before(connection, attempt) is not None


def test_a_rolled_back_claim_is_nothing(engine):
    """A refused command leaves its key free."""
    with engine.connect() as connection:
        request().claim(connection)
        connection.rollback()
    with engine.begin() as connection:
        assert claimed_before(connection, request()) is None


def test_a_key_means_one_request(engine):
    """The same key with another content is refused."""
    with engine.begin() as connection:
        request().claim(connection)
        with pytest.raises(KeyReusedError):
            claimed_before(connection, request(fingerprint="f2"))


def test_keys_belong_to_an_account(engine):
    """Two people may choose the same key."""
    with engine.begin() as connection:
        request().claim(connection)
        request(account="a2").claim(connection)
        assert claimed_before(connection, request(account="a3")) is None


def test_old_keys_are_forgotten(engine):
    """Housekeeping removes what was claimed before an instant, and nothing else."""
    with engine.begin() as connection:
        request().claim(connection)
        assert 0 == forget_before(connection, AT)
        assert 1 == forget_before(connection, AT + timedelta(seconds=1))
