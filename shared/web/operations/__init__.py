"""The operator's pages of a site: what waits, what could not be taken in, and what can be done about it."""

from shared.web.operations.acting import add_actions
from shared.web.operations.overview import add_overview
from shared.web.operations.rehearsal import add_rehearsals
from shared.web.operations.set_aside import add_set_aside
from shared.web.section import Section

__all__ = ["operations"]


def operations() -> Section:
    """Return the section; its site permits ``operations.read``, ``.retry``, ``.correct`` and ``.pause``."""
    section = Section("operations", prefix="/operations")
    add_overview(section)
    add_rehearsals(section)  # before the pages of one event, whose path would take theirs
    add_set_aside(section)
    add_actions(section)
    return section
