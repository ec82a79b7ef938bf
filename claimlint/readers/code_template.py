"""Reads templates of HTML: Twig, Liquid, Nunjucks, Handlebars, ERB, EJS and Jinja.

The markup is the page; tags are holes in it, a tag that prints a literal is its text, and strings that a tag sets or
passes on under a name that holds copy (``{% set title = "..." %}``, ``{% include x, heading: "..." %}``) are copy too.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document, Scope
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import key_says, last_word
from claimlint.readers.copy_values import Decoder
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
_LITERAL = re.compile(
    r"(?:\{\{\{?[-~]?|<%=)\s*+(?:(?:_|t|gettext)\()?(?:\"([^\"\\<{}]++)\"|'([^'\\<{}]++)')\)?\s*+(?:\|\s*+[\w\s|:'\",()-]++)?(?:[-~]?\}\}\}?|-?%>)"
)
_PASSED = re.compile(
    r"""(?<![\w-])([\w-]++)["']?\s*+(?:=>?|:)\s*+(?:"((?:[^"\\]++|\\.)*+)"|'((?:[^'\\]++|\\.)*+)')"""
    r"""|\b(?:link_to|button_to|submit_tag|content_tag\s*+:\w++\s*+,|content_for\s*+:\w++\s*+,|provide\s*+\(?:\w++\s*+,)\s*+\(?\s*+(?:"((?:[^"\\]++|\\.)*+)"|'((?:[^'\\]++|\\.)*+)')"""
)
_ELSE = re.compile(r"(?:\{\{[~^]?|\{%-?|<%-?)\s*+(?:else|elsif|elif|elseif|when)\b")
_ESCAPE = re.compile(r"\\[\s\S]")
_NOTES = ("{{!", "{#", "<%#")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a template of HTML. Linear, never fails."""
    form = path.rsplit(".", 1)[-1].lower()
    plan = _plan(source)
    facts = Page(source)
    if front_matter(facts) > facts.start:
        plan.meta.update(facts.meta)
        plan.comments.extend(facts.comments)
    return plan.document(path, form, walk=True, before=facts.records)


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings in tags that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(source).left)


def _plan(source: str) -> Plan:
    plan = Plan(source)
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
        said = _LITERAL.fullmatch(source, first, last)
        if said is not None:
            group = said.lastindex or 1
            plan.masks.append((first, said.start(group), None, ""))
            plan.masks.append((said.end(group), last, None, ""))
            continue
        plan.masks.append((first, last, None, " " if not text and _ELSE.match(source, first, last) else text))
        if first not in known:
            _passed(plan, first, last)
    plan.markup(start, len(source))
    return plan


def _within(at: int, regions: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    number = bisect_right(regions, (at, 1 << 62)) - 1
    return number >= 0 and regions[number][0] <= at < regions[number][1]


def _passed(plan: Plan, start: int, end: int) -> None:
    for match in _PASSED.finditer(plan.source, start, end):
        group = match.lastindex or 1
        if group == 1:
            continue
        key = match.group(1) or "text"
        first, last = match.span(group)
        if key_says(key) is not True:
            plan.left.append((first, last, f"the key '{key}' does not say that it holds copy"))
            continue
        decoder = Decoder()
        decoder.escaped(plan.source, first, last, _ESCAPE, lambda text: text[1])
        value = plan.judge(key, first, last, decoder.done())
        if value is not None:
            word = last_word(key)
            value.scope = (
                Scope.ALT
                if word == "alt"
                else Scope.HEADING
                if word in ("title", "heading")
                else Scope.PARAGRAPH
            )
            value.level = 4 if value.scope is Scope.HEADING else 0
