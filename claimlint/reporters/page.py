"""Turns a document and its findings into the marked-up page that the HTML report shows.

Findings overlap, so text is cut at every start and end; each piece then knows all the findings that
cover it, and no tag ever has to cross another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimlint.model import Document, Finding, Scope

_LABELS = {
    Scope.TITLE: "Page title",
    Scope.META: "Meta description",
    Scope.ALT: "Image text",
    Scope.BUTTON: "Button",
    Scope.LINK: "Link",
    Scope.TABLE_CELL: "Table cell",
    Scope.CAPTION: "Caption",
    Scope.FOOTER: "Footer",
    Scope.NAVIGATION: "Navigation",
    Scope.QUOTATION: "Quotation",
    Scope.CODE: "Code",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding with its number in the report."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text covered by the same findings; ``opens`` and ``closes`` begin and end with it."""

    text: str
    numbers: tuple[int, ...] = ()
    severity: str = ""
    silenced: bool = False
    opens: tuple[int, ...] = ()
    closes: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block; ``first`` and ``last`` say that a run of its kind begins or ends here.

    ``outline`` is the heading's depth below the document's own, counted so that no depth is ever skipped.
    """

    scope: str
    label: str
    level: int
    outline: int
    locator: str
    pieces: tuple[Piece, ...]
    first: bool
    last: bool


def blocks_of(document: Document, marks: Sequence[Marked]) -> tuple[BlockView, ...]:
    """All blocks in order; ``marks`` must be findings whose place is a block of this document."""
    by_block: dict[int, list[Marked]] = {}
    for mark in marks:
        if mark.finding.place is not None:
            by_block.setdefault(mark.finding.place.block, []).append(mark)
    blocks = document.blocks
    out = []
    locator = ""
    above: list[int] = []
    for number, block in enumerate(blocks):
        at = block.locator or ""
        if block.scope is Scope.HEADING:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
        out.append(
            BlockView(
                scope=block.scope.value,
                label=_LABELS.get(block.scope, ""),
                level=max(1, min(6, block.level or 2)),
                outline=len(above),
                locator=at if at != locator else "",
                pieces=pieces_of(block.text, by_block.get(number, [])),
                first=number == 0 or blocks[number - 1].scope is not block.scope,
                last=number + 1 == len(blocks) or blocks[number + 1].scope is not block.scope,
            )
        )
        locator = at
    return tuple(out)


def pieces_of(text: str, marks: Sequence[Marked]) -> tuple[Piece, ...]:
    """``text`` cut at the starts and ends of ``marks``; the pieces joined are ``text`` again."""
    starts: dict[int, list[Marked]] = {}
    ends: dict[int, list[Marked]] = {}
    for mark in marks:
        place = mark.finding.place
        if place is None:
            continue
        start, end = max(0, min(place.start, len(text))), max(0, min(place.end, len(text)))
        if start < end:
            starts.setdefault(start, []).append(mark)
            ends.setdefault(end, []).append(mark)
    cuts = sorted({0, len(text), *starts, *ends})
    covering: dict[int, Marked] = {}
    out = []
    for left, right in pairwise(cuts):
        for mark in ends.get(left, ()):
            covering.pop(mark.number)
        opens = starts.get(left, [])
        covering.update({mark.number: mark for mark in opens})
        active = list(covering.values())
        counted = [mark.finding for mark in active if mark.finding.suppressed is None]
        worst = max(counted or [mark.finding for mark in active], key=lambda f: f.severity.rank, default=None)
        out.append(
            Piece(
                text=text[left:right],
                numbers=tuple(sorted(covering)),
                severity=worst.severity.value if worst else "",
                silenced=bool(active) and not counted,
                opens=tuple(mark.number for mark in opens),
                closes=tuple(sorted(ends.get(right, ()), key=lambda mark: mark.number)),
            )
        )
    return tuple(out)
