"""The gate as the settings have it: accounts, limits, hosts, the identity provider."""

from collections.abc import Sequence
from typing import Any

from shared.accounts import ROLES, Role, open_accounts
from shared.kernel.errors import InvalidInputError
from shared.settings import ServiceSettings
from shared.web.guard import host_names
from shared.web.i18n import Words
from shared.web.provider import Provider, ProviderSettings
from shared.web.rate import Buckets, Limits
from shared.web.session import Sessions
from shared.web.site import Gate, SiteLink


class UnknownOnlyRoleError(InvalidInputError):
    """Raised at the start: a role misspelt would go on coming in with passwords."""

    code = "unknown_only_role"
    zh = "OIDC_ONLY_ROLES 中的岗位不可用：{role}（operator 始终保留密码登录；没有统一身份认证时不可设置）"
    en = "OIDC_ONLY_ROLES cannot name {role} (never operator, and nobody without a provider)"


def gate_of(settings: ServiceSettings, sites: Sequence[SiteLink]) -> Gate:
    """Return the gate; raises ProviderNotUsableError and UnknownOnlyRoleError."""
    sessions = Sessions(
        open_accounts(settings.accounts_url), settings.session_secret, provider_only=_only_roles(settings)
    )
    return Gate(
        sessions,
        tuple(sites),
        limits=Limits(
            addresses=Buckets(settings.rate_per_address),
            accounts=Buckets(settings.rate_per_account),
            heavy=Buckets(settings.rate_heavy),
            sign_in=Buckets(settings.rate_sign_in),
        ),
        hosts=host_names(settings.allowed_hosts),
        provider=_provider(settings),
        public_url=settings.public_url,
    )


def behind_proxies(settings: ServiceSettings) -> dict[str, Any]:
    """Return what the web server is told: whom it believes about callers, and to keep its name to itself."""
    trusted = sorted(host_names(settings.trusted_proxies))
    return {"proxy_headers": bool(trusted), "forwarded_allow_ips": trusted, "server_header": False}


def _provider(settings: ServiceSettings) -> Provider | None:
    if not settings.oidc_issuer:
        return None
    return Provider(
        ProviderSettings(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            scopes=settings.oidc_scopes,
            claim=settings.oidc_claim,
            words=Words(settings.oidc_button_zh, settings.oidc_button_en),
        )
    )


def _only_roles(settings: ServiceSettings) -> frozenset[Role]:
    named = host_names(settings.oidc_only_roles)
    possible = {role for role in ROLES if role != "operator"} if settings.oidc_issuer else set()
    for role in sorted(named - possible):
        raise UnknownOnlyRoleError(role=role[:20])
    return frozenset(role for role in ROLES if role in named)
