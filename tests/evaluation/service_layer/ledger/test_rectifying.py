import hashlib

import pytest

from services.evaluation.domain.ledger.errors import NoProgressError
from services.evaluation.domain.ledger.parts import Node, Plan
from services.evaluation.domain.ledger.state import Level, State
from services.evaluation.domain.reporting.errors import FileKindRefusedError
from services.evaluation.service_layer.ledger.rectifying import (
    AskCloseOut,
    AttachEvidence,
    PlanRectification,
    RecordProgress,
    SendUp,
    ask_close_out,
    attach_evidence,
    plan_rectification,
    record_progress,
    send_up,
)
from tests.evaluation.samples import TODAY


def handed_over(office):
    one = office.enter()
    office.confirm(one)
    office.hand_over(one)
    return one


def test_a_whole_rectification(office, service):
    """Plan, stages reached by progress, close-out: all of it is there when it is read again."""
    one, uow = handed_over(office), service.uow()
    plan = Plan("翻修屋面", "不漏雨", "雨天无渗漏", (Node("备料", TODAY), Node("完工", TODAY)))
    plan_rectification(PlanRectification(one, plan), uow, office.acting)
    command = RecordProgress(one, TODAY, "备料完成", "收据2张", ("f1",), frozenset({0}))
    record_progress(command, uow, office.acting)
    ask_close_out(AskCloseOut(one, TODAY, "《管护办法》"), uow, service.ledger, office.acting)
    kept = office.problem(one)
    assert [TODAY, None] == [node.done_on for node in kept.plan.nodes]
    assert [("备料完成", "收据2张", ("f1",))] == [(p.text, p.evidence, p.files) for p in kept.progress]
    assert ("《管护办法》", State.CLOSE_OUT_ASKED) == (kept.mechanism, kept.state)


def test_the_lists_are_told_once(office, service):
    """The event that all four lists are there comes with the first plan alone."""
    one = handed_over(office)
    office.rectify(one)
    office.check(one, passed=False)
    again = PlanRectification(one, Plan("重新翻修", "不漏雨", "验收"))
    plan_rectification(again, service.uow(), office.acting)
    kinds = sorted(kind for kind, _ in office.told(one))
    assert 1 == kinds.count("problem_listed")
    assert "翻修" not in str(office.told(one))


def test_passed_up(office, service):
    """What a town cannot do waits, confirmed, to be handed over at the county's level."""
    one = handed_over(office)
    send_up(SendUp(one, "资金无着落"), service.uow(), office.acting)
    kept = office.problem(one)
    assert (State.CONFIRMED, Level.COUNTY) == (kept.state, kept.level)


def test_evidence_goes_with_the_latest_progress(office, service):
    """A file is kept under its SHA-256; one that is no document is refused and nothing is kept."""
    one, uow = handed_over(office), service.uow()
    plan_rectification(PlanRectification(one, Plan("翻修", "不漏", "验收")), uow, office.acting)
    with pytest.raises(NoProgressError):
        attach_evidence(AttachEvidence(one, "a.pdf", b"%PDF-1"), uow, office.acting)
    record_progress(RecordProgress(one, TODAY, "完工"), uow, office.acting)
    key = attach_evidence(AttachEvidence(one, "a.pdf", b"%PDF-1"), uow, office.acting)
    with pytest.raises(FileKindRefusedError):
        attach_evidence(AttachEvidence(one, "a.exe", b"MZ"), uow, office.acting)
    assert (
        (f"{hashlib.sha256(b'%PDF-1').hexdigest()}.pdf",) == (key,) == office.problem(one).progress[0].files
    )
