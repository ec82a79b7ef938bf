"""Reads HTML and XHTML pages.

The work is in ``markup`` (what is seen) and ``html_tokens`` (how it is cut); this module only joins them with
template tags, which stand in the HTML sources of most sites.
"""

from __future__ import annotations

from claimlint.model import Document
from claimlint.readers.holes import mask, template_holes
from claimlint.readers.markup import scan
from claimlint.readers.page import Page

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")


def read(path: str, source: str) -> Document:
    """The document that ``source``, an HTML page or fragment, shows to its reader. Linear, never fails."""
    return _page(path, source).finish(path, "html")


def _page(path: str, source: str) -> Page:
    holes, comments = template_holes(source)
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    page.comments.extend(comments)
    scan(page, page.start, len(source), self_closing=path.lower().endswith(".xhtml"))
    page.comments.sort(key=lambda comment: comment.start)
    return page


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """What no reader of the page is shown, for who asks how it was read: (start, end, reason), in order."""
    page = _page(path, source)
    comments = [
        (comment.start, comment.end, "a comment") for comment in page.comments if comment.text.strip()
    ]
    return sorted([*page.left, *comments])
