"""The person a request comes from, as routes, templates and checks see them."""

from dataclasses import dataclass

from shared.accounts import Account, Role
from shared.areas import contains
from shared.kernel.errors import Language


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in. *service* is the site whose work the officer's unit does, or None."""

    account_id: str
    login: str
    display_name: str
    role: Role
    unit: str
    service: str | None
    area_code: str
    language: Language

    @classmethod
    def of(cls, account: Account) -> "Officer":
        return cls(
            account.id,
            account.login,
            account.display_name,
            account.role,
            account.unit,
            account.service,
            account.area_code,
            account.language,
        )

    def may_see(self, area_code: str) -> bool:
        """Say whether *area_code* lies in the officer's own area."""
        return contains(self.area_code, area_code)
