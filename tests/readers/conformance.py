"""What every reader promises of a Document, as checks that the tests of all formats share.

Order rule: blocks stand in the order in which their text starts in the source, whatever their scope;
an attribute's block therefore follows the start of the block that it stands in.
"""

from __future__ import annotations

import re
from random import Random

from claimlint.model import Block, Document
from claimlint.spans import to_source

_WHITE = re.compile(r"[ \t\n\r\f\v]+")


def check_document(document: Document) -> None:
    """Raises AssertionError where ``document`` breaks a promise that readers make."""
    source = document.source
    starts = [block.segments[0][1] for block in document.blocks]
    assert starts == sorted(starts), "blocks are out of order"
    for index, block in enumerate(document.blocks):
        check_block(source, block)
        assert block.heading is None or block.heading < index
        # A list that code holds apart from its heading may stand above what introduces it.
        assert block.lead_in is None or (block.lead_in != index and block.lead_in < len(document.blocks))
    for comment in document.comments:
        assert 0 <= comment.start < comment.end <= len(source)
        assert comment.text in source[comment.start : comment.end]
    for link in document.links:
        assert 0 <= link.start <= link.end <= len(source)
    for part in document.unread:
        assert 0 <= part.start < part.end <= len(source)
        assert part.reason
    assert all(key == key.lower() for key in document.meta)


def check_block(source: str, block: Block) -> None:
    """Text trimmed and single-spaced; segments monotone, within the source, covering; verbatim runs exact."""
    text = block.text
    assert text
    assert text == text.strip()
    assert not re.search(r"[\t\n\r\f\v]|  ", text), repr(text)
    assert block.segments[0][0] == 0
    ends = [at for at, _, _ in block.segments[1:]] + [len(text)]
    before = 0
    for (at, start, end), until in zip(block.segments, ends, strict=True):
        assert at < until, "a segment without text"
        assert before <= start < end <= len(source), (before, start, end, block)
        before = end
        if end - start == until - at:
            assert _spaced(source[start:end]) == text[at:until], (source[start:end], text[at:until])
    chance = Random(len(text))
    for _ in range(4):
        check_quote(source, block, *sorted((chance.randrange(len(text)), chance.randrange(len(text)))))


def check_quote(source: str, block: Block, start: int, end: int) -> None:
    """source[a:b] of a quote holds the quote's characters in order, and starts and ends with its own."""
    quote = block.text[start : end + 1]
    low, high = to_source(block, start, end + 1)
    assert 0 <= low < high <= len(source)
    place = low
    for at, first, last in block.segments:
        stop = at + last - first
        if at < start or stop > end + 1 or stop > len(block.text):
            continue
        verbatim = block.text[at:stop]
        if _spaced(source[first:last]) == verbatim:
            assert place <= first
            place = last
            assert low <= first
            assert last <= high
    if (
        block.locator is None and quote[0].isalnum() and source[low] not in "&{<\\="
    ):  # signs with which an escape or a hole starts
        assert source[low] == quote[0]


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\n\r\f\v]", " ", text)


def words(text: str) -> list[str]:
    """The words of ``text``, for comparing readers with parsers that place white space otherwise."""
    return re.findall(r"\w+", text)


def squeezed(text: str) -> str:
    """``text`` without any white space."""
    return _WHITE.sub("", text)
