from datetime import date

import pytest

from services.finance.domain.errors import NotYetError
from services.finance.domain.project import ProjectNotFoundError
from services.finance.service_layer.project import ProposeProject, drop_project, propose_project
from services.finance.service_layer.step import TakeStep
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 6, 1)


@pytest.fixture(name="project_id")
def _project_id(service):
    command = ProposeProject(
        area_code="610327102200",
        on=DAY,
        project_no="X1",
        name="示例",
        year=2022,
        kind="other",
        unit="610327102",
        planned_fen=1,
    )
    return propose_project(command, service.uow())


def test_a_version_seen_before_is_refused(service, project_id):
    """What has changed since the officer saw it is not acted on; None asks nothing."""
    with pytest.raises(StaleVersionError):
        drop_project(TakeStep(id=project_id, on=DAY, version=7), service.uow())
    drop_project(TakeStep(id=project_id, on=DAY), service.uow())


def test_what_is_refused_is_not_kept(service, project_id):
    """A day that has not come: the project and the outbox stay as they were."""
    with pytest.raises(NotYetError):
        drop_project(TakeStep(id=project_id, on=date(2022, 6, 16)), service.uow())
    with service.uow() as uow:
        assert ("proposed", 1) == (uow.projects.get(project_id).state, uow.projects.get(project_id).version)


def test_an_unknown_one_is_not_found(service):
    """An id nobody gave is refused as not found."""
    with pytest.raises(ProjectNotFoundError):
        drop_project(TakeStep(id="nothing", on=DAY), service.uow())
