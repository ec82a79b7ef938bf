"""Strings of programs and data as the text that they stand for, and that text as blocks of a page.

A string may hold Markdown or HTML in escapes; so it is decoded first, read by the reader of its format as a page of
its own, and every segment of that page is then carried over to the place in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from claimlint.model import Link, Scope, Segment
from claimlint.readers.markdown import scan_markdown
from claimlint.readers.markup import Scan
from claimlint.readers.page import Page

Decoded = tuple[str, tuple[Segment, ...]]
"""A string's text, and its segments back to the source (as in ``model.Block``)."""

_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,400}+>|<!--|&(?:[a-z]{2,8}|#\d{2,5});")
_NUMBERED = re.compile(r"<(/?)(\d{1,2})(?=\s*+/?>)")
"""Tags of translations, which stand for elements by their number: ``It <1>soothes</1>.``"""
_LINED = re.compile(r"(?:^|\n)[ \t]*+(?:#{1,6} |[-*+] |\d{1,3}[.)] |> ?)|\n[ \t]*+\r?\n")
_MARKED = re.compile(r"\*\*\S|__\S|\]\((?:https?:|/|#|mailto:|tel:)")
_LARGEST = 2_000_000


class Value:
    """A string that is copy: its text, its segments to the source, and what it is on the page.

    ``first`` and ``last`` bound the records that ``show`` made of it.
    """

    __slots__ = ("decoded", "first", "key", "last", "lead", "level", "scope", "start")

    def __init__(self, start: int, key: str, decoded: Decoded, scope: Scope) -> None:
        self.start = start
        self.key = key
        self.decoded = decoded
        self.scope = scope
        self.level = 0
        self.lead: Value | None = None
        self.first = 0
        self.last = 0


class Decoder:
    """Builds a ``Decoded`` from runs of the source, white space kept."""

    __slots__ = ("_length", "parts", "segments")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self._length = 0

    def add(self, text: str, start: int, end: int) -> None:
        """Appends ``text`` for source[start:end]; empty text is left out."""
        if text and start < end:
            self.segments.append((self._length, start, end))
            self.parts.append(text)
            self._length += len(text)

    def escaped(
        self,
        source: str,
        start: int,
        end: int,
        escapes: re.Pattern[str] | None,
        unescape: Callable[[str], str],
    ) -> None:
        """Appends source[start:end] with its ``escapes`` undone."""
        done = start
        if escapes is not None:
            for match in escapes.finditer(source, start, end):
                self.add(source[done : match.start()], done, match.start())
                self.add(unescape(match.group()), match.start(), match.end())
                done = match.end()
        self.add(source[done:end], done, end)

    def done(self) -> Decoded:
        """What was built."""
        return "".join(self.parts), tuple(self.segments)


def part(decoded: Decoded, first: int, last: int) -> Decoded:
    """The text from ``first`` to ``last`` of a decoded string, with its places; costs no more than that part is long."""
    text, segments = decoded
    decoder = Decoder()
    index = max(0, bisect_right(segments, first, key=lambda segment: segment[0]) - 1)
    while index < len(segments) and segments[index][0] < last:
        at, start, end = segments[index]
        index += 1
        stop = segments[index][0] if index < len(segments) else len(text)
        low, high = max(at, first), min(stop, last)
        if end - start == stop - at:
            start, end = start + low - at, start + high - at
        decoder.add(text[low:high], start, end)
    return decoder.done()


def show(page: Page, value: Value) -> None:
    """Reads ``value`` as Markdown, HTML or plain text, whichever it is, and puts its blocks on ``page``."""
    text, segments = value.decoded
    seen = _NUMBERED.sub(_named, text) if "</" in text else text
    inner = Page(text, None if seen == text else seen)
    if (_LINED.search(text) or _MARKED.search(text)) and not re.match(
        r"\s*+<(?:p|div|h\d|ul|section)\b", text
    ):
        scan_markdown(inner, 0, len(text))
    elif _TAGS.search(seen):
        walk = Scan(inner)
        walk.scope, walk.level = value.scope, value.level
        walk.feed(0, len(text))
        walk.finish()
    else:
        inner.plain(text, 0)
        inner.flush(value.scope, value.level)
    records = inner.records
    if len(records) == 1 and records[0][1] is Scope.PARAGRAPH:
        records = [(records[0][0], value.scope, records[0][2], value.level, records[0][4])]
    if value.level:
        # Headings inside a string stand below the heading of the object that holds it.
        records = [
            (
                body,
                scope,
                places,
                min(6, level + value.level) if scope is Scope.HEADING and len(records) > 1 else level,
                lead,
            )
            for body, scope, places, level, lead in records
        ]
    base = len(page.records)
    starts = [segment[0] for segment in segments]
    for body, scope, places, level, lead in records:
        carried = tuple(_carried(body, places, segments, starts, len(text)))
        page.records.append((body, scope, carried, level, None if lead is None else lead + base))
    for link in inner.links:
        low, high = _place(link.start, max(link.start, link.end - 1), segments, starts, len(text))
        page.links.append(Link(link.href, low, high))
    value.first, value.last = base, len(page.records)


def _named(tag: re.Match[str]) -> str:
    return f"<{tag[1]}b".ljust(len(tag[0]))


def _carried(
    body: str, places: tuple[Segment, ...], segments: tuple[Segment, ...], starts: list[int], total: int
) -> list[Segment]:
    made: list[Segment] = []
    following = [at for at, _, _ in places[1:]]
    following.append(len(body))
    for (at, start, end), until in zip(places, following, strict=True):
        if end - start != until - at:
            _extend(made, (at, *_place(start, end - 1, segments, starts, total)))
            continue
        index = bisect_right(starts, start) - 1
        while index < len(segments) and segments[index][0] < end:
            text_at, low, high = segments[index]
            stop = segments[index + 1][0] if index + 1 < len(segments) else total
            left, right = max(start, text_at), min(end, stop)
            if high - low == stop - text_at:
                _extend(made, (at + left - start, low + left - text_at, low + right - text_at))
            else:
                _extend(made, (at + left - start, low, high))
            index += 1
    return made


def _extend(made: list[Segment], segment: Segment) -> None:
    # One run of the source that stands for a whole (an emoji in two escapes) may not be cut in two.
    if made and segment[1] < made[-1][2]:
        made[-1] = (made[-1][0], made[-1][1], max(made[-1][2], segment[2]))
        return
    made.append(segment)


def _place(
    first: int, last: int, segments: tuple[Segment, ...], starts: list[int], total: int
) -> tuple[int, int]:
    """Source offsets of the decoded characters from ``first`` to ``last``, both included."""
    index = max(0, bisect_right(starts, first) - 1)
    at, low, high = segments[index]
    stop = segments[index + 1][0] if index + 1 < len(segments) else total
    begin = low + first - at if high - low == stop - at else low
    index = max(0, bisect_right(starts, last) - 1)
    at, low, high = segments[index]
    stop = segments[index + 1][0] if index + 1 < len(segments) else total
    return begin, low + last - at + 1 if high - low == stop - at else high
