from datetime import date

from services.finance.domain.announcement import ELEMENTS
from services.finance.service_layer.announcement import (
    OweAnnouncement,
    PublishAnnouncement,
    owe_announcement,
    publish_announcement,
)
from services.finance.service_layer.fund import ArrangeFund, arrange_fund

DAY = date(2022, 6, 1)


def test_numbers_are_held_against_the_register(service, outbox):
    """The town's plan says what its lines of the year add up to, or it fails and can be corrected."""
    policy = service.project_policy
    for amount in (60, 40):
        line = ArrangeFund(
            area_code="610327102200",
            on=DAY,
            line_no=str(amount),
            year=2022,
            source="city",
            amount_fen=amount,
            unit="县财政局",
        )
        arrange_fund(line, service.uow(), policy)
    owed = OweAnnouncement(area_code="610327102", on=DAY, kind="plan", year=2022, unit="610327102")
    one = owe_announcement(owed, service.uow(), policy)
    results = []
    for total in (99, 100):
        command = PublishAnnouncement(
            id=one,
            on=DAY,
            elements=tuple(ELEMENTS),
            link="https://example.invalid/1",
            total_fen=total,
            parts_fen=(total,),
        )
        results.append(publish_announcement(command, service.uow(), policy).passed)
    assert [False, True] == results
    events = outbox()[2:]
    assert ("2022-06-21", False, True) == (
        events[0].data["due_on"],
        events[1].data["numbers_match"],
        events[2].data["passed"],
    )
