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
    holes, comments = template_holes(source)
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    page.comments.extend(comments)
    scan(page, page.start, len(source), self_closing=path.lower().endswith(".xhtml"))
    page.comments.sort(key=lambda comment: comment.start)
    return page.finish(path, "html")
