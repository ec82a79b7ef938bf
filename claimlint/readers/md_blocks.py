"""The containers of Markdown (quotations and list items) and the code fences within them.

A line belongs to a container as long as it repeats the container's prefix; prefixes in mid-paragraph
are turned into spaces, so that a paragraph is one stretch of text again and keeps its places.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimlint.readers.html_tokens import TAG
from claimlint.readers.md_lines import QUOTE

EOL = re.compile(r"[^\r\n]*+(\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*+(?=\r|\n|\Z)")
DEEPEST = 32
"""How many containers are told apart; deeper ones are read as text."""


class Container(NamedTuple):
    """An open quotation or list item; ``width`` is the indentation that its lines need."""

    quote: bool
    width: int
    lead: int | None
    since: int = 0


class Fence:
    """An open code fence, the depth that it stands at and its lines so far."""

    __slots__ = ("depth", "lines", "mark")

    def __init__(self, mark: str, depth: int) -> None:
        self.mark, self.depth = mark, depth
        self.lines: list[tuple[int, int]] = []


def matched(containers: list[Container], view: str, start: int, end: int) -> tuple[int, int]:
    """(at, depth): how far the line's prefixes reach, and how many containers it belongs to."""
    at = start
    for depth, container in enumerate(containers):
        if container.quote:
            quote = QUOTE.match(view, at, end)
            if quote is None:
                return at, depth
            at = quote.end()
            continue
        place, wide = at, 0
        while place < end and wide < container.width and view[place] in " \t":
            wide += 4 - wide % 4 if view[place] == "\t" else 1
            place += 1
        if wide < container.width and place < end:
            return at, depth
        at = place
    return at, len(containers)


def masked(view: str, pieces: list[tuple[int, int]]) -> str:
    """The text from the first piece's start to the last one's end, with what stands between made space."""
    if len(pieces) == 1:
        return view[pieces[0][0] : pieces[0][1]]
    whole = view[pieces[0][0] : pieces[-1][1]]
    if ">" not in whole:
        return whole
    parts: list[str] = []
    done = pieces[0][0]
    for start, end in pieces:
        gap = view[done:start]
        parts.append(gap if not gap or gap.isspace() else gap[:1] + " " * (len(gap) - 1))
        parts.append(view[start:end])
        done = end
    return "".join(parts)


def line_ends(view: str, start: int) -> list[tuple[int, int]]:
    """(end, start of the next) of every line of ``view`` from ``start``."""
    if "\r" in view:
        return [(match.start(1), match.end()) for match in EOL.finditer(view, start)]
    found: list[tuple[int, int]] = []
    at = start
    for line in view[start:].split("\n"):
        end = at + len(line)
        found.append((end, end + 1))
        at = end + 1
    return found


def html_end(view: str, closing: str, at: int, end: int) -> int:
    """Where an HTML block ends that starts on the line view[at:end]: at ``closing``, or at a blank line."""
    if not closing:
        blank = _BLANK.search(view, end)
        return len(view) if blank is None else blank.start()
    found = re.compile(re.escape(closing), re.I).search(view, at)
    if found is None:
        return len(view)
    line = EOL.match(view, found.end())
    return len(view) if line is None else line.start(1)


def lone_tag_end(view: str, at: int) -> int | None:
    """Where the tag ends that stands alone on its lines from ``at``: None where none does, -1 for no end."""
    place = at
    while view[place] in " \t":
        place += 1
    tag = TAG.match(view, place)
    if tag is None:
        return None
    if view[tag.end() - 1] != ">":
        return -1
    after = EOL.match(view, tag.end())
    return None if after is None or after.group().strip() else after.start(1)
