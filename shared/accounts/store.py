"""Where accounts and failed sign-ins are kept: a small database over any SQLAlchemy URL."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, fields

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from shared.accounts.account import (
    Account,
    LoginTakenError,
    NewAccount,
    SignInLockedError,
    SignInRefusedError,
    Subject,
    SubjectTakenError,
    UnknownAccountError,
    is_login,
)
from shared.accounts.failures import Failures, Source
from shared.accounts.password import Passwords
from shared.accounts.tables import MIGRATIONS, VERSION_TABLE, accounts, ended_sessions
from shared.audit import By, Deed, Trace, Who, append
from shared.audit.deed import Outcome
from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import Language
from shared.kernel.ids import Ids, random_ids
from shared.persistence.engine import WRITING, open_engine
from shared.persistence.migrate import Limits, state_of, upgrade

ANYWHERE = Source()
NOBODY = By()
_COLUMNS = tuple(accounts.c[one.name] for one in fields(Account))


class Accounts:
    """The accounts of one county.

    *clock* measures lock-outs: the machine's clock, not the business clock, which
    may stand still or jump.
    """

    def __init__(
        self,
        engine: sa.Engine,
        *,
        clock: Clock = system_clock,
        passwords: Passwords | None = None,
        ids: Ids = random_ids,
    ) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**WRITING)
        self._clock = clock
        self._failures = Failures(self._writing, clock)
        self._passwords = passwords or Passwords()
        self._ids = ids
        bring_up(engine)

    def create(self, new: NewAccount, password: str, by: By = NOBODY) -> Account:
        """Open an account; raises LoginTakenError and PasswordTooWeakError."""
        hashed = self._passwords.hash(password, new.login)
        account = Account(id=self._ids(), password_hash=hashed, **asdict(new))
        try:
            with self._writing.begin() as connection:
                connection.execute(sa.insert(accounts).values(asdict(account)))
                self._append(connection, _about(account.id, "account.create", by))
        except sa.exc.IntegrityError as error:
            raise LoginTakenError from error
        return account

    def verify(self, login: str, password: str, source: Source = ANYWHERE) -> Account:
        """Return the account, or raise SignInRefusedError or SignInLockedError.

        The attempt is counted before the password is looked at, so that many at
        once cannot try more than one after the other could.
        """
        account = self.of_login(login)
        try:
            self._failures.count(login, source)
        except SignInLockedError:
            self.enter(_attempt(account, login, source.trace, "locked"))
            raise
        kept = account.password_hash if account is not None and not account.disabled else None
        if not self._passwords.matches(kept, password) or account is None:
            self.enter(_attempt(account, login, source.trace, "refused"))
            raise SignInRefusedError
        self._failures.forgive(login, source)
        self.enter(_attempt(account, login, source.trace, "done"))
        if self._passwords.outdated(account.password_hash):
            self.set_password(account.id, password)
            return self.get(account.id)
        return account

    def get(self, account_id: str) -> Account:
        """Return the account, disabled or not; raises UnknownAccountError."""
        account = self._one(accounts.c.id == account_id)
        if account is None:
            raise UnknownAccountError
        return account

    def every(self) -> tuple[Account, ...]:
        """Return all accounts by login."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(*_COLUMNS).order_by(accounts.c.login)).mappings()
            return tuple(Account(**row) for row in rows)

    def ping(self) -> None:
        """Return if the accounts can be read; else the database's error is raised."""
        with self._engine.connect() as connection:
            connection.execute(sa.select(accounts.c.id).limit(1)).first()

    def set_language(self, account_id: str, language: Language, by: By = NOBODY) -> None:
        self._change(account_id, _about(account_id, "account.language", by), language=language)

    def set_password(self, account_id: str, password: str, by: By = NOBODY) -> None:
        """Change the password, which ends every session; raises PasswordTooWeakError."""
        hashed = self._passwords.hash(password, self.get(account_id).login)
        self._change(account_id, _about(account_id, "account.password", by), password_hash=hashed)

    def disable(self, account_id: str, by: By = NOBODY) -> None:
        """Close the account to sign-in and end its sessions; what it did stays."""
        self._change(account_id, _about(account_id, "account.close", by), disabled=True)

    def end_session(self, session_id: str, until: int) -> None:
        """Let the session open nothing more; it is remembered until its cookie expires at *until*."""
        insert = _insert_of(self._engine.dialect.name)
        with self._writing.begin() as connection:
            now = int(self._clock().timestamp())
            connection.execute(sa.delete(ended_sessions).where(ended_sessions.c.until <= now))
            ended = insert(ended_sessions).values(session_id=session_id, until=until)
            connection.execute(ended.on_conflict_do_nothing())

    def use_once(self, ticket: str, until: int) -> bool:
        """Say whether *ticket* is used for the first time, in every process; forgotten at *until*."""
        insert = _insert_of(self._engine.dialect.name)
        used = insert(ended_sessions).values(session_id=ticket, until=until).on_conflict_do_nothing()
        with self._writing.begin() as connection:
            return connection.execute(used).rowcount == 1

    def of_login(self, login: str) -> Account | None:
        """Return the account called *login*, closed or not."""
        return self._one(accounts.c.login == login) if is_login(login) else None

    def of_subject(self, subject: Subject) -> Account | None:
        """Return the account linked to *subject*, closed or not."""
        return self._one(accounts.c.subject == subject.kept)

    def subject_of(self, account_id: str) -> str | None:
        """Return who the account is at an identity provider, as it is kept; None: it is linked to nobody."""
        wanted = sa.select(accounts.c.subject).where(accounts.c.id == account_id)
        with self._engine.connect() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def link(self, account_id: str, subject: Subject | None, by: By = NOBODY) -> None:
        """Let *subject* of an identity provider sign in as the account; None ends that.

        Raises SubjectTakenError.
        """
        deed = _about(account_id, "account.unlink" if subject is None else "account.link", by)
        try:
            self._change(account_id, deed, subject=None if subject is None else subject.kept)
        except sa.exc.IntegrityError as error:
            raise SubjectTakenError from error

    def has_ended(self, session_id: str) -> bool:
        """Say whether somebody has signed out of the session."""
        wanted = sa.select(ended_sessions.c.until).where(ended_sessions.c.session_id == session_id)
        with self._engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def _one(self, condition: sa.ColumnElement[bool]) -> Account | None:
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(condition)).mappings().one_or_none()
            return None if row is None else Account(**row)

    def enter(self, deed: Deed) -> None:
        """Enter *deed* into the accounts' audit trail, in a transaction of its own."""
        with self._writing.begin() as connection:
            self._append(connection, deed)

    def _append(self, connection: sa.Connection, deed: Deed) -> None:
        append(connection, deed, at=self._clock())

    def _change(self, account_id: str, deed: Deed, **values: object) -> None:
        with self._writing.begin() as connection:
            changed = connection.execute(
                sa.update(accounts).where(accounts.c.id == account_id).values(values)
            )
            if changed.rowcount != 1:
                raise UnknownAccountError
            self._append(connection, deed)


def open_accounts(url: str, *, clock: Clock = system_clock, passwords: Passwords | None = None) -> Accounts:
    """Return the accounts kept at *url*; creates the tables where they are missing."""
    return Accounts(open_engine(url), clock=clock, passwords=passwords)


def bring_up(engine: sa.Engine, limits: Limits | None = None) -> None:
    """Bring the accounts' database to the newest migration; one that is newer than this release stays."""
    if state_of(engine, MIGRATIONS, version_table=VERSION_TABLE).missing:
        upgrade(engine, MIGRATIONS, limits, version_table=VERSION_TABLE)


def who_is(account: Account) -> Who:
    """Return *account* as an entry of the audit trail names it."""
    return Who(account.id, account.role, account.unit)


def _about(account_id: str, action: str, by: By) -> Deed:
    return Deed(action, by.who, by.trace, object_kind="account", object_id=account_id)


def _attempt(account: Account | None, login: str, trace: Trace, outcome: Outcome) -> Deed:
    """Return an attempt to sign in. A login that is nobody's is kept as a digest: it may be a password."""
    if account is not None:
        return Deed("account.sign_in", who_is(account), trace, "account", account.id, outcome)
    digest = hashlib.sha256(login.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Deed("account.sign_in", Who("", "nobody"), trace, "login_digest", digest, outcome)


def _insert_of(dialect: str) -> Callable[[sa.Table], postgresql.Insert | sqlite.Insert]:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
