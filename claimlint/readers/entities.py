"""Character references, decoded as browsers do, one at a time so that each keeps its place.

``html.unescape`` decodes whole strings and so loses positions; this module asks it for one reference.
"""

from __future__ import annotations

import re

ENTITY = re.compile(r"&(?:#(?:[0-9]{1,12}|[xX][0-9a-fA-F]{1,10})|[a-zA-Z][a-zA-Z0-9]*+);?")
_LONGEST = 33


def decode_entity(text: str, start: int, end: int, attribute: bool = False) -> tuple[str | None, int]:
    """What the reference text[start:end] stands for, and where it really ends.

    Browsers accept some names without a semicolon and as the beginning of a longer word
    (``&ampoules`` is ``&oules``); in attribute values they do not where a letter, a digit or
    ``=`` follows. (None, end) means that it is no reference but plain text.
    """
    import html
    from html.entities import html5

    reference = text[start:end]
    if reference[1] == "#":
        return html.unescape(reference), end
    name = reference[1:]
    if name in html5:
        if attribute and name[-1] != ";" and text[end : end + 1] == "=":
            return None, end
        return html5[name], end
    if attribute:
        return None, end
    for size in range(min(len(name) - 1, _LONGEST), 1, -1):
        if name[:size] in html5:
            return html5[name[:size]], start + 1 + size
    return None, end


def decode_all(text: str) -> str:
    """``text`` with its references decoded, for values whose inner positions do not matter."""
    if "&" not in text:
        return text
    import html

    return html.unescape(text[:10_000]) + text[10_000:]
