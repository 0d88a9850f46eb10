"""How the items of a rubric hang together: who stands where, who needs whom, and in which order to score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import NamedTuple

from services.evaluation.domain.rubric.errors import RepeatedIdError, RubricCycleError, UnknownReferenceError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Block, Item, Part, Periods, Rubric, parts_of
from services.evaluation.domain.rubric.reference import Reference
from services.evaluation.domain.rubric.rules.cohort import MeanScore

BASE = ""
"""The id of the base as a whole: the part above all parts."""


class Node(NamedTuple):
    """Something to be worked out: the value of an item, or the score of an item, part or block."""

    id: str
    scored: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """A rubric, indexed. *above* names the parts around an item or part, outermost first.

    *order* is one in which each node comes after all it needs.
    """

    base: Part
    items: Mapping[str, Item]
    parts: Mapping[str, Part]
    blocks: Mapping[str, Block]
    above: Mapping[str, tuple[Part, ...]]
    order: tuple[Node, ...]

    def periods_of(self, name: str) -> Periods | None:
        """Return the periods that an item or part is scored in: its own, or those of a part around it."""
        own = self.items.get(name) or self.parts.get(name)
        around = [part.periods for part in reversed(self.above.get(name, ()))]
        return next((periods for periods in (own.periods if own else None, *around) if periods), None)


def index_rubric(rubric: Rubric) -> Structure:
    """Return how *rubric* hangs together.

    Raises RepeatedIdError, UnknownReferenceError, and RubricCycleError naming the path.
    """
    base = Part(id=BASE, name=rubric.title, parts=rubric.parts, rescale=True, periods=rubric.periods)
    above: dict[str, tuple[Part, ...]] = {}
    _place(base, (), above)
    items = {item.id: item for item in rubric.items()}
    parts = {part.id: part for part in parts_of(base)}
    blocks = {block.id: block for block in (*rubric.bonus, *rubric.deductions)}
    _refuse_repeated(rubric, base)
    needs = _needs(rubric, parts, blocks)
    _refuse_unknown(rubric, needs, {*items, *parts, *blocks})
    return Structure(base, items, parts, blocks, above, _ordered(needs))


def _place(part: Part, around: tuple[Part, ...], above: dict[str, tuple[Part, ...]]) -> None:
    above[part.id] = around
    for item in part.items:
        above[item.id] = (*around, part)
    for inner in part.parts:
        _place(inner, (*around, part), above)


def _refuse_repeated(rubric: Rubric, base: Part) -> None:
    blocks = (*rubric.bonus, *rubric.deductions)
    seen: set[str] = set()
    ids = [one.id for one in parts_of(base)] + [one.id for one in rubric.items()]
    ids += [one.id for one in blocks] + [one.id for one in rubric.vetoes]
    ids += [one.id for one in rubric.prerequisites]
    for name in ids:
        if name in seen:
            raise RepeatedIdError(target=name or "(empty)")
        seen.add(name)


def references_of(written: object) -> Iterator[Reference]:
    """Yield every reference in a rule, an amount, or whatever holds them, however deep."""
    if isinstance(written, Expression):
        yield from written.references
    elif isinstance(written, MeanScore):
        yield Reference("mean_score", written.item, "", filtered=bool(written.where))
    elif isinstance(written, (tuple, list)):
        for one in written:
            yield from references_of(one)
    elif is_dataclass(written):
        for each in fields(written):
            yield from references_of(getattr(written, each.name))


Needs = dict[Node, list[Node]]


def _needs(rubric: Rubric, parts: Mapping[str, Part], blocks: Mapping[str, Block]) -> Needs:
    needs: Needs = {}
    for item in rubric.items():
        measured, scored = Node(item.id, scored=False), Node(item.id, scored=True)
        needs[measured] = _nodes(item.id, (item.input, item.adjust))
        read = (item.rule, item.points, item.applies, item.zero_if, item.exempt_if)
        needs[scored] = [measured, *(node for node in _nodes(item.id, read) if node != scored)]
    for part in parts.values():
        inside = [item.id for item in part.items] + [inner.id for inner in part.parts]
        amounts = (part.points, part.applies, part.floor, part.cap, part.weight)
        needs[Node(part.id, scored=True)] = [
            *(Node(name, scored=True) for name in inside),
            *_nodes(part.id, amounts),
        ]
    for block in blocks.values():
        inner = [Node(item.id, scored=True) for item in block.items]
        needs[Node(block.id, scored=True)] = [*inner, *_nodes(block.id, block.cap)]
    return needs


def _nodes(where: str, written: object) -> list[Node]:
    found = []
    for reference in references_of(written):
        if reference.function == "imported":
            continue
        if reference.target == where and reference.of_score and not reference.filtered:
            raise RubricCycleError(path=f"{where} → {where}")
        found.append(Node(reference.target, reference.of_score))
    return found


def _refuse_unknown(rubric: Rubric, needs: Needs, scored: set[str]) -> None:
    conditions = [(veto.id, veto.when) for veto in rubric.vetoes]
    conditions += [(one.id, one.when) for one in rubric.prerequisites]
    conditions += [(grade.name, grade.when) for grade in rubric.grades if grade.when is not None]
    read = {Node(where, scored=True): _nodes("", when) for where, when in conditions}
    measured = {*(item.id for item in rubric.items()), *rubric.data, *(where for where, _ in conditions)}
    for where, targets in [*needs.items(), *read.items()]:
        for target in targets:
            if target.id not in (scored if target.scored else measured):
                raise UnknownReferenceError(where=where.id, target=target.id)


def _ordered(needs: Needs) -> tuple[Node, ...]:
    order: dict[Node, None] = {}
    for start in needs:
        _visit(start, needs, order)
    return tuple(order)


def _visit(start: Node, needs: Needs, order: dict[Node, None]) -> None:
    """Put *start* and what it needs into *order*; a path held open, so that a cycle can be named."""
    if start in order:
        return
    path: dict[Node, Iterator[Node]] = {start: iter(needs.get(start, ()))}
    while path:
        node, rest = next(reversed(path.items()))
        following = next((one for one in rest if one not in order), None)
        if following is None:
            order[node] = None
            del path[node]
        elif following in path:
            raise RubricCycleError(path=_named([*path], following))
        else:
            path[following] = iter(needs.get(following, ()))


def _named(path: list[Node], again: Node) -> str:
    """Return the circle in *path* that comes back to *again*, each id once in a row."""
    circle = [node.id for node in path[path.index(again) :]] + [again.id]
    steps = [name for at, name in enumerate(circle) if at == 0 or name != circle[at - 1]]
    return " → ".join(steps if len(steps) > 1 else steps * 2)
