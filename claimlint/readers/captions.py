"""Reads captions (WebVTT and SubRip): what is said, put together again across the cues that it is cut into.

A sentence often runs over several cues, so cues become one block until a sentence ends; times, names of cues,
styles and tags are no copy.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document, Scope
from claimlint.readers.page import Page

EXTENSIONS = (".vtt", ".srt")

_LINE = re.compile(r"([^\r\n]*+)(\r\n|\n|\r|\Z)")
_TIMING = re.compile(r"[ \t]*+(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*+-->")
_TAG = re.compile(r"<[^<>]{0,500}+>|\{\\[^{}]{0,100}+\}")
_ENDS = re.compile(r"[.!?…][\"'”’)]?\Z")
_CUES = 12
"""Cues that become one block at most, where nobody ends a sentence."""


def read(path: str, source: str) -> Document:
    """The document that is heard. Linear, never fails."""
    page = Page(source)
    cues, before = 0, ""
    for lines in _blocks(source, page.start):
        first = source[lines[0][0] : lines[0][1]]
        if first.startswith("NOTE") and not any(_TIMING.match(source, *line) for line in lines[:2]):
            start, end = lines[0][0] + 4, lines[-1][1]
            if end > start:
                page.comments.append(Comment(lines[0][0], end, source[start:end]))
            continue
        at = next((number for number, line in enumerate(lines[:2]) if _TIMING.match(source, *line)), None)
        if at is None:  # the head, a style or a region
            continue
        for start, end in lines[at + 1 :]:
            if page.length:
                page.space(start - 1, start)
            _spoken(page, source, start, end)
            before = source[start:end].rstrip() or before
        cues += 1
        if cues == _CUES or _ENDS.search(_TAG.sub("", before[-200:]).rstrip()):
            page.flush(Scope.PARAGRAPH)
            cues = 0
    page.flush(Scope.PARAGRAPH)
    return page.finish(path, "captions")


def _blocks(source: str, start: int) -> list[list[tuple[int, int]]]:
    """The lines between blank ones, as (start, end)."""
    found: list[list[tuple[int, int]]] = []
    current: list[tuple[int, int]] = []
    for match in _LINE.finditer(source, start):
        if match[1].strip():
            current.append(match.span(1))
        elif current:
            found.append(current)
            current = []
    if current:
        found.append(current)
    return found


def _spoken(page: Page, source: str, start: int, end: int) -> None:
    """Adds a line without its tags."""
    done = start
    for tag in _TAG.finditer(source, start, end):
        page.prose(source[done : tag.start()], done)
        done = tag.end()
    page.prose(source[done:end], done)
