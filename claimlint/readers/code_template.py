"""Reads templates of HTML: Twig, Liquid, Nunjucks, Handlebars, ERB, EJS and Jinja.

The markup is the page; tags are holes in it, a tag that prints a literal is its text, and strings that a tag sets or
passes on under a name that holds copy (``{% set title = "..." %}``, ``{% include x, heading: "..." %}``) are copy too.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document
from claimlint.readers.code_json import scan_defaults
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_tags import scan_tag
from claimlint.readers.frontmatter import front_matter
from claimlint.readers.holes import template_holes
from claimlint.readers.page import Page

EXTENSIONS = (
    ".twig",
    ".liquid",
    ".njk",
    ".hbs",
    ".handlebars",
    ".mustache",
    ".erb",
    ".ejs",
    ".jinja",
    ".jinja2",
    ".j2",
)
_REGION = re.compile(r"\{%-?\s*+(comment|schema|javascript|stylesheet|style)\b[^%}]*+-?%\}")
_ELSE = re.compile(r"(?:\{\{[~^]?|\{%-?|<%-?)\s*+(?:else|elsif|elif|elseif|when)\b")
_NOTES = ("{{!", "{#", "<%#")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a template of HTML. Linear, never fails."""
    return read_template(path, source, path.rsplit(".", 1)[-1].lower())


def read_template(path: str, source: str, form: str, self_closing: bool = False) -> Document:
    """The same for a template of another format; ``self_closing`` says that "/>" ends any element."""
    plan = _plan(source, self_closing)
    facts = Page(source)
    if front_matter(facts) > facts.start:
        plan.meta.update(facts.meta)
        plan.comments.extend(facts.comments)
    return plan.document(path, form, walk=True, before=facts.records)


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings in tags that were not taken for copy, and what the markup hides: (start, end, reason), in order."""
    return _plan(source).skipped(walk=True)


def _plan(source: str, self_closing: bool = False) -> Plan:
    plan = Plan(source, self_closing)
    start = front_matter(Page(source))
    at = start
    regions: list[tuple[int, int]] = []
    match = _REGION.search(source, at)
    while match is not None:
        close = re.compile(r"\{%-?\s*+end" + match.group(1) + r"\s*+-?%\}").search(source, match.end())
        end = len(source) if close is None else close.end()
        if match.group(1) == "comment":
            inner = source[match.end() : len(source) if close is None else close.start()]
            plan.comments.append(Comment(match.start(), end, inner))
        elif match.group(1) == "schema":
            scan_defaults(plan, match.end(), len(source) if close is None else close.start())
            plan.left.append((match.start(), end, "settings of a section: only their defaults are read"))
        regions.append((match.start(), end))
        plan.masks.append((match.start(), end, None, ""))
        match = _REGION.search(source, end)
    holes, comments = template_holes(source, start)
    known = {comment.start for comment in comments}
    plan.comments.extend(found for found in comments if not _within(found.start, regions))
    for first, last, text in holes:
        if _within(first, regions):
            continue
        if first not in known and source.startswith(_NOTES, first):
            plan.comments.append(Comment(first, last, source[first + 3 : last - 2]))
            plan.masks.append((first, last, None, ""))
            continue
        if first in known:
            plan.masks.append((first, last, None, text))
        else:
            scan_tag(plan, first, last, " " if not text and _ELSE.match(source, first, last) else text)
    plan.markup(start, len(source))
    return plan


def _within(at: int, regions: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    number = bisect_right(regions, (at, 1 << 62)) - 1
    return number >= 0 and regions[number][0] <= at < regions[number][1]
