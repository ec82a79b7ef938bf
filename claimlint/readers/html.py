"""Reads HTML and XHTML pages.

The work is in ``markup`` (what is seen) and ``html_tokens`` (how it is cut). Many sites keep templates under this name;
what has tags of a template language in it is read as one.
"""

from __future__ import annotations

from claimlint.model import Document
from claimlint.readers.holes import TEMPLATE_MARKS
from claimlint.readers.markup import scan
from claimlint.readers.page import Page
from claimlint.readers.page_facts import telling

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")


def read(path: str, source: str) -> Document:
    """The document that ``source``, an HTML page or fragment, shows to its reader. Linear, never fails."""
    if is_template(source):
        from claimlint.readers.code_template import read_template

        return read_template(path, source, "html", _closes(path))
    return _page(path, source).finish(path, "html")


def is_template(source: str) -> bool:
    """True for a page with tags of a template language or with front matter."""
    return source.startswith(("---\n", "---\r\n")) or any(mark in source for mark in TEMPLATE_MARKS)


def _closes(path: str) -> bool:
    return path.lower().endswith(".xhtml")


def _page(path: str, source: str) -> Page:
    page = Page(source)
    scan(page, page.start, len(source), self_closing=_closes(path))
    page.comments.sort(key=lambda comment: comment.start)
    return page


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """What no reader of the page is shown, for who asks how it was read: (start, end, reason), in order."""
    if is_template(source):
        from claimlint.readers import code_template

        return code_template.skipped(path, source)
    page = _page(path, source)
    comments = [
        (comment.start, comment.end, "a comment") for comment in page.comments if comment.text.strip()
    ]
    return sorted([*telling(source, page.left), *comments])
