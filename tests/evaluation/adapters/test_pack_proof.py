import hashlib
import json
from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.adapters.pack_proof import CHAIN, RULES, SHARES, chain_of
from services.evaluation.adapters.rules import FILES
from tests.evaluation.samples import TODAY, Year, sealed


@pytest.fixture(name="folder")
def _folder(service, tell, tmp_path):
    tell(service, sealed(Year(3).events))
    return service.write_pack(tmp_path / "pack", as_of=date(2022, 12, 31), known_at=TODAY).folder


def test_the_chain_begins_at_noughts_and_takes_each_event_in(tmp_path):
    """Each link is the hash of the one before it, as text, with the bytes of the event's line."""
    lines = [b'{"event":{"id":"a"}}\n', b'{"event":{"id":"b"}}\n']
    (tmp_path / "events.jsonl").write_bytes(b"".join(lines))
    first = hashlib.sha256(b"0" * 64 + lines[0]).hexdigest()
    second = hashlib.sha256(first.encode() + lines[1]).hexdigest()
    assert f"{first} a\n{second} b\n".encode() == chain_of(tmp_path / "events.jsonl")


def test_every_event_is_in_the_chain(folder):
    """The chain names the events of the pack in their order."""
    events = [json.loads(raw)["event"]["id"] for raw in (folder / "events.jsonl").read_bytes().splitlines()]
    assert events == [line.split()[1] for line in (folder / CHAIN).read_text().splitlines()]


def test_shares_add_up_to_their_lines(folder):
    """Every line has its shares, once; they add up to its numerator and denominator, and name its events."""
    groups = [json.loads(raw) for raw in (folder / SHARES).read_bytes().splitlines()]
    shares = [(line, group["shares"]) for group in groups for line in group["lines"]]
    lines = {line["id"]: line for line in json.loads((folder / "lines.json").read_bytes())}
    assert sorted(lines) == sorted(line for line, _ in shares)
    for name, some in shares:
        sums = [sum((Fraction(one[at]) for one in some), Fraction(0)) for at in (1, 2)]
        assert [Fraction(lines[name]["numerator"]), Fraction(lines[name]["denominator"])] == sums
        assert lines[name]["events"] == sorted({event for one in some for event in one[3]})


def test_every_rule_file_is_there_as_json(folder):
    """Each file with the hash of the YAML it was read from."""
    rules = json.loads((folder / RULES).read_bytes())
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    assert hashes == {name: one["sha256"] for name, one in rules.items()}
