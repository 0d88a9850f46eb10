"""Problems and their rectification for the years made by chance."""

from datetime import timedelta

from shared.contracts.evaluation.v1 import ledger as v1

DEPARTMENT = "县水利局"


def add_problems(year, household, where):
    """Add to *year* some problems of the household's town, or of a department, and what became of them."""
    for number in range(year.chance.randint(0, 2)):
        unit = year.chance.choice([where["area_code"][:9], DEPARTMENT])
        _problem(year, f"{household}problem{number}", unit, where["area_code"])


def _problem(year, problem_id, unit, area_code):
    of = {"problem_id": problem_id, "unit": unit, "area_code": area_code}
    special = year.maybe(0.3)
    start = year.day()
    year.add(
        v1.ProblemRegistered(
            **of,
            occurred_on=start,
            source="province",
            category="style",
            special=special,
            entry_due=year.maybe(),
        )
    )
    if year.maybe(0.2):
        year.add(v1.ProblemRejected(**of, occurred_on=year.day(start)))
        return
    if year.maybe(0.2):
        year.add(v1.ProblemClosed(**of, occurred_on=start, on_the_spot=True))
        return
    about = {"category": "style", "cause": "late", "systemic": False, "special": special}
    start = year.add(v1.ProblemConfirmed(**of, occurred_on=year.day(start), **about))
    for _ in range(year.chance.randint(0, 2)):
        start = _round(year, of, start)
    if year.maybe(0.3):
        year.add(
            v1.ProblemRecurred(
                **of,
                occurred_on=year.day(start),
                how=year.chance.choice(["reopened", "found_again"]),
                earlier_problem_id=problem_id,
                counts=year.maybe(0.8),
                times=1,
                consequence="none",
            )
        )


def _round(year, of, start):
    day = year.day(start)
    due_on = day + timedelta(days=30)
    year.add(v1.ProblemHandedOver(**of, occurred_on=day, level="town", lead_unit="", due_on=due_on))
    if year.maybe(0.8):
        day = year.day(day)
        year.add(v1.ProblemListed(**of, occurred_on=day))
    if year.maybe(0.3):
        year.add(v1.ProblemRechecked(**of, occurred_on=day, stage="county", passed=False, round=1))
    if year.maybe():
        day = year.day(day)
        year.add(v1.ProblemRechecked(**of, occurred_on=day, stage="county", passed=True, round=2))
        year.add(v1.ProblemClosed(**of, occurred_on=day, due_on=due_on))
    return day
