"""The people who may sign in: local accounts with argon2, in their own small database."""

from shared.accounts.account import (
    ROLES,
    Account,
    LoginTakenError,
    NewAccount,
    Role,
    SignInLockedError,
    SignInRefusedError,
    Subject,
    SubjectTakenError,
    UnknownAccountError,
)
from shared.accounts.failures import Source
from shared.accounts.password import Passwords, PasswordTooWeakError
from shared.accounts.store import Accounts, open_accounts

__all__ = [
    "ROLES",
    "Account",
    "Accounts",
    "LoginTakenError",
    "NewAccount",
    "PasswordTooWeakError",
    "Passwords",
    "Role",
    "SignInLockedError",
    "SignInRefusedError",
    "Source",
    "Subject",
    "SubjectTakenError",
    "UnknownAccountError",
    "open_accounts",
]
