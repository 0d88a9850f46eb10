import pytest

from shared.accounts.password import PasswordTooWeakError, made_up, refuse_weak


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "         ",
        "aaaaaaaaaaaa",
        "1212121212",
        "county-office",
        "Password-2022",
        "1234567890a",
        "x1" * 150,
    ],
)
def test_weak_passwords_are_refused(password):
    """Empty, short, repeated, endless, common passwords and the login itself are refused."""
    with pytest.raises(PasswordTooWeakError):
        refuse_weak(password, "county-office")


def test_made_up_passwords_are_strong_and_differ():
    """A made-up password passes the rule and is not made up twice."""
    many = {made_up() for _ in range(50)}
    for password in many:
        refuse_weak(password, "clerk")
    assert 50 == len(many)


def test_two_ways_to_write_a_character_are_one_password(passwords):
    """A password typed on another keyboard (decomposed accents) still fits."""
    kept = passwords.hash("caf\u00e9-walnuts-9", "clerk")
    assert passwords.matches(kept, "cafe\u0301-walnuts-9")


def test_broken_hashes_match_nothing(passwords):
    """A kept value that is no hash lets nobody in."""
    assert not passwords.matches("not a hash", "walnut-and-bees")
