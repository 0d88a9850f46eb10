import stat

from shared.accounts import ROLES
from shared.accounts.demo import DEMO, demo_accounts


def test_every_demo_account_signs_in(accounts, tmp_path):
    """What is printed at the first start signs in, for every role."""
    told = demo_accounts(accounts, tmp_path / "sign-in.json")
    assert [one.account.login for one in told] == [
        accounts.verify(one.account.login, one.password).login for one in told
    ]
    assert set(ROLES) == {one.account.role for one in told}


def test_a_second_start_prints_the_same(accounts, tmp_path):
    """A later start finds the accounts and prints the same passwords."""
    first = demo_accounts(accounts, tmp_path / "sign-in.json")
    assert first == demo_accounts(accounts, tmp_path / "sign-in.json")
    assert len(DEMO) == len(accounts.every())


def test_a_start_killed_half_way_is_finished(accounts, tmp_path):
    """Passwords are on disk before accounts are made: the missing ones are made with the same."""
    file = tmp_path / "sign-in.json"
    told = demo_accounts(accounts, file)
    with accounts._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM accounts WHERE login = 'guguan'")
    demo_accounts(accounts, file)
    password = next(one.password for one in told if one.account.login == "guguan")
    assert "guguan" == accounts.verify("guguan", password).login


def test_the_password_file_is_its_owners_alone(accounts, tmp_path):
    """Nobody else on the machine can read the passwords."""
    demo_accounts(accounts, tmp_path / "sign-in.json")
    assert 0o600 == stat.S_IMODE((tmp_path / "sign-in.json").stat().st_mode)
