import pytest

from services.monitoring.domain.comparison.errors import ListMonthError
from services.monitoring.domain.exchange.import_errors import (
    ForeignFormatError,
    ImportNotFoundError,
    ListMonthMissingError,
    OnlyCheckedError,
    UnknownFormatError,
)
from services.monitoring.service_layer.exchange.importing import (
    ImportStep,
    approve,
    preview_again,
    withdraw,
)
from shared.kernel.errors import StaleVersionError
from tests.monitoring.exchange_kit import LIST, job, person_row, previewed, sent, staged, table


@pytest.fixture
def path(service, tmp_path):
    return table(tmp_path / "a.csv", [person_row()], service.formats[LIST])


@pytest.mark.parametrize(
    ("error", "format_key", "given"),
    [
        (UnknownFormatError, "nothing", {}),
        (ForeignFormatError, LIST, {"department": "县医保局"}),
        (ForeignFormatError, "low_income_aid", {"department": "县医保局", "month": "202206"}),
        (ForeignFormatError, "insured", {"registry_only": True, "month": "202206"}),
        (ForeignFormatError, "work_planned", {"registry_only": True}),
        (ListMonthMissingError, "insured", {}),
        (ListMonthError, "insured", {"month": "202213"}),
        (ListMonthError, "insured", {"month": "202208"}),
    ],
)
def test_what_cannot_be_imported_is_refused_at_once(service, path, error, format_key, given):
    """Unknown kinds, another department's lists, and lists without a month that has begun."""
    with pytest.raises(error):
        sent(service, path, format_key, **given)


def test_a_withdrawn_import_forgets_its_rows(service, path):
    """Nothing of it is kept but that it was; the same file then begins a new one."""
    one = previewed(service, path)
    withdraw(ImportStep(import_id=one.id), service.uow())
    assert ("withdrawn", []) == (job(service, one.id).state, staged(service, one.id))
    assert one.id != sent(service, path)


def test_somebody_who_saw_an_older_version_is_refused(service, path):
    """Who approves has seen what is approved."""
    one = previewed(service, path)
    preview_again(ImportStep(import_id=one.id, version=one.version), service.uow())
    with pytest.raises(StaleVersionError):
        approve(ImportStep(import_id=one.id, version=one.version), service.uow(), service.formats)


def test_a_table_nothing_takes_in_is_only_checked(service, tmp_path):
    """Plans of work are read and checked; there is no register for them."""
    rows = [{"id_number": person_row()["id_number"], "planned": True}]
    one = previewed(service, table(tmp_path / "a.csv", rows, service.formats["work_planned"]), "work_planned")
    assert ("previewed", 1) == (one.state, one.counts.new)
    with pytest.raises(OnlyCheckedError):
        approve(ImportStep(import_id=one.id), service.uow(), service.formats)


def test_an_import_that_is_not_there_is_refused(service):
    """Whoever names it wrongly is told."""
    with pytest.raises(ImportNotFoundError):
        withdraw(ImportStep(import_id="nothing"), service.uow())
