"""Reads Markdown and MDX: a line-based scanner that keeps the place of every character.

Markdown libraries give no positions inside a paragraph. This reader follows CommonMark (with tables, task
lists, footnotes) closely enough that its text agrees with theirs, in one pass over the lines.
"""

from __future__ import annotations

from claimlint.model import Document
from claimlint.readers.holes import mask, template_holes
from claimlint.readers.md_walk import Walk
from claimlint.readers.page import Page

EXTENSIONS = (".md", ".markdown", ".mdx")


def read(path: str, source: str) -> Document:
    """The document that ``source``, Markdown (MDX where ``path`` ends so), shows to its reader. Linear."""
    is_mdx = path.lower().endswith(".mdx")
    start = _front_matter(Page(source))
    if is_mdx:
        from claimlint.readers.mdx import mdx_holes

        holes, comments = mdx_holes(source, start)
    else:
        holes, comments = template_holes(source, start)
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    page.comments.extend(comments)
    _front_matter(page)
    walk = Walk(page, is_mdx)
    walk.read(start)
    page.comments.sort(key=lambda comment: comment.start)
    document = page.finish(path, "mdx" if is_mdx else "markdown")
    if is_mdx:
        from claimlint.readers.mdx import with_modules

        document = with_modules(document, walk.modules)
    return document


def scan_markdown(page: Page, start: int, end: int) -> None:
    """Reads the Markdown in page.view[start:end] onto ``page``, for formats that hold some. Linear."""
    whole = page.view
    if end < len(whole):
        page.view = whole[:end]
    Walk(page, False).read(start)
    page.view = whole


def _front_matter(page: Page) -> int:
    if page.source[page.start : page.start + 3] not in ("---", "+++"):
        return page.start
    from claimlint.readers.frontmatter import front_matter  # a millisecond that most pages need not wait

    return front_matter(page)
