"""The only place that converts positions: block text to source offsets, offsets to line and column.

Readers build segments while they parse, everything later works in block text, and reporters ask
here; nothing is ever searched for again in the source.
"""

from __future__ import annotations

from bisect import bisect_right

from claimlint.model import Block, Segment


class SegmentBuilder:
    """Collects a block's text and its segments while a reader walks the source."""

    __slots__ = ("_length", "_parts", "_segments")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, source_at: int, source_end: int) -> None:
        """Appends ``text``, which stands for source[source_at:source_end].

        A verbatim run has equal lengths; any other maps as a whole. Empty text is ignored.
        """
        if not text:
            return
        segments = self._segments
        if segments:
            text_at, start, end = segments[-1]
            verbatim = end - start == self._length - text_at
            if verbatim and end == source_at and source_end - source_at == len(text):
                segments[-1] = (text_at, start, source_end)
                self._parts.append(text)
                self._length += len(text)
                return
        segments.append((self._length, source_at, source_end))
        self._parts.append(text)
        self._length += len(text)

    def build(self) -> tuple[str, tuple[Segment, ...]]:
        """The text and its segments, white space at either end trimmed."""
        text = "".join(self._parts)
        lead = len(text) - len(text.lstrip())
        stop = len(text.rstrip())
        if lead == 0 and stop == len(text):
            return text, tuple(self._segments)
        return text[lead:stop], _cut(self._segments, lead, stop, len(text))


def _cut(segments: list[Segment], lead: int, stop: int, total: int) -> tuple[Segment, ...]:
    kept: list[Segment] = []
    for index, (text_at, start, end) in enumerate(segments):
        text_end = segments[index + 1][0] if index + 1 < len(segments) else total
        if text_end <= lead or text_at >= stop:
            continue
        at = max(text_at, lead) - lead
        if end - start == text_end - text_at:
            kept.append((at, start + max(0, lead - text_at), end - max(0, text_end - stop)))
        else:
            kept.append((at, start, end))
    return tuple(kept)


def to_source(block: Block, start: int, end: int) -> tuple[int, int]:
    """Source offsets (half open) of block.text[start:end]; ``start < end`` is required.

    A position inside a run that maps as a whole widens to that run.
    """
    segments = block.segments
    first = bisect_right(segments, (start, 1 << 62, 0)) - 1
    text_at, source_at, source_end = segments[first]
    low = source_at
    if source_end - source_at == _length(block, first):
        low += start - text_at
    last = bisect_right(segments, (end - 1, 1 << 62, 0)) - 1
    text_at, source_at, source_end = segments[last]
    high = source_end
    if source_end - source_at == _length(block, last):
        high = source_at + end - text_at
    return low, high


def _length(block: Block, index: int) -> int:
    segments = block.segments
    stop = segments[index + 1][0] if index + 1 < len(segments) else len(block.text)
    return stop - segments[index][0]


class LineIndex:
    """Line and column (1-based, code points) of offsets into one text.

    Lines end at LF, CRLF or a lone CR; the line end belongs to the line that it ends.
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        starts = [0]
        if "\r" not in text:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        else:
            for at, char in enumerate(text):
                if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
                    starts.append(at + 1)
        self._starts = starts

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column) of ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int, text: str) -> tuple[int, int]:
        """Offsets of the 1-based ``line`` without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return start, end
