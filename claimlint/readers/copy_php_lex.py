"""Cuts PHP into markup and code, and code into tokens, in linear time and whatever is broken in it.

A page in PHP is markup with holes; what stands in the holes may hold copy in its strings. Knowing strings and comments
is what tells a real ``?>`` from one that is quoted.
"""

from __future__ import annotations

import re

Token = tuple[str, int, int]
"""(kind, start, end): ``c`` comment, ``s`` string with its quotes, ``h`` heredoc, ``n`` name, ``v`` variable, ``o`` other."""

_OPEN = re.compile(r"<\?(?!xml)(?:php\b|=)?+", re.I)
_CODE = re.compile(
    r"(?P<w>\s++)|(?P<e>\?>\n?)"
    r"|(?P<c>/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|(?://|\#(?!\[))(?:[^\n?]++|\?(?!>))*+)"
    r"""|(?P<s>"(?:[^"\\]++|\\[\s\S])*+"?+|'(?:[^'\\]++|\\[\s\S])*+'?+)"""
    r"|(?P<h><<<[ \t]*+[\"']?([A-Za-z_]\w*+)[\"']?[ \t]*+\r?\n)"
    r"|(?P<v>\$+[A-Za-z_]\w*+)|(?P<n>[^\W\d][\w\\]*+)|(?P<d>\d[\w.]*+)"
    r"|(?P<o>=>|->|::|===|!==|==|!=|\.=|\?\?|&&|\|\||[\s\S])"
)


def regions(source: str, start: int, end: int) -> list[tuple[int, int, list[Token]]]:
    """The stretches of code in source[start:end], tags included, with their tokens. Linear."""
    found: list[tuple[int, int, list[Token]]] = []
    at = start
    while True:
        match = _OPEN.search(source, at, end)
        if match is None:
            return found
        toks, at = code(source, match.end(), end)
        if match.group().endswith("="):
            toks.insert(0, ("n", match.end() - 1, match.end()))
        found.append((match.start(), at, toks))


def code(source: str, start: int, end: int) -> tuple[list[Token], int]:
    """The tokens of the code from ``start`` on, and where it ends: behind ``?>`` or at ``end``."""
    made: list[Token] = []
    at = start
    no_here = False
    while at < end:
        match = _CODE.match(source, at, end)
        if match is None:
            break
        kind = match.lastgroup or "o"
        first, at = match.span()
        if kind == "w":
            continue
        if kind == "e":
            return made, at
        if kind == "o" and match.group(6):
            kind = "h"
        if source.startswith("<<<", first) and match.group("h"):
            close = (
                None
                if no_here
                else re.compile(r"\n[ \t]*+" + match.group(6) + r"\b").search(source, at - 1, end)
            )
            if close is None:
                no_here = True
                continue
            made.append(("h", at, close.start() + 1))
            at = close.end()
            continue
        made.append((kind, first, at))
    return made, end
