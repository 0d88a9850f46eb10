"""How firm the ranks are: what each could be if the weights were a little off, and which rest on a hair."""

from services.evaluation.domain.ranking import two_decimals
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, board_of, days_of, path_to
from services.evaluation.service_layer.robustness import MARGIN, SHIFT, firmness_of, rests_on_a_hair
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("robustness")

TITLE = Words("名次稳固性", "How firm the ranks are")
_GROUPS = {"towns": Words("各镇", "Towns"), "departments": Words("县级部门", "Departments")}


@section.page("/robustness", "score.suppose", "evaluation/robustness.html")
def show_firmness(ask: EvaluationAsk, as_of: str = "", known_at: str = "") -> View:
    """Show for each unit the ranks it can take when every weight may be off by the policy's share."""
    days = days_of(ask, as_of, known_at)
    board, rulebook = board_of(ask, days), ask.service.rulebook
    groups = [
        (
            _GROUPS[group],
            [
                {
                    "unit": {"unit": board.unit(one.unit).unit, "total": board.unit(one.unit).total},
                    "path": path_to("units", one.unit),
                    "firmness": one,
                    "margin": None if one.margin is None else two_decimals(one.margin),
                    "hair": rests_on_a_hair(one, board, rulebook),
                }
                for one in some
            ],
        )
        for group, some in firmness_of(board, rulebook).items()
    ]
    shift, margin = (rulebook.figures[key].entry_on(days.as_of) for key in (SHIFT, MARGIN))
    data = {
        "days": days,
        "groups": groups,
        "shift": f"{shift.value * 100:f}".rstrip("0").rstrip("."),
        "margin": margin.value,
        "confirmed": shift.confirmed and margin.confirmed,
        "sources": (shift.source, margin.source),
    }
    return View(TITLE, data, crumbs=(Crumb(TITLE),))
