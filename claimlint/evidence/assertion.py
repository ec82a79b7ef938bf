"""One assertion of a document, and when two sentences make one.

A person reviews assertions one by one, so sentences that go on about the same study, and points of one list
about one thing, are told once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claimlint.evidence.designs import Design


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one stretch of a document asserts of a pair. ``spans`` are (block, start, end) in block text."""

    spans: tuple[tuple[int, int, int], ...]
    intervention: str
    conditions: tuple[str, ...]
    stage: str
    direction: str
    hedge: str
    design: Design = field(default_factory=Design)
    effects: tuple[str, ...] = ()
    mechanism: str | None = None
    jurisdiction: str | None = None
    named: bool = False
    ids: tuple[str, ...] = ()


def joins(last: Assertion, found: Assertion, one_list: bool) -> bool:
    """Whether ``found`` goes on with ``last``: in the same block, or as points of one list, about one thing."""
    same = (last.intervention, last.stage, last.direction) == (
        found.intervention,
        found.stage,
        found.direction,
    )
    if not same or last.conditions != found.conditions or last.hedge != found.hedge:
        return False
    return last.spans[-1][0] == found.spans[0][0] or one_list


def join(last: Assertion, found: Assertion) -> Assertion:
    """Both as one assertion, with what either knows of the study."""
    return replace(
        last,
        spans=(*last.spans, *found.spans),
        effects=tuple(dict.fromkeys([*last.effects, *found.effects])),
        mechanism=last.mechanism or found.mechanism,
        jurisdiction=last.jurisdiction or found.jurisdiction,
        named=last.named or found.named,
        ids=tuple(dict.fromkeys([*last.ids, *found.ids])),
        design=replace(
            last.design,
            year=last.design.year or found.design.year,
            n=last.design.n or found.design.n,
            population=last.design.population or found.design.population,
            route=last.design.route or found.design.route,
        ),
    )
