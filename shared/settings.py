"""Settings that every service has; each service sets its own prefix and defaults.

A setting is given as ``<PREFIX>_<FIELD>``, or as ``<PREFIX>_<FIELD>_FILE``: the path
of a file that holds it. No message from here ever repeats a value or a path, since
somebody will put the secret where the path belongs.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from shared.kernel.errors import InvalidInputError
from shared.kernel.retry_policy import RetryPolicy


class SettingTwiceError(InvalidInputError):
    """Raised when nobody can know which of two values was meant."""

    code = "setting_twice"
    zh = "{setting} 和 {setting}_FILE 同时设置了，只能保留一个"
    en = "{setting} and {setting}_FILE are both set; keep one of them"


class SettingUnreadableError(InvalidInputError):
    """Raised when the file that a setting names cannot be read, is no text, or is empty."""

    code = "setting_unreadable"
    zh = "{setting} 所指的文件无法使用：{reason}"
    en = "The file that {setting} names is of no use: {reason}"


class SettingInvalidError(InvalidInputError):
    """Raised when settings are missing or have the wrong form; says which, never what was given."""

    code = "setting_invalid"
    zh = "设置不符合要求：{problems}"
    en = "These settings are not acceptable: {problems}"


class TlsRequiredError(InvalidInputError):
    """Raised when a connection could be read or answered by somebody else, and the settings forbid that."""

    code = "tls_required"
    zh = "{required}=true，但 {setting} 没有使用校验证书的加密连接（{wanted}）"
    en = "{required}=true, but {setting} is no encrypted connection with a verified certificate ({wanted})"


def setting_of(name: str) -> str | None:
    """Return the setting *name* from the environment or from the file that *name*_FILE names.

    None when neither is there. Raises SettingTwiceError and SettingUnreadableError.
    """
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name)
    if name in os.environ:
        raise SettingTwiceError(setting=name)
    return _content(f"{name}_FILE", path)


def _content(setting: str, path: str) -> str:
    reason = "it is empty"
    try:
        content = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        content, reason = "", error.strerror or type(error).__name__
    except ValueError:
        content, reason = "", "it is no text"
    # Outside of the handlers: a traceback must not lead to what was read.
    if not content:
        raise SettingUnreadableError(setting=setting, reason=reason)
    return content


class _EnvironmentOrFile(EnvSettingsSource):
    """The environment, in which ``<NAME>_FILE`` stands for what is in that file."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        given = dict(super()._load_env_vars())
        for field in self.settings_cls.model_fields:
            name = f"{self.env_prefix}{field}"
            value = setting_of(name.upper())
            if value is not None:
                given[name.lower()] = value
        return given

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ANN401
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            pass
        raise SettingInvalidError(problems=f"{self.env_prefix}{field_name}".upper() + " (no JSON)")


class ServiceSettings(BaseSettings):
    """Read once by ``bootstrap`` from the environment; then frozen. What may hold a secret has no repr."""

    model_config = SettingsConfigDict(frozen=True)

    database_url: str = Field(repr=False)
    accounts_url: str = Field(default="sqlite:///var/accounts.db", repr=False)
    broker_url: str = Field(default="memory://", repr=False)
    require_tls: bool = False
    """Refuse addresses of broker and databases whose certificates would not be verified."""
    clock_file: Path | None = None
    """Set in the embedded county only: the file of the business clock."""
    retries: RetryPolicy = Field(default_factory=RetryPolicy)
    """How often this reader tries an event again that failed, by the kind of fault; as JSON."""
    batch_size: int = 500
    """Events taken in at once, at most; 500 were measured to cost a quarter less than 200."""
    session_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    """Signs the sessions; the same for all sites. A site on its own does not start without it."""
    sites: dict[str, str] = Field(default_factory=dict)
    """Where the other sites are, name to address; one that is not named is not linked to."""
    public_url: str = ""
    """Where browsers find this site, with its path; needed where a proxy gives requests another name."""
    allowed_hosts: str = ""
    """The names, by commas, a request may ask for; without any, every name is answered to."""
    trusted_proxies: str = ""
    """Addresses or networks, by commas, whose X-Forwarded-For and -Proto are believed; nobody's otherwise."""
    rate_per_address: int = Field(default=12_000, ge=0)
    """Requests a minute from one network address; an office may have a single one. 0, also below: any."""
    rate_per_account: int = Field(default=1_200, ge=0)
    rate_heavy: int = Field(default=120, ge=0)
    """Of an account's: downloads, exports, and pages that are dear to make."""
    rate_sign_in: int = Field(default=60, ge=0)
    """Attempts to sign in a minute from one address; a browser that was signed in before counts by itself."""
    oidc_issuer: str = ""
    """The county's identity provider; empty: there is none."""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_scopes: str = "openid profile"
    oidc_claim: str = ""
    """The claim of the ID token that is an account's login; empty: only linked accounts come in."""
    oidc_button_zh: str = "统一身份认证登录"
    oidc_button_en: str = "Single sign-on"
    oidc_only_roles: str = ""
    """Roles, by commas, that do not come in with a password; never operator."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401  (pydantic checks them)
        """Raise SettingInvalidError where pydantic would show what was given."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            problems = "; ".join(
                f"{self.name_of(str(one['loc'][0]))} ({one['msg']})"
                for one in error.errors(include_url=False, include_context=False, include_input=False)
            )
        else:
            return
        raise SettingInvalidError(problems=problems)

    @classmethod
    def name_of(cls, field: str) -> str:
        """Return how *field* is called in the environment."""
        return f"{cls.model_config.get('env_prefix', '')}{field}".upper()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic passes them by name)
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then environment and files; nothing else."""
        return init_settings, _EnvironmentOrFile(settings_cls)

    @model_validator(mode="after")
    def _connections_are_verified(self) -> Self:
        if not self.require_tls:
            return self
        if not self.broker_url.startswith(("amqps://", "memory://")):
            raise self._unverified("broker_url", "amqps://")
        for field in ("database_url", "accounts_url"):
            if not is_verified(getattr(self, field)):
                raise self._unverified(field, "sslmode=verify-full")
        return self

    def _unverified(self, field: str, wanted: str) -> TlsRequiredError:
        required = self.name_of("require_tls")
        return TlsRequiredError(required=required, setting=self.name_of(field), wanted=wanted)


def is_verified(database_url: str) -> bool:
    """Say whether nobody can stand between us and this database: a file here, or a verified certificate."""
    try:
        address = make_url(database_url)
    except ArgumentError:
        return False
    return address.get_backend_name() == "sqlite" or address.query.get("sslmode") == "verify-full"
