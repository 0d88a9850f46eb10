from datetime import timedelta

import pytest

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.exchange.import_errors import ExportNotFoundError
from services.monitoring.service_layer.exchange.exporting import (
    FETCHED_WITHIN,
    AskForExport,
    ask_for_export,
    export_to_fetch,
)


def ask(service, **given):
    told = {"format": "lifted_out_persons", "file_kind": "xlsx", "area_code": "610327", "by": "a1"}
    return ask_for_export(AskForExport(**told | given), service.uow())


def test_whole_numbers_need_a_reason(service):
    """Without one nothing leaves, and nothing is kept."""
    with pytest.raises(ReasonMissingError):
        ask(service, whole_numbers=True, reason=" ")
    assert export_to_fetch(
        ask(service, whole_numbers=True, reason="年度比对"), "a1", service.uow()
    ).whole_numbers


def test_only_who_asked_fetches_it(service):
    """Another's export is not there."""
    with pytest.raises(ExportNotFoundError):
        export_to_fetch(ask(service), "a2", service.uow())


@pytest.mark.parametrize(("found", "later"), [(True, 0), (False, 1)])
def test_an_export_is_fetched_within_a_day(service, found, later):
    """To the second; afterwards it has to be asked for again."""
    export_id = ask(service)
    service.clock.set(service.clock() + FETCHED_WITHIN + timedelta(seconds=later))
    if found:
        assert export_id == export_to_fetch(export_id, "a1", service.uow()).id
    else:
        with pytest.raises(ExportNotFoundError):
            export_to_fetch(export_id, "a1", service.uow())
