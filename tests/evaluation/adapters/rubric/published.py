"""Cases of published rubrics: units with values and what they must give, made into files and scored."""

import csv
import io
from fractions import Fraction

import yaml

from services.evaluation.adapters.rubric.scored import score_files
from tests.evaluation.adapters.rubric.documented import ROOT

RUBRICS = ROOT / "services/evaluation/rubrics"
DATA = ROOT / "tests/evaluation/data"
COLUMNS = ("unit", "item", "input", "period", "dimension", "value", "group", "class", "reason", "assessor")


def cases(name):
    """Return the cases of a file; every scalar stays the text that stands there."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def scored(case, folder):
    """Return the result of *case*; its files are written below *folder*."""
    rubric, values = folder / "rubric.yaml", folder / "values.csv"
    if isinstance(case["rubric"], str):
        rubric = RUBRICS / case["rubric"]
    else:
        head = {"format": "shouxian-rubric-1", "id": "published", "title": case["say"]}
        rubric.write_text(yaml.safe_dump({**head, **case["rubric"]}, allow_unicode=True), encoding="utf-8")
    values.write_text(_csv(case), encoding="utf-8")
    return score_files(rubric, values).result


def _csv(case):
    written = io.StringIO()
    rows = csv.DictWriter(written, COLUMNS)
    rows.writeheader()
    for unit, told in case["units"].items():
        for key, value in told["values"].items():
            if key.startswith("+"):
                rows.writerow({"unit": unit, key[1:]: value})
                continue
            place, _, dimension = key.partition("/")
            place, _, period = place.partition("@")
            item, _, given = place.partition(":")
            cell = {"item": item, "input": given, "period": period, "dimension": dimension, "value": value}
            rows.writerow({"unit": unit, **cell, "reason": "现场核查", "assessor": "考核组"})
    return written.getvalue()


def points_of(one, name):
    """Return the points of an item or a section, or its status where it has none."""
    found = [item for item in one.items if item.item == name and not item.period]
    if found:
        return found[0].status if found[0].points is None else found[0].points
    section = next(part for part in one.parts if part.part == name and not part.period)
    return section.points


def exact(text):
    """Return the number in *text*; words (missing) stay words."""
    try:
        return Fraction(text)
    except ValueError:
        return text
