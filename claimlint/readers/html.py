"""Reads HTML and XHTML pages.

The work is in ``markup`` (what is seen) and ``html_tokens`` (how it is cut); this module only joins them with
template tags, which stand in the HTML sources of most sites.
"""

from __future__ import annotations

import re

from claimlint.model import Document
from claimlint.readers.holes import mask, template_holes
from claimlint.readers.markup import scan
from claimlint.readers.page import Page

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")
_LEFT_OUT = (  # compiled when it is asked for, which no check does
    r"(?i)<!--((?:[^-<]++|-(?!->)|<(?!!--))*+)-->"
    r"|<(?P<name>noscript|template|svg|math|object|canvas|video|audio|datalist|script|style)\b[^<>]*+>(?P<inner>(?:[^<]++|<(?!/(?P=name)))*+)"
    r"|<(?P<hidden>[a-z][a-z0-9]*+)\b(?=[^<>]{0,500}?(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden))[^<>]*+>(?P<text>[^<]*+)"
)


def read(path: str, source: str) -> Document:
    """The document that ``source``, an HTML page or fragment, shows to its reader. Linear, never fails."""
    holes, comments = template_holes(source)
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    page.comments.extend(comments)
    scan(page, page.start, len(source), self_closing=path.lower().endswith(".xhtml"))
    page.comments.sort(key=lambda comment: comment.start)
    return page.finish(path, "html")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """What no reader of the page is shown, for who asks how it was read: (start, end, reason), in order."""
    found = []
    for match in re.finditer(_LEFT_OUT, source):
        if match["name"]:
            place, reason = match.span("inner"), f"what <{match['name'].lower()}> holds is not shown as text"
        elif match["hidden"]:
            place, reason = match.span("text"), "hidden by an attribute or a style, unless a click opens it"
        else:
            place, reason = match.span(1), "a comment"
        if source[slice(*place)].strip():
            found.append((*place, reason))
    return found
