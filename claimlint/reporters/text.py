"""The report for a terminal: one line a finding, the source line, and a caret under the words.

The first line of each finding is what editors and scripts parse; everything from the material under
review is escaped before it reaches a terminal.
"""

from __future__ import annotations

import unicodedata

from claimlint.model import Checked, Finding, Run
from claimlint.reporters.view import (
    Spot,
    detail_of,
    encodable,
    listed,
    locator,
    name_of,
    reasons_in_words,
    spelt,
    spots,
    summary_line,
    tally,
    visible,
)
from claimlint.spans import LineIndex

USES_COLOR = True

TAB = 4
BEFORE = 36  # cells of the source line kept before the words, when it is too long to print whole
WIDTH = 92  # cells of the source line printed at most
LAWS = 3  # provisions named for a finding; JSON, HTML and SARIF carry all
_STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "path": "1", "faint": "2", "alarm": "1;31"}
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"


def render(run: Run, *, color: bool = False) -> str:
    """Findings grouped by file, then what could not be checked, then one line of counts."""
    parts: list[str] = []
    for checked in run.checked:
        findings = listed(run, checked)
        if findings:
            parts.append(_document(checked, findings, color))
    if run.failures:
        lines = [
            f"{_paint('COULD NOT CHECK', 'alarm', color)} {visible(failure.path)}: {visible(failure.reason)}"
            for failure in run.failures
        ]
        parts.append("\n".join(lines) + "\n")
    parts.append(summary_line(tally(run)) + "\n")
    return encodable("\n".join(parts))


def _document(checked: Checked, findings: list[Finding], color: bool) -> str:
    index = LineIndex(checked.document.source)
    out: list[str] = []
    for finding, spot in spots(checked.document, findings):
        at = locator(checked.document, finding)
        line, column = (spot.line, spot.column) if spot else (1, 1)
        where = _linked(f"{visible(finding.path)}:{line}:{column}", finding.path, color)
        silenced = "" if finding.suppressed is None else f" [suppressed: {visible(finding.suppressed)}]"
        out.append(
            f"{_paint(where, 'path', color)} {_paint(finding.severity.value, finding.severity.value, color)} "
            f"{visible(finding.rule)} {visible(finding.message)}{silenced}"
        )
        if spot:
            out += _excerpt(checked.document.source, index, finding, spot, color)
        elif finding.quote:
            out.append(f"    “{visible(finding.quote)}”")
        out += _notes(finding, at, color)
    return "\n".join(out) + "\n"


def _linked(text: str, path: str, terminal: bool) -> str:
    """``text`` as a link to the file, for terminals that know such links; others show the text alone."""
    if not terminal or path == "-":
        return text
    from pathlib import Path
    from urllib.parse import quote

    address = "file://" + quote(Path(path).absolute().as_posix(), errors="surrogateescape")
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def _notes(finding: Finding, at: str | None, color: bool) -> list[str]:
    notes = []
    if at:
        notes.append(("at", at))
    why = reasons_in_words(finding)
    if why:
        notes.append(("because", why))
    for record in finding.evidence[:2]:
        detail = detail_of(record)
        # The message says it already where the evidence decided.
        told = "" if detail in finding.message else detail
        said = ": ".join(part for part in (name_of(record), told) if part)
        if said:
            notes.append(("evidence", f"{record['tier']}, {said}" if record.get("tier") else said))
    if finding.provisions:
        names = [name_of(record) for record in finding.provisions if name_of(record)]
        more = f"; and {len(names) - LAWS} more" if len(names) > LAWS else ""
        notes.append(("law", "; ".join(names[:LAWS]) + more))
    if finding.suggest:
        notes.append(("try", finding.suggest[0]))
    return [f"    {_paint(label + ':', 'faint', color)} {visible(text)}" for label, text in notes]


def _excerpt(source: str, index: LineIndex, finding: Finding, spot: Spot, color: bool) -> list[str]:
    """The source line (a window of it, when long) and the caret line below it."""
    if finding.start is None or finding.end is None:
        return []
    line_start, line_end = index.line_span(spot.line, source)
    start = max(line_start, min(finding.start, line_end))
    end = max(start, min(finding.end, line_end))
    shown, before, under = window(source, line_start, line_end, start, end)
    gutter = str(spot.line)
    caret = "^" * max(1, under) + ("…" if finding.end > line_end and spot.end_line > spot.line else "")
    painted = _paint(caret, finding.severity.value, color)
    return [
        f"  {_paint(gutter + ' |', 'faint', color)} {shown}",
        f"  {' ' * len(gutter)} {_paint('|', 'faint', color)} {' ' * before}{painted}",
    ]


def window(source: str, line_start: int, line_end: int, start: int, end: int) -> tuple[str, int, int]:
    """(text, cells before the words, cells of the words) of source[line_start:line_end].

    Looks only at what it prints, so that a file of one enormous line costs no more than any other.
    """
    left = max(line_start, start - WIDTH)
    cells = _cells(source[left : min(line_end, start + WIDTH)])
    at = start - left
    before = sum(width for _, width in cells[:at])
    first = 0
    if left > line_start or before + sum(width for _, width in cells[at:]) > WIDTH:
        while first < at and before > BEFORE:
            before -= cells[first][1]
            first += 1
        # A mark that joins the character before it can't open the window.
        while first < at and cells[first][1] == 0:
            first += 1
    lead = "…" if left > line_start or first else ""
    text, used, under = [lead], len(lead), 0
    last = first
    for last in range(first, len(cells)):
        shown, width = cells[last]
        if used + width > WIDTH:
            break
        text.append(shown)
        used += width
        if at <= last < at + end - start:
            under += width
    else:
        last = len(cells)
    if left + last < line_end:
        text.append("…")
    return "".join(text), before + len(lead), under


def _cells(text: str) -> list[tuple[str, int]]:
    """Each character as printed and the terminal cells that it takes; tabs reach the next stop."""
    if text.isascii() and text.isprintable():
        return [(char, 1) for char in text]
    out: list[tuple[str, int]] = []
    column = 0
    previous = ""
    for char in text:
        if char == "\t":
            width = TAB - column % TAB
            shown = " " * width
        else:
            shown = char if char == _JOINER else spelt(char)
            width = len(shown) if shown != char else _width(char, previous)
            if char == _EMOJI_STYLE and out and out[-1][1] == 1 and unicodedata.category(previous) == "So":
                width = 1
        out.append((shown, width))
        column += width
        previous = char
    return out


def _width(char: str, previous: str) -> int:
    if char < "\u0300":
        return 1
    code = ord(char)
    if previous == _JOINER or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if 0x1160 <= code <= 0x11FF or 0x1F3FB <= code <= 0x1F3FF:  # Hangul vowels and finals; skin tones
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _paint(text: str, style: str, color: bool) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color else text
