import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from services.monitoring.adapters.personal import (
    NoPersonalDataKeyError,
    UnreadablePersonalDataError,
    Vault,
    attach,
    open_vault,
)
from services.monitoring.service_layer.household import RegisterHousehold, register_household
from shared.persistence.engine import open_engine
from tests.monitoring.kit import family, person, son, wife

OLD, NEW = "o" * 32, "n" * 32
PHONE, ACCOUNT = "13909170001", "6217000000000000001"


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_is_sealed_opens_again(secret, purpose):
    """Any text opens as it was, for its own purpose."""
    vault = Vault([OLD], OLD)
    assert secret == vault.unseal(vault.seal(secret.encode(), purpose), purpose).decode()


def test_a_value_does_not_open_in_another_column():
    """A value somebody moved to another column, or changed, is not read."""
    vault = Vault([OLD], OLD)
    token = vault.seal(b"13909170001", "member.phone")
    with pytest.raises(UnreadablePersonalDataError):
        vault.unseal(token, "household.phone")
    changed = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    with pytest.raises(UnreadablePersonalDataError):
        vault.unseal(changed, "member.phone")


def test_equal_texts_are_sealed_differently():
    """Two sealed values do not show that they are equal; the hash does, to who has the key."""
    vault = Vault([OLD], OLD)
    assert vault.seal(b"x", "p") != vault.seal(b"x", "p")
    assert vault.digest("x", "p") == vault.digest("x", "p")
    assert vault.digest("x", "p") != Vault([NEW], NEW).digest("x", "p")


def test_a_new_key_in_front_seals_and_the_old_one_still_opens():
    """What was sealed before a new key was put in front opens; what is new does not open with the old."""
    before, both = Vault([OLD], OLD), Vault([NEW, OLD], OLD)
    assert b"x" == both.unseal(before.seal(b"x", "p"), "p")
    assert before.digest("x", "p") == both.digest("x", "p")
    with pytest.raises(UnreadablePersonalDataError):
        before.unseal(both.seal(b"x", "p"), "p")


@pytest.mark.parametrize(("keys", "index"), [((), ""), (("short",), ""), ((OLD,), "short"), ((), OLD)])
def test_a_server_is_not_opened_without_a_key(keys, index):
    """A database on a server without a key of 32 characters is refused, with the name of the setting."""
    with pytest.raises(NoPersonalDataKeyError) as refused:
        open_vault("postgresql+psycopg://nowhere.example/monitoring", keys, index)
    assert "MONITORING_PERSONAL_DATA_KEYS" in refused.value.text()


def test_a_file_gets_a_key_beside_it(tmp_path):
    """A SQLite file gets a key beside it that only its owner reads; the next start uses the same."""
    url = f"sqlite:///{tmp_path}/monitoring.db?synchronous=off"
    token = open_vault(url, ()).seal(b"x", "p")
    mode = stat.S_IMODE((tmp_path / "personal.key").stat().st_mode)
    assert (b"x", 0o600) == (open_vault(url, ()).unseal(token, "p"), mode)


def test_nothing_personal_lies_readable_in_the_database(both_services):
    """No table holds an ID number, a telephone or an account in the clear, and no plain hash of one."""
    people = (person(phone=PHONE), wife(), son())
    command = RegisterHousehold(
        household_no="H1",
        area_code=family().area_code,
        persons=people,
        on=family().on,
        phone=PHONE,
        further={"bank_account": ACCOUNT, "contact_phone": PHONE, "collector_phone": PHONE},
    )
    register_household(command, both_services.uow(), both_services.checks)
    with both_services.engine.connect() as connection:
        rows = [
            repr(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("households", "members", "responsible_helpers", "household_versions", "outbox")
        ]
    secrets = [PHONE, ACCOUNT, *(one.id_number for one in people)]
    assert [] == [secret for secret in secrets for row in rows if secret in row]
    assert re.search(r"p\.[A-Za-z0-9+/=]{40,}", rows[1])


def test_without_its_vault_an_engine_reads_nothing(tmp_path, service, household):
    """An engine nobody gave the vault to cannot read the registry; with another county's key neither."""
    from services.monitoring.adapters.read_models import household_of

    stranger = open_engine(service.settings.database_url)
    with stranger.connect() as connection, pytest.raises(UnreadablePersonalDataError):
        household_of(connection, household)
    attach(stranger, Vault([NEW], NEW))
    with stranger.connect() as connection, pytest.raises(UnreadablePersonalDataError):
        household_of(connection, household)
    stranger.dispose()
