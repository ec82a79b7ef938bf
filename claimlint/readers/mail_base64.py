"""Reads the texts of a message that are stored in base64, which no person can read at their place in the file.

Each paragraph maps as a whole to the characters that encode it, and its locator names the line of the decoded text.
"""

from __future__ import annotations

import base64
import binascii
import re
from array import array
from collections.abc import Callable

from claimlint.model import Link
from claimlint.readers.page import Page
from claimlint.spans import LineIndex

_DIGIT = re.compile(r"[A-Za-z0-9+/=]")


def read_encoded(
    page: Page, start: int, end: int, charset: str, scan: Callable[[Page, int, int], object], number: int
) -> dict[tuple[int, int], str] | None:
    """Adds what ``scan`` reads in the text that page.source[start:end] encodes; ``number`` counts such texts.

    Returns the locators of the new blocks by their place in the source; None where the text can't be decoded.
    """
    places = array("I", (match.start() for match in _DIGIT.finditer(page.source, start, end)))
    try:
        data = base64.b64decode(re.sub(r"\s+", "", page.source[start:end]), validate=True)
        text = data.decode(charset)
    except (binascii.Error, ValueError, LookupError):
        return None
    if not isinstance(text, str) or charset.lower().startswith(
        ("utf-16", "utf16", "utf-32", "utf32", "utf-7", "utf7")
    ):
        return None
    inner = Page(text)
    scan(inner, 0, len(text))
    lines = LineIndex(text)
    bytes_at = _Bytes(text, charset)

    def place(first: int, last: int) -> tuple[int, int]:
        low, high = bytes_at(first), bytes_at(last)
        return places[min(4 * (low // 3), len(places) - 1)], places[
            min(-(-high // 3) * 4, len(places)) - 1
        ] + 1

    base = len(page.records)
    locators: dict[tuple[int, int], str] = {}
    for words, scope, segments, level, lead in inner.records:
        low, high = place(segments[0][1], segments[-1][2])
        page.records.append((words, scope, ((0, low, high),), level, None if lead is None else lead + base))
        locators[low, high] = f"base64 text {number}, line {lines.position(segments[0][1])[0]}"
    page.links += [Link(link.href, *place(link.start, max(link.start + 1, link.end))) for link in inner.links]
    page.out_of_order()
    return locators


class _Bytes:
    """How many bytes come before a character; cheap where it is asked in rising order."""

    def __init__(self, text: str, charset: str) -> None:
        self._text, self._charset = text, charset
        self._at, self._bytes = 0, 0

    def __call__(self, at: int) -> int:
        if at < self._at:
            self._at, self._bytes = 0, 0
        self._bytes += len(self._text[self._at : at].encode(self._charset))
        self._at = at
        return self._bytes
