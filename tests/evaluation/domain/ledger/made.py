"""A problem on any state of its way, and the policy it is judged by."""

from datetime import date

from services.evaluation.adapters.ledger_policy import load_ledger_policy
from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Node, Plan, Progress, Responsible
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.recurrence import Likes
from services.evaluation.domain.ledger.state import Level, Source, Stage, State
from services.evaluation.settings import Settings

TOWN, LEAD, OWNER = "610327109", "县住建局", "县水利局"
POLICY = load_ledger_policy(Settings.model_fields["rulebook_dir"].default, (TOWN, LEAD, OWNER))
FOUND, DAY, DUE = date(2022, 3, 1), date(2022, 3, 10), date(2022, 4, 30)
SYSTEM = Acting(DAY)
NONE = Likes()


def acting(role, unit="", *, on=DAY, area=""):
    return Acting(on, f"{role}1", role, unit, area)


def entered(**about):
    """Return a problem of the town that was registered."""
    values = {"unit": TOWN, "source": Source.PROVINCE, "category": "housing", "cause": "late", **about}
    problem = Problem(
        id="p1", number="2022-00001", text="房屋漏雨", found_on=FOUND, registered_on=DAY, **values
    )
    problem.register(POLICY, SYSTEM)
    return problem


def confirm(problem, on=SYSTEM, likes=NONE):
    problem.confirm(
        problem.unit, problem.category, problem.cause or "late", systemic=problem.systemic,
        likes=likes, policy=POLICY, acting=on,
    )  # fmt: skip


def hand_over(problem, on=SYSTEM, *, level=Level.TOWN, lead=LEAD, due=DUE):
    problem.hand_over(level, Responsible(lead, "县委督查室", "张三丰", "李四光"), due, on)


def make_plan(problem, on=SYSTEM, nodes=()):
    problem.make_plan(Plan("翻修屋面", "不漏雨", "雨天无渗漏", tuple(nodes)), on)


def progress(problem, on=SYSTEM, reached=()):
    problem.record_progress(Progress(on.on, "已完工", on.by, "照片2张"), frozenset(reached), on)


def ask(problem, on=SYSTEM, mechanism=""):
    problem.ask_close_out(on.on, mechanism, POLICY, on)


STEPS = {
    "confirm": confirm,
    "reject": lambda problem, on=SYSTEM: problem.reject("查无此事", on),
    "fix_on_the_spot": lambda problem, on=SYSTEM: problem.fix_on_the_spot("当场补齐资料", "照片", on),
    "hand_over": hand_over,
    "send_up": lambda problem, on=SYSTEM: problem.send_up("村镇无力解决", on),
    "plan": make_plan,
    "progress": progress,
    "ask_close_out": ask,
    "approve": lambda problem, on=SYSTEM: problem.approve(problem.due_stage or Stage.COUNTY, "属实", on),
    "send_back": lambda problem, on=SYSTEM: problem.send_back(
        problem.due_stage or Stage.COUNTY, "未改到位", on
    ),
    "reopen": lambda problem, on=SYSTEM: problem.reopen("又漏雨", NONE, POLICY, on),
    "look_back": lambda problem, on=SYSTEM: problem.look_back(True, "未反弹", NONE, POLICY, on),
}
"""Every step by its name, taken as a person would; the system's own officer may take each."""

_WAY = {
    State.REGISTERED: (),
    State.CONFIRMED: ("confirm",),
    State.REJECTED: ("reject",),
    State.HANDED_OVER: ("confirm", "hand_over"),
    State.RECTIFYING: ("confirm", "hand_over", "plan", "progress"),
    State.CLOSE_OUT_ASKED: ("confirm", "hand_over", "plan", "progress", "ask_close_out"),
    State.IN_CHECK: ("confirm", "hand_over", "plan", "progress", "ask_close_out", "approve"),
    State.RETURNED: ("confirm", "hand_over", "plan", "progress", "ask_close_out", "send_back"),
    State.CLOSED: ("confirm", "hand_over", "plan", "progress", "ask_close_out", *["approve"] * 3),
    State.REOPENED: ("confirm", "fix_on_the_spot", "reopen"),
}


def at(state, **about):
    """Return a problem that has come to *state* and has told nothing since."""
    problem = entered(**about)
    for step in _WAY[state]:
        STEPS[step](problem)
    assert state is problem.state
    problem.facts.clear()
    return problem


def node(what, due_on):
    return Node(what, due_on)
