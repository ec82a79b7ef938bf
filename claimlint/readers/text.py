"""Reads plain text: paragraphs, headings and bullets as people type them without any markup.

Plain text says nothing about itself, so this module guesses the way a reader's eye does: by blank lines, line
lengths, bullets and indentation; every block is one unbroken stretch of the source.
"""

from __future__ import annotations

import re

from claimlint.model import Document, Link, Scope
from claimlint.readers.page import Page

EXTENSIONS = (".txt", ".text")

_LINE = re.compile(r"[^\r\n]*+(\r\n|\n|\r|\Z)")
_BULLET = re.compile(r"[ \t]*+(?:[•◦▪▫‣⁃●○■□·✓✔✅➤►–—*+-]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t\u00a0]++(?=\S)")
_SIGN = re.compile(r"[ \t]*+[•◦▪‣⁃●○✓✔✅➤►](?=\S)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'()\[\]{}]{2,500}+")
_ENDS = (".", "!", "?", ":", ";", ",", "…", ".”", ".\"", ".)", "?”", "!”")  # fmt: skip
_SENTENCE_ENDS = (".", "!", "?", ":", "…", ".”", '."', ".)", "?”", "!”", ".’")
_UNWRAPPED = 120
_LONG = 60
_HEADING = 100

Line = tuple[int, int]
"""Start and end of a line's visible part: indentation counts, white space at the end does not."""
Stretch = tuple[bool, int, int, int]
"""(bullet, start, end, first line's end): a block to be; ``start`` is behind the bullet sign."""


def read(path: str, source: str) -> Document:
    """The document that a reader sees in plain text. Linear, never fails."""
    page = Page(source)
    paragraphs = _paragraphs(source, page.start)
    lead: int | None = None
    indent = -1
    for number, lines in enumerate(paragraphs):
        stretches = _stretches(source, lines)
        for place, stretch in enumerate(stretches):
            bullet, start, end, first_end = stretch
            if bullet:
                if indent < 0:
                    lead = _introduction(page)
                indent = start - _line_start(source, start)
                page.plain(source[start:end], start)
                page.flush(Scope.LIST_ITEM, 0, lead)
                continue
            if indent > 0 and place == 0 and _indent(source, start) >= max(2, indent - 2):
                page.plain(source[start:end], start)
                page.flush(Scope.LIST_ITEM, 0, lead)
                continue
            indent = -1
            following = stretches[place + 1] if place + 1 < len(stretches) else None
            last = following is None and number + 1 == len(paragraphs)
            page.plain(source[start:end], start)
            if end == first_end and not last and _is_heading(source[start:end].strip(), following):
                page.flush(Scope.HEADING, 2 if page.records else 1)
            else:
                page.flush(Scope.PARAGRAPH)
    if ":" in source:
        page.links.extend(
            Link(
                match.group().rstrip(".,;:!?"),
                match.start(),
                match.start() + len(match.group().rstrip(".,;:!?")),
            )
            for match in _ADDRESS.finditer(source)
        )
    return page.finish(path, "text")


def _paragraphs(source: str, start: int) -> list[list[Line]]:
    """Runs of lines between blank ones."""
    found: list[list[Line]] = []
    current: list[Line] = []
    at = start
    if "\r" in source:
        pieces = [
            (match.start(), source[match.start() : match.start(1)]) for match in _LINE.finditer(source, start)
        ]
    else:
        pieces = []
        for line in source[start:].split("\n"):
            pieces.append((at, line))
            at += len(line) + 1
    for begin, line in pieces:
        length = len(line.rstrip())
        if length:
            current.append((begin, begin + length))
        elif current:
            found.append(current)
            current = []
    if current:
        found.append(current)
    return found


def _stretches(source: str, lines: list[Line]) -> list[Stretch]:
    """Joins the wrapped lines of a paragraph and cuts it where a new block starts."""
    found: list[Stretch] = []
    if len(lines) == 1 and source[lines[0][0]].isalpha() and not source.startswith(")", lines[0][0] + 1):
        start, end = lines[0]
        return [(False, start, end, end)]
    width = max([end - start for start, end in lines])
    before: Line | None = None
    for start, end in lines:
        sign = None
        if not source[start].isalpha() or source.startswith(")", start + 1):
            sign = _BULLET.match(source, start, end) or _SIGN.match(source, start, end)
        if sign is not None and _starts_item(source, before, found, sign.group()):
            found.append((True, sign.end(), end, end))
        elif before is not None and _joins(source, before, (start, end), width, found[-1][0]):
            bullet, begin, _, first_end = found[-1]
            found[-1] = (bullet, begin, end, first_end)
        else:
            found.append((False, start, end, end))
        before = (start, end)
    return found


def _starts_item(source: str, before: Line | None, found: list[Stretch], sign: str) -> bool:
    """A number or dash that only happens to start a wrapped line is no bullet."""
    if before is None or found[-1][0] or sign.strip()[0] in "•◦▪▫‣⁃●○■□✓✔✅➤►":
        return True
    return before[1] - before[0] < _LONG or source[before[1] - 1] in ".!?:;"


def _joins(source: str, before: Line, line: Line, width: int, bullet: bool) -> bool:
    """Whether ``line`` goes on where the line ``before`` was wrapped."""
    first = source[line[0] : line[0] + 60].lstrip()
    length = before[1] - before[0]
    if first[:1].islower() and (length >= _LONG or not _is_anchor(source[line[0] : line[1]])):
        return True
    if bullet and source[line[0]] in " \t":
        return True
    if max(length, line[1] - line[0]) > _UNWRAPPED or length < _LONG:
        return False
    word = first.split(None, 1)[0]
    return length + 1 + len(word) > width or not source[before[0] : before[1]].endswith(_SENTENCE_ENDS)


def _is_heading(line: str, following: Stretch | None) -> bool:
    if len(line) >= _HEADING or line[:1].islower() or _is_anchor(line):
        return False
    if line.endswith("?"):
        return following is None and not any(mark in line[:-1] for mark in ".!?")
    if line.endswith(_ENDS) or not any(char.isalpha() for char in line[:_HEADING]):
        return False
    return following is None or following[0] or following[2] - following[1] > _HEADING


def _is_anchor(line: str) -> bool:
    """A heading's address that was copied along with the text of a page ("our-approach")."""
    line = line.strip()
    return " " not in line and line.islower() and len(line) < _HEADING and line[-1].isalnum()


def _indent(source: str, start: int) -> int:
    at = start
    while source[at] in " \t":
        at += 1
    return at - start


def _line_start(source: str, at: int) -> int:
    """Where the bullet's line starts; its sign is short, so the search is too."""
    while at > 0 and source[at - 1] not in "\r\n" and at:
        at -= 1
    return at


def _introduction(page: Page) -> int | None:
    """The paragraph or heading before a list, copied addresses of headings left aside."""
    last = page.last
    if last is not None and last > 0 and _is_anchor(page.records[last][0]):
        return last - 1
    return last
