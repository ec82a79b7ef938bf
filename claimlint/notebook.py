"""Shows results in a notebook: a table of what was found, with everything that comes from the page escaped.

It knows rows of words only, so that the nouns of the model can use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_MOST = 200
_HEAD = ("where", "severity", "rule", "words", "what is wrong")


def table(rows: Iterable[tuple[str, ...]], told: Iterable[str] = ()) -> str:
    """An HTML table of (where, severity, rule, words, what is wrong), with the lines of ``told`` below it."""
    found = list(rows)
    lines = [f"{len(found) - _MOST} more"] if len(found) > _MOST else []
    lines += [*told]
    if not found:
        lines.insert(0, "nothing found")
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in found[:_MOST]
    )
    shown = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if found else ""
    return shown + "".join(f"<p>{escape(line)}</p>" for line in lines)
