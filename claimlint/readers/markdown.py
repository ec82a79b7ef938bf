"""Reads Markdown and MDX: a line-based scanner that keeps the place of every character.

Markdown libraries give no positions inside a paragraph. This reader follows CommonMark (with tables, task
lists, footnotes) closely enough that its text agrees with theirs, in one pass over the lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimlint.model import Comment, Document
from claimlint.readers.holes import Hole, mask, template_holes
from claimlint.readers.md_walk import Walk
from claimlint.readers.page import Page

if TYPE_CHECKING:
    from claimlint.readers.copy_plan import Plan

EXTENSIONS = (".md", ".markdown", ".mdx")
_FENCED = r"(?m)^[ \t>]*+(```|~~~)[^\n]*+\n(?:(?![ \t>]*+\1)[^\n]*+(?:\n|\Z))*+"


def read(path: str, source: str) -> Document:
    """The document that ``source``, Markdown (MDX where ``path`` ends so), shows to its reader. Linear."""
    plan: Plan | None = None
    is_mdx = path.lower().endswith(".mdx")
    start = _front_matter(Page(source))
    if is_mdx:
        from claimlint.readers.mdx import mdx_holes

        holes, comments = mdx_holes(source, start)
    else:
        holes, comments, plan = _tags(source, start)
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    page.comments.extend(comments)
    _front_matter(page)
    walk = Walk(page, is_mdx)
    walk.read(start)
    page.comments.sort(key=lambda comment: comment.start)
    if plan is not None:
        plan.put(page)
        page.out_of_order()
    document = page.finish(path, "mdx" if is_mdx else "markdown")
    if is_mdx:
        from claimlint.readers.mdx import with_code

        document = with_code(document, walk.modules, holes)
    return document


def _tags(source: str, start: int) -> tuple[list[Hole], list[Comment], Plan | None]:
    """Template tags outside fenced code as holes, comments besides, and a plan that holds what they pass on (Hugo's shortcodes)."""
    holes, comments = template_holes(source, start)
    if not holes:
        return [], [], None
    from claimlint.readers.copy_plan import Plan
    from claimlint.readers.copy_tags import scan_tag

    plan = Plan(source)
    fenced = [match.span() for match in re.finditer(_FENCED, source)]
    noted = {comment.start for comment in comments}
    for first, last, text in holes:
        while fenced and fenced[0][1] <= first:
            fenced.pop(0)
        if first in noted or (fenced and fenced[0][0] <= first):
            plan.masks.append((first, last, None, text))
        else:
            scan_tag(plan, first, last, text)
    return sorted((begin, end, text) for begin, end, _, text in plan.masks), comments, plan


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
