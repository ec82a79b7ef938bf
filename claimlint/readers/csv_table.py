"""Reads CSV and TSV exports, such as those of advertisements: each cell of prose is copy.

The first line names the columns; columns of addresses, ids and figures fall out by their names or because
their cells are no prose.
"""

from __future__ import annotations

import re

from claimlint.model import Document, Scope, Unread
from claimlint.readers.copy_policy import key_says
from claimlint.readers.page import Page

EXTENSIONS = (".csv", ".tsv")

_FIELD = {
    mark: re.compile(
        rf'(?:"((?:[^"]++|"")*+)(?:"[^{mark}\r\n]*+|\Z)|([^{mark}\r\n]*+))({mark}|\r\n|\n|\r|\Z)'
    )
    for mark in (",", ";", "\t")
}
# Two words side by side; each is looked through once, wherever the search began, so that the cost stays linear.
_PROSE = re.compile(r"(?<!\S)(?>\S*?[^\W\d_]{2})\S*+\s++(?>\S*?[^\W\d_]{2})")
_OWN = frozenset({"rule", "fingerprint", "severity"})

_MOST = 500_000
"""Characters that are read: a longer table is a data set, and says so where reading stops."""

Cell = tuple[int, int, bool]
"""Start and end of a cell's content, and whether it stood in quotes."""


def read(path: str, source: str) -> Document:
    """The document of the cells that are copy. Linear, never fails."""
    page = Page(source)
    rows, stop = _rows(source, page.start)
    names = [source[start:end].strip().lower() for start, end, _ in rows[0]] if rows else []
    if set(names) >= _OWN:  # a report of claimlint's own, which quotes what it found
        return page.finish(path, "csv")
    headed = not any(name.endswith((".", "!", "?")) for name in names)
    for row in rows[headed:]:
        for number, (start, end, quoted) in enumerate(row):
            name = names[number] if headed and number < len(names) else ""
            if not _PROSE.search(source, start, end) or (name and key_says(name) is False):
                continue
            _cell(page, source, start, end, quoted)
            page.flush(
                Scope.HEADING if "headline" in name else Scope.PARAGRAPH, 2 if "headline" in name else 0
            )
    if stop < len(source):
        reason = f"a table is read up to {_MOST:,} characters; split it if the rest is copy"
        page.unread.append(Unread(stop, len(source), reason))
    return page.finish(path, "csv")


def _rows(source: str, start: int) -> tuple[list[list[Cell]], int]:
    """The rows with their cells, and where reading stopped."""
    head = source[start : start + 5000].split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=lambda sign: (head.count(sign), sign == ","))
    rows: list[list[Cell]] = [[]]
    at = start
    while at < len(source) and (at < _MOST or rows[-1]):
        match = _FIELD[mark].match(source, at)
        if match is None:  # cannot happen: the second alternative takes anything up to a sign that ends it
            break
        inner = 1 if match[1] is not None else 2
        rows[-1].append((match.start(inner), match.end(inner), inner == 1))
        if match[3] != mark:
            rows.append([])
        at = match.end() if match.end() > at else at + 1
    return [row for row in rows if row], at


def _cell(page: Page, source: str, start: int, end: int, quoted: bool) -> None:
    done = start
    while quoted and (at := source.find('""', done, end)) >= 0:
        page.plain(source[done:at], done)
        page.put('"', at, at + 2)
        done = at + 2
    page.plain(source[done:end], done)
