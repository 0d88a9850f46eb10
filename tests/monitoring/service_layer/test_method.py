"""Methods through the commands: edited in versions, filled in, never blocking."""

from datetime import date

import pytest

from services.monitoring.domain.errors import TextTooLongError
from services.monitoring.domain.screening_errors import MethodNotFoundError, MethodTicksError
from services.monitoring.service_layer.method import (
    EditMethod,
    FillInMethod,
    edit_method,
    fill_in_method,
    method_in_use,
    methods_in_use,
)
from tests.monitoring.kit import VILLAGE

DAY = date(2022, 7, 1)


def edit(service, **given):
    told = {"method": "grid", "zh": "网格清单", "en": "Grid list", "items": ("看病", "上学")}
    return edit_method(EditMethod(**told | given), service.uow(), service.methods)


def in_use(service, method="grid"):
    with service.uow() as uow:
        return method_in_use(method, uow.method_versions.latest(), service.methods)


def test_the_first_proposal_is_unconfirmed(service):
    """Before anybody edits it every method is version 0, and none is confirmed."""
    found = methods_in_use({}, service.methods)
    assert ["four_three_two", "three_four_five", "grid"] == [key for key, _number, _text in found]
    assert {(0, False)} == {(number, text.confirmed) for _key, number, text in found}


def test_editing(service):
    """Each edit is the next version; a wording is confirmed only with its paper."""
    assert (1, 2) == (edit(service), edit(service, items=("看病",)))
    number, text = in_use(service)
    assert (2, ("看病",), False) == (number, text.items, text.confirmed)
    with pytest.raises(TextTooLongError):
        edit(service, confirmed=True)
    edit(service, confirmed=True, source="陇乡振发〔2022〕9号")
    assert in_use(service)[1].confirmed


def fill(service, *ticked, **given):
    command = FillInMethod(method="grid", ticked=ticked, on=DAY, area_code=VILLAGE, **given)
    return fill_in_method(command, service.uow(), service.methods)


def test_filling_in(service, household):
    """A list is filled in for a household or a village; ticks of an older version are refused."""
    edit(service)
    assert fill(service, "看病", household_id=household)
    assert fill(service)
    with pytest.raises(MethodTicksError):
        fill(service, "家庭成员和健康变化")


def test_unknown(service):
    """There are three methods and no other."""
    with pytest.raises(MethodNotFoundError):
        in_use(service, "unknown")
    with pytest.raises(MethodNotFoundError):
        edit(service, method="unknown")
