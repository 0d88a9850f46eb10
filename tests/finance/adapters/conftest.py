import pytest


@pytest.fixture(name="service", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _service(request, new_service):
    """The service on each database in turn."""
    if request.param == "sqlite":
        yield new_service()
        return
    service = new_service(request.getfixturevalue("database"))
    yield service
    service.engine.dispose()
