"""A site of nothing but the operator's pages, over a service whose handler refuses one level."""

from shared.messaging.intake import Reader
from shared.persistence.unit_of_work import SqlUnitOfWork
from tests.shared.messaging.conftest import MESSAGES, Example, LevelSet, published, set_levels
from tests.shared.web.conftest import PASSWORD

PERMISSIONS = """
operations.read: {zh: 查看消息, en: See messages, roles: [operator, evaluator], limited_to: []}
operations.retry: {zh: 重新处理, en: Take in again, roles: [operator], limited_to: []}
operations.correct: {zh: 更正, en: Correct, roles: [operator], limited_to: []}
operations.pause: {zh: 暂停, en: Pause, roles: [operator], limited_to: []}
"""
OPERATOR = ("yunwei", PASSWORD)


class Operated(Example):
    """The example service as a site sees it."""

    def uow(self, with_it=None):
        return SqlUnitOfWork(
            self.engine, MESSAGES, publish=published, clock=self.clock, ids=self.ids, with_it=with_it
        )

    def set_aside_bodies(self):
        """Return every body that was set aside or taken in instead, by the id of its event."""
        return {row[0]: row[3] for row in self.rows(MESSAGES.set_aside)}


def mend(example):
    """Repair the handler: what it refused it takes in as one less."""

    def mended(events, uow):
        for event in events:
            event.data["level"] = min(event.data["level"], 12)
        set_levels(events, uow)

    example.reader = Reader("employment", ("monitoring",), {LevelSet.type: mended})
