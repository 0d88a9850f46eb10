"""Verify a year-end pack with Python alone: ``python3 verify_pack.py FOLDER [PUBLISHED DIGEST]``.

Standard library only, no code of the software that made the pack. Seals, chain of events, each line's shares, value
and points, each total, rank and grade are worked out again; each difference is named. Exit: 0 sound, 1 not, 2 no folder.
"""
import ast, hashlib, json, operator as op, sys
from collections import defaultdict
from fractions import Fraction as F
from math import ceil, floor
from pathlib import Path
from statistics import median

UNVERIFIED = ("which share each event gives: read events.jsonl beside shares.jsonl; why a line is not_set, whether a missing report was due",
              "what is checked by its hash alone: scoreboard.xlsx, robustness.json, the wording of the arithmetic")
BAD = (LookupError, TypeError, ValueError, AttributeError, SyntaxError, ZeroDivisionError, OSError)
SCHEMES = {"towns": "rules/scheme_towns_2022.yaml", "departments": "rules/scheme_departments_2022.yaml"}
NOUGHT, MEETS = F(0), {"=": op.eq, ">=": op.ge, "<=": op.le, "<": op.lt, ">": op.gt}
SUMS = {ast.Add: op.add, ast.Sub: op.sub, ast.Mult: op.mul, ast.Div: op.truediv, ast.Eq: op.eq, ast.Gt: op.gt}

def canonical(value): return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
def sha(content): return hashlib.sha256(content).hexdigest()
def num(value): return F(str(value))
def two(exact):
    cents = floor(abs(exact) * 100 + F(1, 2))
    return f"{'-' if exact < 0 and cents else ''}{cents // 100}.{cents % 100:02d}"

def clamp(value, low, high):
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)

class Pack:
    """A pack being verified, what was read of it, and the differences found so far."""
    def __init__(self, folder):
        self.folder, self.found, self.manifest, self.lines, self.marks, self.since = folder, [], {}, {}, {}, ""
        self.events, self.heard, self.ruled, self.criticised = set(), set(), [], defaultdict(int)
    def read(self, name): return json.loads((self.folder / name).read_bytes())
    def differ(self, file, place, what): self.found.append(f"{file}: {place + ': ' if place else ''}{what}")
    def tried(self, file, place, step, *given):
        try:
            return step(*given)
        except BAD as error:
            return self.differ(file, place, f"cannot be read: {error!r}")
    def verify(self, published):
        for step in (self.seals, self.rule_files, self.chain, self.all_lines, self.units, self.appeals):
            self.tried("pack", step.__name__, step)
        if published not in ("", self.manifest.get("digest")):
            self.differ("manifest.json", "digest", f"{self.manifest.get('digest')}, published is {published}")
    def seals(self):
        """Every file has the hash in the manifest; none is missing or added; the digest is of all that."""
        self.manifest = self.read("manifest.json")
        body = {name: value for name, value in self.manifest.items() if name != "digest"}
        if canonical({**body, "digest": sha(canonical(body))}) + b"\n" != (self.folder / "manifest.json").read_bytes():
            self.differ("manifest.json", "digest", "does not belong to what the manifest says")
        there = {one.relative_to(self.folder).as_posix() for one in self.folder.rglob("*") if not one.is_dir()}
        listed = self.manifest["files"]
        for name in sorted((there - {"manifest.json"}) ^ set(listed)):
            self.differ(name, "", "is missing" if name in listed else "was added: it is not in the manifest")
        for name in sorted(there & set(listed)):
            if sha((self.folder / name).read_bytes()) != listed[name]:
                self.differ(name, "", "was altered: its SHA-256 is not the one in the manifest")
    def chain(self):
        """Each event is linked to the one before it: what was dropped, added or altered has a name."""
        sealed, before, last = {}, "0" * 64, ""
        for line in (self.folder / "events.sha256").read_text().splitlines():
            link, event = line.split(" ")
            sealed[event], before = (before, link), link
        for count, raw in enumerate((self.folder / "events.jsonl").read_bytes().splitlines(keepends=True), 1):
            last = self.tried("events.jsonl", f"line {count}", self.event, raw, f"line {count}", sealed, last) or last
        for event in sorted(set(sealed) - self.events):
            self.differ("events.jsonl", f"event {event}", "was dropped: it is in the sealed chain")
    def event(self, raw, line, sealed, last):
        entry = json.loads(raw)
        event, data = entry["event"]["id"], entry["event"]["data"]
        later = entry["recorded_on"] > self.manifest["known_at"] or data["occurred_on"] > self.manifest["as_of"]
        before, link = sealed.get(event, ("", ""))
        for wrong, what in ((raw != canonical(entry) + b"\n", "is not canonical"), (event <= last, "is out of order or twice"),
                            (later, "was not known, or comes later"), (not link, "was added: not in the sealed chain"),
                            (link and link != sha(before.encode() + raw), "was altered: not its hash in the sealed chain")):
            self.found += [f"events.jsonl: {line}, event {event}: {what}"] if wrong else []
        name, old = entry["event"]["type"].rsplit(".", 1)[0], data["occurred_on"] < self.since
        self.events.add(event)  # and keep what no line shows: marks, notices from above, rulings, towns heard of
        if name == "evaluation.score_corrected":
            self.ruled.append((event, data["correction_id"], data["appeal_id"]))
        elif name == "evaluation.judgement_recorded":
            key, mark = (data["unit"], data["item"], data.get("period") or ""), (data.get("number", 1), event, num(data["value"]))
            self.marks.update({} if old else {key: max(mark, self.marks.get(key, mark))})
        else:
            self.heard.add(str(data.get("area_code") or "")[:9])
            if name == "evaluation.notice_issued" and data["level"] in self.barring and not old:
                self.criticised[data["unit"]] += 1
        return event
    def rule_files(self):
        """The rules as JSON were read from the rule files that are in the pack."""
        rendered = self.read("rules.json")
        for name, one in rendered.items():
            if sha((self.folder / name).read_bytes()) != one["sha256"]:
                self.differ(name, "", "was changed: it is not the file that rules.json was read from")
        self.document = {name: one["document"] for name, one in rendered.items()}
        points = self.document["rules/work_points_2022.yaml"]["items"]
        self.planned = {one["id"]: (point, one) for point in points for one in point["indicators"]}
        self.rules = {one["id"]: one for one in self.document["rules/indicators_2022.yaml"]["indicators"]}
        self.since = (lists := self.document["rules/assessment_2022.yaml"])["since"]
        self.departments, self.sector = (lists[one]["units"] for one in ("departments", "sector_departments"))
        self.barring, self.towns = lists.get("barring_notices", {"levels": ["province"]})["levels"], [town["code"] for town in self.read("towns.json")]
    def all_lines(self):
        """Every unit has one line for each indicator that concerns it; each line follows from its shares."""
        shares = {}
        for raw in (self.folder / "shares.jsonl").read_bytes().splitlines():
            shares.update((line, json.loads(raw)["shares"]) for line in json.loads(raw)["lines"])
        for line in self.read("lines.json"):
            self.lines[f"{line['unit']}:{line['indicator']}"] = line
            self.tried("lines.json", f"line {line['id']}", self.line, line, f"line {line['id']}", shares[line["id"]])
        wanted = {f"{unit}:{rule}" for rule in self.rules for unit in self.concerned(self.rules[rule])}
        if len(self.lines) != len(self.read("lines.json")):
            self.differ("lines.json", "", "has a line twice")
        for name in sorted(wanted ^ set(self.lines)):
            self.differ("lines.json", name, "is missing" if name in wanted else "concerns nobody")
    def concerned(self, rule):
        point, plan = self.planned[rule["id"]]
        of, words = rule.get("department_value"), point["responsible"]
        units = set(words) & set(self.departments) if of else set()
        every = rule.get("deduction", False) or rule.get("every_department", False)
        if of == "own" and (every or any(word.endswith("行业部门") for word in words)):
            units |= set(self.departments if every else self.sector) & set(self.departments)
        return units | set(self.towns if "town" in plan["scope"] else ())
    def line(self, line, place, shares):
        rule, target = self.rules[line["indicator"]], self.planned[line["indicator"]][1]["target"]
        written = {"rule": rule, "target": [str(target["op"]), str(target["value"]), target["source"]]}
        if sha(canonical(written)) != line["rule_sha256"]:
            self.differ("rules.json", f"rule {rule['id']}", f"is not the rule by which {place} was scored")
        for event in sorted(set(line["events"]) - self.events):
            self.differ("lines.json", place, f"rests on event {event}, which is not in the pack")
        sums = [sum((num(share[at]) for share in shares), NOUGHT) for at in (1, 2)]
        expected = {"events": sorted({event for share in shares for event in share[3]}),
                    "numerator": str(sums[0]), "denominator": str(sums[1]), **self.scored(rule, shares, line, *sums)}
        for name, value in expected.items():
            if line[name] != value:
                self.differ("lines.json", place, f"{name} is {line[name]}; shares and rule {rule['id']} give {value}")
    def scored(self, rule, shares, line, numerator, denominator):
        """Return what a line must say of status, value and points."""
        empty = {**dict.fromkeys(("value", "value_exact", "points", "points_exact")), "max_points": "0", "status": "not_applicable"}
        if line["status"] == "not_set":
            return {**empty, "status": "not_set"}
        full = num(rule["points"][max(day for day in rule["points"] if day <= self.manifest["as_of"])]["value"]) if rule.get("scored", True) else NOUGHT
        if denominator == 0 and (rule["kind"] != "count" or rule.get("needs_cases", True)):
            gap = line["status"] == "missing" and (self.planned[rule["id"]][1]["mode"] == "reported" or rule.get("reported", False))
            kept = full if line["max_points"] != "0" and not (rule.get("bonus", False) or rule.get("deduction", False)) else NOUGHT
            return {**empty, "status": "missing", "max_points": str(kept)} if gap else empty
        if numerator == denominator == 0 and not (line["unit"] in self.heard if line["unit"] in self.towns else self.heard):
            return empty
        value = 100 * numerator / denominator if rule["kind"] == "rate" else numerator
        if rule["kind"] == "median":
            value = median([num(one[1]) / num(one[2]) for one in shares if num(one[2])])
        shown = numerator if rule.get("split_target", False) else value
        said = {**empty, "status": "shown", "value": two(shown), "value_exact": str(shown)}
        if not rule.get("scored", True):
            return said
        points = award(rule["method"], value, denominator - numerator if rule["kind"] == "rate" else numerator, full)
        points -= full if rule.get("deduction", False) else 0
        return {**said, "status": "scored", "points": two(points), "points_exact": str(points), "max_points": str(full)}
    def units(self):
        """Each unit's total, rank and grade follow from its lines and the marks given, by the year's scheme."""
        board = self.read("scoreboard.json")
        for group, ids in (("towns", self.towns), ("departments", self.departments)):
            scheme = self.document[SCHEMES[group]]
            if sorted(unit["unit"] for unit in board[group]) != sorted(ids):
                self.differ("scoreboard.json", group, "are not the units that are assessed")
            found = {name: self.unit(name, scheme) for name in ids}
            ranked = {name: one for name, one in found.items() if one["total"] is not None}
            for unit in ranked.values():
                unit["rank"] = 1 + sum(num(other["total"]) > num(unit["total"]) for other in ranked.values())
            for name, grade in graded(scheme, ranked).items():
                found[name]["grade"] = grade
            for one, name in [(unit, name) for unit in board[group] for name in found[unit["unit"]]]:
                if one.get(name, expected := found[one["unit"]][name]) != expected:
                    self.differ("scoreboard.json", f"unit {one['unit']}", f"{name} is {one[name]}, not {expected}")
    def unit(self, unit, scheme):
        cells, values, failed, owed, applied = defaultdict(F), defaultdict(list), set(), False, False
        own = any(unit in self.planned[name][0]["responsible"] for name, one in self.rules.items() if not (one.get("bonus") or one.get("deduction")))
        for line in (one for one in self.lines.values() if one["unit"] == unit and one["status"] in ("scored", "missing")):
            rule, points, full = self.rules[line["indicator"]], num(line["points_exact"] or 0), num(line["max_points"])
            bonus, deduction, gap = rule.get("bonus", False), rule.get("deduction", False), line["status"] == "missing"
            beside, lost = bonus or deduction, -points if deduction else full - points
            cells["bonus_indicators", ""] += points if bonus else 0
            cells["I37-4" if rule["id"] == "I37-4" else "other_losses", ""] += lost if deduction else 0
            named = unit in self.planned[rule["id"]][0]["responsible"]
            for name in () if beside or (gap and not full) else ("indicators", "own_indicators" if named else "common_indicators"):
                cells[name, "won"] += points
                cells[name, "available"] += full
            failed |= {rule["id"]} if rule.get("veto", False) and lost > 0 and not gap else set()
            owed, applied = owed or (gap and full > 0), applied or (full > 0 and not gap and not beside)
            cells["overdue", ""] += num(line["denominator"]) - num(line["numerator"]) if rule["id"] == "I36-2" else 0
        for item, mark in ((item, one[2]) for (of, item, _), one in self.marks.items() if of == unit):
            values[item].append(mark)
        marks = {item: sum(some, NOUGHT) / len(some) for item, some in sorted(values.items())}
        marks.update({"criticised": F(self.criticised[unit])} if unit in self.criticised else {})
        for item, mark in marks.items():
            cells["common_mark" if item == "common" else item, ""] = cells["duty_" + item, ""] = mark
        cells["failed", ""] = F(len(failed))
        exact = total(scheme, cells, "duty" if own else "other") if applied else None
        barred = [one["grade"] for one in scheme["vetoes"] if calc(one["when"], {"value": cells[one["id"], ""]})]
        return {"total_exact": None if exact is None else str(exact), "total": None if exact is None else two(exact),
                "rank": None, "grade": None, "vetoes": [one for one in self.rules if one in failed], "parts": {item: str(one) for item, one in marks.items()},
                "incomplete": owed, "barred": barred, "late": (cells["overdue", ""], -cells["committee", ""])}
    def appeals(self):
        """Every correction among the events was ruled on an appeal that is in the pack."""
        cited = [(one["event"]["type"], one["event"]["data"]) for one in self.read("appeals.json")]
        ruled = [(data["correction_id"], data["appeal_id"]) for name, data in cited
                 if name.startswith("evaluation.appeal_decided") and data["outcome"] == "upheld"]
        for event, correction, appeal in self.ruled:
            if (correction, appeal) not in ruled:
                self.differ("appeals.json", f"event {event}", f"correction {correction}: no ruling on {appeal}")

def award(method, value, faults, full):
    """Return the points of *value*, which is in the indicator's unit, with so many things at fault."""
    given = {name: num(one) for name, one in method.items() if name not in ("type", "op", "steps", "tiers")}
    reached = [(num(one["at_least"]), num(one["share"])) for one in method.get("tiers", ()) if value >= num(one["at_least"])]
    count = abs(value - given.get("target", 0)) / given.get("step", 1)
    count = {"exact": count, "floor": floor(count), "ceil": max(ceil(count), 1)}[method.get("steps", "exact")]
    missed = "op" in method and not MEETS[method["op"]](value, given["target"])
    good, bad = given.get("full_at", 0), given.get("zero_above", 1)
    left = {
        "tiers": lambda: full * max(reached, default=(NOUGHT, NOUGHT))[1],
        "linear_band": lambda: full * (F(value <= good) if good == bad else (bad - value) / (bad - good)),
        "stepped_deduction": lambda: full - given["deduct"] * count * missed,
        "all_or_nothing": lambda: full * (not missed),
        "zero_on_occurrence": lambda: full * (faults == 0),
        "proportional": lambda: full * value / given["target"],
        "coefficient": lambda: given["factor"] * value,
        "per_occurrence": lambda: full - given["deduct"] * faults,
        "deadline": lambda: full - given["deduct"] * max(ceil(value / given["per_days"]), 0),
        "frequency": lambda: full - given["deduct"] * max(given["required"] - value, 0)}
    return clamp(left[method["type"]](), NOUGHT, full)

def calc(text, names):
    """Work out an expression of the scheme: numbers, names, + - * /, one comparison; anything else raises."""
    def go(node):
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else num(node.value)
        if isinstance(node, ast.Name):
            return names[node.id]
        sign, right = (node.op, node.right) if isinstance(node, ast.BinOp) else (node.ops[0], node.comparators[0])
        return SUMS[type(sign)](go(node.left), go(right))
    return go(ast.parse(str(text).replace("unit.class", "unit_class"), mode="eval").body)

def item_points(item, cells):
    """Return an item's points, or None where it does not apply."""
    names, rule = {name: value for (of, name), value in cells.items() if of == item["id"]}, item["rule"]
    try:
        value = calc(item["input"], names) if "input" in item else names[""]
    except (KeyError, ZeroDivisionError):
        return None
    return clamp(calc(rule["points"], {"value": value}), *(None if rule.get(b) is None else num(rule[b]) for b in ("floor", "cap")))

def rescaled(scores):
    """Return points and full: what did not apply is left out and the rest rescaled; None where nothing did."""
    full, applied = (sum((one for points, one in scores if all_ or points is not None), NOUGHT) for all_ in (1, 0))
    return (sum((points or NOUGHT for points, _ in scores), NOUGHT) * full / applied if applied else None), full

def total(scheme, cells, class_):
    parts = [part for part in scheme["parts"] if "for" not in part or calc(part["for"], {"unit_class": class_})]
    base = rescaled([rescaled([(item_points(one, cells), num(one["points"])) for one in part["items"]]) for part in parts])[0]
    for sign, blocks in ((1, scheme["bonus"]), (-1, scheme["deductions"])) if base is not None else ():
        for block in blocks:
            points = sum((item_points(item, cells) or NOUGHT for item in block["items"]), NOUGHT)
            base += sign * clamp(points, None, num(block["cap"]) if "cap" in block else None)
    return None if base is None else clamp(base, num(scheme["floor"]), num(scheme["cap"]))

def graded(scheme, units):
    """Return the grades by closed bands, bars and quota, the best first; None where the committee decides."""
    given, kept_out = {}, set()
    for grade in scheme["grades"]:
        low, below = num(grade["min"]), num(grade.get("below", 1000))
        reaching = {unit for unit in set(units) - set(given) if (one := num(units[unit]["total"])) >= low
                    and (unit in kept_out or one < below)}
        order = {unit: (units[unit]["rank"], units[unit]["late"]) for unit in reaching
                 if grade["name"] not in units[unit]["barred"]}
        seats = floor(num(grade["quota"]) * len(units)) if "quota" in grade else len(units)
        edge = sorted(order.values())[seats] if len(order) > seats else (len(units) + 1, NOUGHT)
        admitted = {unit for unit, key in order.items() if key < edge}
        tied = {unit for unit, key in order.items() if key == edge} if len(admitted) < seats else set()
        given.update({**dict.fromkeys(admitted, grade["name"]), **dict.fromkeys(tied)})
        kept_out |= reaching - admitted - tied
    return given

def main(folder, published=""):
    if not Path(folder).is_dir():
        return print(f"没有这个文件夹 no such folder: {folder}", file=sys.stderr) or 2
    pack = Pack(Path(folder))
    pack.verify(published)
    if pack.found:
        print(*(f"不一致 DIFFERENT {one}" for one in [*pack.found[:60], f": {len(pack.found)} in all"]), sep="\n")
        return 1
    print(f"一致 SOUND {pack.manifest['digest']}\nevents {len(pack.events)}\nlines  {len(pack.lines)}")
    print(*(f"未核 not verified here: {one}" for one in UNVERIFIED), sep="\n")
    return 0

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (2, 3) else __doc__)
