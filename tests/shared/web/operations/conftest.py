import pytest
from fastapi.testclient import TestClient

from shared.accounts import NewAccount
from shared.messaging.idempotency import idempotency_table
from shared.messaging.intake import take_in
from shared.persistence.engine import open_engine
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.i18n import Words
from shared.web.operations import operations
from tests.shared.messaging.conftest import METADATA, NOW, level
from tests.shared.web.conftest import PASSWORD
from tests.shared.web.operations.operated_site import PERMISSIONS, Operated


@pytest.fixture(name="example")
def _example(tmp_path):
    """A service that has taken in one level and set aside one that it refuses."""
    engine = open_engine(f"sqlite:///{tmp_path / 'levels.db'}")
    METADATA.create_all(engine)
    idempotency_table(METADATA.__class__()).create(engine)
    operated = Operated(engine)
    take_in([level("a", 1), level("b", 13)], operated.uow(), operated.reader, at=NOW)
    yield operated
    engine.dispose()


@pytest.fixture(name="operated_site")
def _operated_site(example, gate, accounts, tmp_path):
    accounts.create(NewAccount("yunwei", "运维", "operator", "县大数据中心", "610327"), PASSWORD)
    (tmp_path / "permissions.yaml").write_text(PERMISSIONS, encoding="utf-8")
    permissions = load_permissions("levels", tmp_path / "permissions.yaml")
    title = Words("示例", "Example")
    return create_site("levels", title, example, gate, [operations()], permissions=permissions, templates=[])


@pytest.fixture(name="client")
def _client(operated_site):
    return TestClient(operated_site)
