"""Shortcodes of WordPress in strings: ``[cta text="..."]`` and ``[box]...[/box]``.

A page shows what stands between them and what their attributes say, not the shortcodes; so a string that begins with one is cut up.
"""

from __future__ import annotations

import re

from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import key_says, why_not
from claimlint.readers.copy_values import Decoded, part

_CODE = re.compile(r"""\[/?([a-z][\w-]*+)((?:[^\[\]"']++|"[^"\[\]]*+"|'[^'\[\]]*+')*+)\]""")
_BEGINS = re.compile(r"\s*+(?=\[/?[a-z])")
_SAYS = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")


def scan_shortcodes(plan: Plan, decoded: Decoded) -> bool:
    """Notes on ``plan`` what a string that begins with a shortcode shows; False where that is nothing."""
    text = decoded[0]
    begins = _BEGINS.match(text)
    if begins is None or _CODE.match(text, begins.end()) is None:
        return False
    pieces: list[tuple[str, int, int]] = []
    done = 0
    for code in _CODE.finditer(text):
        pieces.append(("", done, code.start()))
        for said in _SAYS.finditer(text, *code.span(2)):
            group = said.lastindex or 2
            pieces.append((said[1], *said.span(group)))
        done = code.end()
    pieces.append(("", done, len(text)))
    taken = [_judge(plan, key, decoded, first, last) for key, first, last in pieces]
    return any(taken)


def _judge(plan: Plan, key: str, decoded: Decoded, first: int, last: int) -> bool:
    text = decoded[0][first:last]
    if not text.strip() or (not key_says(key) and why_not(None, text) is not None):
        return False
    piece = part(decoded, first, last)
    return bool(piece[1]) and plan.judge(key, piece[1][0][1], piece[1][-1][2], piece) is not None
