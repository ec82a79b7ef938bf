"""The parts of MDX that are code: expressions in braces, comments within them, and what its modules export.

They are found before the Markdown is read, in one pass, and masked, so that all else is plain Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from claimlint.model import Block, Comment, Document, replace
from claimlint.readers.holes import WORD, Hole

_MARKS = re.compile(
    r"(?:^|(?<=\n))[ \t]{0,3}(`{3,}|~{3,})[^\n`]*+|(`++)|\\[{}]|/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+\*/|([{}])"
)
_COMMENT = re.compile(r"\{\s*+/\*((?:[^*]++|\*(?!/))*+)\*/\s*+\}")
_STRING = re.compile(r"""\{\s*+(?:"([^"\\{}\n]*+)"|'([^'\\{}\n]*+)'|`([^`\\{}$]*+)`)\s*+\}""")
_ATTRIBUTE = re.compile(r"([\w:-]{1,60})=\Z")
_SPAN = 2_000


def mdx_holes(source: str, start: int) -> tuple[list[Hole], list[Comment]]:
    """The outermost balanced braces in source[start:] outside code, as holes in order; comments besides.

    ``{"a string"}`` is copy: only its braces and quotes are masked. A brace without a partner is a character.
    """
    pairs = _outermost(source, start)
    holes: list[Hole] = []
    comments: list[Comment] = []
    for begin, end in pairs:
        comment = _COMMENT.match(source, begin, end)
        if comment is not None and comment.end() == end:
            comments.append(Comment(begin, end, comment.group(1)))
            holes.append((begin, end, ""))
            continue
        string = _STRING.match(source, begin, end)
        if string is not None and string.end() == end:
            group = string.lastindex or 1
            if source[begin - 1 : begin] == "=":
                # An attribute: the quotes stay, so that its value is read as any other.
                holes.append((begin, string.start(group) - 1, " "))
                holes.append((string.end(group) + 1, end, " "))
                continue
            holes.append((begin, string.start(group), ""))
            holes.append((string.end(group), end, ""))
            continue
        holes.append((begin, end, WORD))
    return holes, comments


def _outermost(source: str, start: int) -> list[tuple[int, int]]:
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    at = start
    match = _MARKS.search(source, at)
    while match is not None:
        at = match.end()
        fence, ticks, brace = match.groups()
        if fence is not None and not opened:
            close = re.compile(r"\n[ \t]{0,3}" + fence[0] + "{" + str(len(fence)) + r",}[ \t]*+(?=\r?\n|\Z)")
            found = close.search(source, at)
            at = found.end() if found is not None else len(source)
        elif ticks is not None and not opened:
            at = _after_code(source, at, ticks)
        elif brace == "{":
            opened.append(match.start())
        elif brace == "}" and opened:
            begin = opened.pop()
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, at))
        match = _MARKS.search(source, at)
    return pairs


def _after_code(source: str, at: int, ticks: str) -> int:
    """Where the code span that was opened before ``at`` ends; ``at`` itself where it is not closed nearby."""
    blank = source.find("\n\n", at, at + _SPAN)
    limit = blank if blank >= 0 else at + _SPAN
    close = re.compile("(?<!`)" + ticks + "(?!`)") if len(ticks) < 20 else None
    found = close.search(source, at, limit) if close is not None else None
    return at if found is None else found.end()


def with_code(document: Document, modules: Sequence[tuple[int, int]], holes: Sequence[Hole]) -> Document:
    """The document with the copy in its code, each block where it stands.

    ``modules`` are its import and export lines (``export const faqs = [...]``), ``holes`` those of ``mdx_holes``:
    what an expression chooses between, or hands to a component, is copy too.
    """
    ends = [end for _, end in modules]
    starts = [start for start, _ in modules]
    expressions = [
        (start, end)
        for start, end, text in holes
        if text == WORD and bisect_right(starts, start) == bisect_right(ends, start)  # in no module
    ]
    if not modules and not expressions:
        return document
    from claimlint.readers.copy_js import scan_js
    from claimlint.readers.copy_plan import Plan

    plan = Plan(document.source, self_closing=True)
    for start, end in modules:
        scan_js(plan, start, end, True)
    for start, end in expressions:
        attribute = _ATTRIBUTE.search(document.source, max(0, start - 61), start)
        scan_js(plan, start + 1, end - 1, True, key=attribute.group(1) if attribute else "")
    made = plan.document(document.path, document.format)
    if not made.blocks:
        return document
    waiting = list(enumerate(made.blocks))
    order: list[tuple[int, int, Block]] = []  # whose block it is, its number there, the block
    for number, block in enumerate(document.blocks):
        while waiting and waiting[0][1].segments[0][1] < block.segments[0][1]:
            order.append((1, *waiting.pop(0)))
        order.append((0, number, block))
    order += [(1, number, block) for number, block in waiting]
    places = {(whose, number): at for at, (whose, number, _) in enumerate(order)}
    blocks = tuple(
        replace(
            block,
            heading=None if block.heading is None else places[whose, block.heading],
            lead_in=None if block.lead_in is None else places[whose, block.lead_in],
        )
        for whose, _, block in order
    )
    return replace(document, blocks=blocks, unread=document.unread + made.unread)
