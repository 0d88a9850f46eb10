"""What an operator does about messages: take in again, correct, resolve, reopen, pause and resume."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, field_validator

from shared.messaging.correct import correct
from shared.messaging.fault import GARBAGE
from shared.messaging.masking import body_of
from shared.messaging.pause import pause_reader, resume_reader
from shared.messaging.redrive import redrive
from shared.messaging.resolving import NotSetAsideError, reopen, resolve
from shared.messaging.set_aside import find_one, ids_of
from shared.observability.personal_data import looks_personal
from shared.persistence.engine import reading
from shared.web.asking import Act, Done
from shared.web.forms import Form, Label, wrong
from shared.web.i18n import Words
from shared.web.operations.operated import Operated, search_for
from shared.web.section import Section

AT_ONCE = 2_000
"""Events one click takes in again: nobody waits a minute for an answer."""
_LONGEST = 400_000
OperatedAct = Act[Operated, Any]
Hidden = Annotated[str, Field(max_length=200), Label("", "", widget="hidden")]


class ChosenForm(Form):
    """Which of those that wait; what is empty does not narrow it."""

    kind: Hidden = ""
    code: Hidden = ""
    type: Hidden = ""
    reader: Hidden = ""
    subject: Hidden = ""
    text: Hidden = ""
    since: Hidden = ""
    until: Hidden = ""


def _impersonal(reason: str) -> str:
    if looks_personal(reason):
        raise wrong("不要写电话或身份证号", "must not hold a telephone or ID number")
    return reason


class ReasonForm(Form):
    """Why it is done; kept as it is typed."""

    reason: Annotated[
        str,
        Field(min_length=2, max_length=500),
        Label("原因", "Reason", "不要写个人信息", "No personal data", lines=2),
    ]
    _reason_is_impersonal = field_validator("reason")(_impersonal)


class ResolveChosenForm(ReasonForm, ChosenForm):
    """Resolving all that a search finds."""


class CorrectForm(ReasonForm):
    """The whole event as it should have been; hidden values stay as their tokens."""

    body: Annotated[
        str,
        Field(min_length=2, max_length=_LONGEST),
        Label(
            "更正后的完整消息（JSON）",
            "The whole event, corrected (JSON)",
            "“[已隐去 1]”之类是个人信息，不改就原样保留；编号由系统另给",
            "Tokens such as [已隐去 1] are personal values: leave them to keep the values. It gets a new id",
            lines=18,
        ),
    ]


def add_actions(section: Section) -> None:
    """Add what may be done: resolving needs the permission of correcting, resuming that of pausing."""
    again = Words("重新处理", "Take in again")
    section.action(
        "/retry", "operations.retry", Words("重新处理这些消息", "Take these in again"), ChosenForm
    )(_retry)
    section.action(
        "/resolve",
        "operations.resolve_chosen",
        Words("这些消息不再处理，办结", "Resolve all of these without taking them in"),
        ResolveChosenForm,
        permission="operations.correct",
        danger=True,
    )(_resolve_chosen)
    section.action(
        "/pause", "operations.pause", Words("暂停接收", "Pause taking in"), ReasonForm, danger=True
    )(_pause)
    section.action(
        "/resume", "operations.resume", Words("恢复接收", "Resume taking in"), permission="operations.pause"
    )(_resume)
    section.action("/{event_id}/retry", "operations.retry_one", again, permission="operations.retry")(
        _retry_one
    )
    section.action(
        "/{event_id}/correct", "operations.correct", Words("更正后接收", "Correct and take in"), CorrectForm
    )(_correct)
    section.action(
        "/{event_id}/resolve",
        "operations.resolve",
        Words("不再处理，办结", "Resolve without taking it in"),
        ReasonForm,
        permission="operations.correct",
        danger=True,
    )(_resolve)
    section.action(
        "/{event_id}/reopen",
        "operations.reopen",
        Words("重新列为待处理", "Let it wait again"),
        ReasonForm,
        permission="operations.correct",
    )(_reopen)


def _retry(act: OperatedAct, form: ChosenForm) -> Done:
    """Take in once more what waits and was chosen; what is still at fault goes on waiting."""
    with reading(act.service.engine) as connection:
        found = ids_of(connection, search_for(form.model_dump()))
        garbage = set(ids_of(connection, replace(search_for(form.model_dump()), kind=GARBAGE)))
    events = [one for one in found if one not in garbage]  # garbage never becomes an event
    done, _ = _redriven(act, events[:AT_ONCE])
    left = len(found) - done
    zh, en = f"已处理 {done} 条，仍有 {left} 条待处理", f"{done} taken in, {left} still waiting"
    return Done("/operations", zh, en, {"taken_in": done, "still_waiting": left})


def _retry_one(act: OperatedAct, _form: Form, event_id: str) -> Done:
    """Take one event in once more."""
    with reading(act.service.engine) as connection:
        found = find_one(connection, event_id)
    if found is None or found.resolved_at is not None:
        raise NotSetAsideError
    done, failed = _redriven(act, [event_id])
    zh, en = ("已接收", "Taken in") if done else ("仍未能接收，原因见下", "It failed again; see why")
    return Done(f"/operations/{event_id}", zh, en, {"taken_in": done, "still_waiting": failed})


def _redriven(act: OperatedAct, ids: list[str]) -> tuple[int, int]:
    # A unit of work of its own: it commits batch by batch, each with its entry, and the request's key once.
    uow = act.service.uow(act.sealed)
    taken = redrive(uow, act.service.reader, ids, at=act.service.clock(), by=act.officer.login)
    done = taken.admitted + taken.repeated
    return done, len(ids) - done


def _correct(act: OperatedAct, form: CorrectForm, event_id: str) -> Done:
    """Take in a corrected event instead of the one set aside."""
    with reading(act.service.engine) as connection:
        found = find_one(connection, event_id)
    if found is None:
        raise NotSetAsideError
    body = body_of(form.body, found.body)
    by, at = act.officer.login, act.service.clock()
    new = correct(act.uow(), act.service.reader, event_id, body, by=by, note=form.reason, at=at)
    return Done(
        f"/operations/{new}", "已更正并接收", "Corrected and taken in", {"id": new, "corrects": event_id}
    )


def _resolve(act: OperatedAct, form: ReasonForm, event_id: str) -> Done:
    """Note that an event is dealt with by other means."""
    if not _resolved(act, [event_id], form.reason):
        raise NotSetAsideError
    return Done(f"/operations/{event_id}", "已办结", "Resolved", {"resolved": 1})


def _resolve_chosen(act: OperatedAct, form: ResolveChosenForm) -> Done:
    """Note that all that was chosen is dealt with by other means."""
    with reading(act.service.engine) as connection:
        found = ids_of(connection, search_for(form.model_dump(exclude={"reason"})))
    done = _resolved(act, found, form.reason)
    return Done("/operations", f"已办结 {done} 条", f"{done} resolved", {"resolved": done})


def _resolved(act: OperatedAct, ids: list[str], reason: str) -> int:
    with act.uow() as uow:
        done = resolve(uow.connection, ids, by=act.officer.login, reason=reason, at=act.service.clock())
        uow.commit()
    return len(done)


def _reopen(act: OperatedAct, form: ReasonForm, event_id: str) -> Done:
    """Let an event wait again that somebody resolved by hand."""
    with act.uow() as uow:
        reopen(uow.connection, event_id, by=act.officer.login, reason=form.reason)
        uow.commit()
    return Done(f"/operations/{event_id}", "已重新列为待处理", "It waits again", {"reopened": 1})


def _pause(act: OperatedAct, form: ReasonForm) -> Done:
    """Let the reader take nothing in until it is resumed; its queue keeps everything."""
    with act.uow() as uow:
        name, at = act.service.reader.name, act.service.clock()
        pause_reader(uow.connection, name, by=act.officer.login, reason=form.reason, at=at)
        uow.commit()
    return Done("/operations", "已暂停接收", "Paused", {"paused": True})


def _resume(act: OperatedAct, _form: Form) -> Done:
    """Let the reader go on."""
    with act.uow() as uow:
        was = resume_reader(uow.connection, act.service.reader.name)
        uow.commit()
    zh, en = ("已恢复接收", "Resumed") if was else ("本来就没有暂停", "It was not paused")
    return Done("/operations", zh, en, {"paused": False})
