"""The source of a document line by line, with the findings marked: the HTML report's other view.

Editors mend the file, not the page, so they need its line numbers; the cuts are those of the page view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimlint.model import Document, Place
from claimlint.reporters.page import Marked, Piece, pieces_of

LARGEST = 400_000
"""Code points of a source that is shown; a longer one is left to an editor."""
_TAB = "    "
_END = re.compile(r"\r\n?|\n")

Line = tuple[Piece, ...]


def lines_of(document: Document, marks: Sequence[Marked]) -> tuple[Line, ...]:
    """The lines of ``document.source`` in order, empty for a source over ``LARGEST``; tabs are four spaces."""
    source = document.source
    if len(source) > LARGEST:
        return ()
    placed = [
        Marked(mark.number, mark.finding._replace(place=Place(0, mark.finding.start, mark.finding.end)))
        for mark in marks
        if mark.finding.start is not None and mark.finding.end is not None
    ]
    lines: list[Line] = []
    pieces = pieces_of(source, placed)
    number, at = 0, 0  # the current piece, and where it starts
    opens: tuple[int, ...] = pieces[0].opens if pieces else ()
    for start, end in _spans(source):
        line: list[Piece] = []
        while number < len(pieces):
            piece = pieces[number]
            stop = at + len(piece.text)
            low, high = max(start, at), min(end, stop)
            if low < high:
                text = source[low:high].replace("\t", _TAB)
                line.append(replace(piece, text=text, opens=opens, closes=()))
                opens = ()
            if stop > end:
                break
            if line and piece.closes:
                line[-1] = replace(line[-1], closes=line[-1].closes + piece.closes)
            number, at = number + 1, stop
            opens += pieces[number].opens if number < len(pieces) else ()
        lines.append(tuple(line))
    return tuple(lines)


def _spans(source: str) -> Iterator[tuple[int, int]]:
    """Each line without its end; no empty line stands for the end of the last one."""
    start = 0
    for match in _END.finditer(source):
        yield start, match.start()
        start = match.end()
    if start < len(source):
        yield start, len(source)
