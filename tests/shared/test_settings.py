"""Settings from the environment and from files, and what is never told of them."""

import logging
import re
import traceback
from importlib import import_module

import pytest
from pydantic_settings import SettingsConfigDict

from services.monitoring.settings import Settings as Monitoring
from shared.kernel.errors import Problem
from shared.observability.logs import configure
from shared.settings import (
    ServiceSettings,
    SettingInvalidError,
    SettingTwiceError,
    SettingUnreadableError,
    TlsRequiredError,
    setting_of,
)

SECRET = "hush-" + "7" * 40
VERIFIED = "postgresql+psycopg://u:p@db.example/x?sslmode=verify-full&sslrootcert=/ca.crt"


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="EXAMPLE_")

    database_url: str = "sqlite://"


@pytest.fixture(name="given")
def _given(monkeypatch, tmp_path):
    """Sets variables; a value in *files* is written to a file, whose path becomes the variable."""

    def given(files=None, **variables):
        for name, content in (files or {}).items():
            (tmp_path / name).write_text(content, encoding="utf-8")
            variables[name] = str(tmp_path / name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return given


def test_a_setting_by_file(given):
    """A file holds the value; the line end that editors leave is not part of it."""
    given({"EXAMPLE_DATABASE_URL_FILE": " sqlite:///x.db\n", "EXAMPLE_SESSION_SECRET_FILE": SECRET + "\n"})
    settings = Settings()
    assert ("sqlite:///x.db", SECRET) == (settings.database_url, settings.session_secret)
    assert "session_secret" in settings.model_fields_set


def test_a_list_by_file(given):
    """What is JSON in the environment is JSON in a file: monitoring's keys."""
    given({"MONITORING_PERSONAL_DATA_KEYS_FILE": f'["{SECRET}", "old"]\n'})
    assert (SECRET, "old") == Monitoring().personal_data_keys


def test_both_given(given):
    """Variable and file at once are refused: nobody knows which one was meant."""
    given({"EXAMPLE_SESSION_SECRET_FILE": SECRET}, EXAMPLE_SESSION_SECRET="other")
    with pytest.raises(SettingTwiceError) as refused:
        Settings()
    assert "EXAMPLE_SESSION_SECRET 和 EXAMPLE_SESSION_SECRET_FILE" in refused.value.text("zh")


@pytest.mark.parametrize("path", ["/nowhere/" + SECRET, SECRET, "/"])
def test_an_unreadable_file(given, path):
    """It is refused by the setting's name; the path is not repeated, it may be the secret itself."""
    given(EXAMPLE_SESSION_SECRET_FILE=path)
    with pytest.raises(SettingUnreadableError) as refused:
        Settings()
    assert "EXAMPLE_SESSION_SECRET_FILE" in refused.value.text("zh")
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe" + SECRET.encode()])
def test_a_useless_file(given, tmp_path, content):
    """An empty secret is none, and bytes that are no text are not guessed at."""
    (tmp_path / "secret").write_bytes(content)
    given(EXAMPLE_SESSION_SECRET_FILE=str(tmp_path / "secret"))
    with pytest.raises(SettingUnreadableError, match="EXAMPLE_SESSION_SECRET_FILE"):
        Settings()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("MONITORING_PERSONAL_DATA_KEYS", SECRET),
        ("MONITORING_PERSONAL_DATA_KEYS", f'{{"key": "{SECRET}"}}'),
        ("MONITORING_BATCH_SIZE", SECRET),
        ("MONITORING_REQUIRE_TLS", SECRET),
    ],
)
def test_a_wrong_form_is_named_not_shown(given, setting, value):
    """A value of the wrong form is refused by the name of its setting; no traceback holds the value."""
    given({f"{setting}_FILE": value})
    with pytest.raises(SettingInvalidError, match=setting) as refused:
        Monitoring()
    assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_secrets_are_in_no_repr_and_no_log(given, capsys):
    """Whoever logs the settings, or an error that holds them, tells no secret and no password."""
    given(
        MONITORING_DATABASE_URL=f"postgresql+psycopg://u:{SECRET}@db.example/x",
        MONITORING_ACCOUNTS_URL=f"postgresql+psycopg://u:{SECRET}@db.example/a",
        MONITORING_BROKER_URL=f"amqp://u:{SECRET}@broker.example/county",
        MONITORING_SESSION_SECRET=SECRET,
        MONITORING_PERSONAL_DATA_KEYS=f'["{SECRET}"]',
        MONITORING_PERSONAL_INDEX_KEY=SECRET,
    )
    settings = Monitoring()
    assert SECRET == settings.session_secret
    configure("monitoring")
    logging.getLogger("example").error("settings %r %s", settings, settings)
    told = capsys.readouterr()
    assert "settings" in told.out + told.err
    assert SECRET not in repr(settings) + str(settings) + told.out + told.err


@pytest.mark.parametrize(
    ("field", "url"),
    [
        ("broker_url", "amqp://broker.example/county"),
        ("broker_url", "amqps:/broker.example/county"),
        ("database_url", VERIFIED.replace("verify-full", "require")),
        ("database_url", VERIFIED + "&sslmode=disable"),
        ("database_url", "postgresql+psycopg://u:p?sslmode=verify-full@db.example/x"),
        ("database_url", "no address at all"),
        ("accounts_url", VERIFIED.partition("?")[0]),
    ],
)
def test_tls_is_required(given, field, url):
    """With require_tls no address is accepted whose certificate would not be verified in full."""
    given(
        EXAMPLE_REQUIRE_TLS="true",
        EXAMPLE_BROKER_URL="amqps://broker.example/county",
        EXAMPLE_DATABASE_URL=VERIFIED,
        EXAMPLE_ACCOUNTS_URL=VERIFIED,
    )
    assert VERIFIED == Settings().database_url
    setting = f"EXAMPLE_{field.upper()}"
    given(**{setting: url})
    with pytest.raises(TlsRequiredError, match=f"{setting} ") as refused:
        Settings()
    assert "EXAMPLE_REQUIRE_TLS=true" in str(refused.value)


def test_what_stays_on_this_machine_needs_no_tls():
    """The embedded county may require TLS: files and memory cross no network."""
    assert Settings(database_url="sqlite:///x.db", require_tls=True).require_tls


def test_no_setting_looks_like_the_file_of_another():
    """CLOCK_FILE is a setting of its own; one called CLOCK beside it could not be told from its file."""
    fields = set(Monitoring.model_fields)
    assert set() == {f"{field}_file" for field in fields} & fields


def test_a_setting_outside_of_a_service(given):
    """Commands that serve no single service read theirs the same way."""
    given({"SHOUXIAN_EXAMPLE_FILE": "value\n"})
    assert ("value", None) == (setting_of("SHOUXIAN_EXAMPLE"), setting_of("SHOUXIAN_OTHER"))


def test_refusals_are_told_in_both_languages():
    """The command line shows them as sentences: each is a problem with words."""
    for refusal in (SettingTwiceError, SettingUnreadableError, SettingInvalidError, TlsRequiredError):
        assert issubclass(refusal, Problem)
        assert refusal.zh != refusal.en


def test_whatever_may_hold_a_secret_has_no_repr():
    """A new setting that is called like a secret is shown nowhere, in whichever service."""
    services = ("monitoring", "employment", "finance", "evaluation")
    told = {
        f"{service}.{name}"
        for service in services
        for name, field in import_module(f"services.{service}.settings").Settings.model_fields.items()
        if re.search(r"(database|accounts|broker)_url$|secret|password|token|_keys?$", name) and field.repr
    }
    assert set() == told
