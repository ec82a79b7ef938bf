"""Where on the page the characters of a PDF's text stand, for the report that marks them there.

Kept apart from the reader because a check needs no boxes. Characters are matched one by one with the text that the
reader made of the same page, so that a place is carried over and never searched for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from claimlint.readers.pdf import GAP, page_text

_PASSED = frozenset("-\x00\x02\xad\ufffe")
"""Hyphens, which the reader writes or drops at a line's end, stand for no place of their own."""


class Box(NamedTuple):
    """A rectangle on a page (counted from 0), in points, from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def boxes_of(data: bytes, spans: Sequence[tuple[int, int]]) -> list[tuple[int, list[Box]]]:
    """For each half-open span of the document's text: its page, and a box for each line that it covers.

    ``data`` are the bytes that ``claimlint.readers.pdf`` read. A page whose characters don't match the text that was
    made of it gives no boxes.
    """
    import pypdfium2

    found: list[tuple[int, list[Box]]] = [(0, []) for _ in spans]
    file = pypdfium2.PdfDocument(data)
    try:
        at = 0
        for number in range(len(file)):
            words, shows = page_text(file, number)
            size = len(words or (f"[page {number + 1}: no text]" if shows else ""))
            here = [n for n, (start, _) in enumerate(spans) if at <= start < at + size]
            places = _places(file[number], words) if here and words else None
            for n in here:
                start, end = spans[n][0] - at, spans[n][1] - at
                boxes = places[start:end] if places else []
                found[n] = (number, list(_lines([box for box in boxes if box], number)))
            at += size + len(GAP)
    finally:
        file.close()
    return found


def _places(page: Any, words: str) -> list[tuple[float, float, float, float] | None] | None:
    """The box of each character of ``words``, None for white space; None as a whole where the page reads otherwise."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    chars = []
    for number in range(layer.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(layer, number))
        if not char.isspace() and char not in _PASSED:
            chars.append((char, number))
    wanted = [at for at, char in enumerate(words) if not char.isspace() and char not in _PASSED]
    text = "".join(words[at] for at in wanted)
    if "".join(char for char, _ in chars) != text:
        left, bottom, right, top = page.get_bbox()
        inside = []
        for char, number in chars:
            box = layer.get_charbox(number)
            if box[0] < right and box[2] > left and box[1] < top and box[3] > bottom:
                inside.append((char, number))
        chars = inside
        if "".join(char for char, _ in chars) != text:
            return None
    places: list[tuple[float, float, float, float] | None] = [None] * len(words)
    for at, (_, number) in zip(wanted, chars, strict=True):
        places[at] = layer.get_charbox(number, loose=True)
    return places


def _lines(boxes: list[tuple[float, float, float, float]], page: int) -> Iterator[Box]:
    """Boxes of characters joined as far as they stand on one line."""
    line: Box | None = None
    for left, bottom, right, top in boxes:
        if line and min(line.top, top) - max(line.bottom, bottom) > 0.5 * min(
            line.top - line.bottom, top - bottom
        ):
            line = Box(
                page,
                min(line.left, left),
                min(line.bottom, bottom),
                max(line.right, right),
                max(line.top, top),
            )
        else:
            if line:
                yield line
            line = Box(page, left, bottom, right, top)
    if line:
        yield line
