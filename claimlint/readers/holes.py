"""Parts of a source that are code to the reader of the page: template tags, escapes, expressions.

They are masked in a copy of the same length, so that scanners of markup need to know nothing of
them and every offset stays what it was.

A hole is (start, end, text): source[start:end] stands for ``text``. An expression inside a sentence
stands for one unknown word (``WORD``), a statement for nothing (empty text), an escape
for its character; a space is shown to the scanners as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from claimlint.model import Comment

WORD = "\ufffc"
HOLE = "\ufdd0"
REST = "\ufdd1"
HOLE_RUN = re.compile(f"{HOLE}{REST}*+")

Hole = tuple[int, int, str]

# Each body stops at the next opening of its own kind, which keeps rows of unclosed tags linear.
_TEMPLATE = (
    r"\{\{--(?:[^-{]++|-(?!-\}\})|\{(?!\{--))*+--\}\}"  # Blade comment
    r"|\{\{!--(?:[^-{]++|-(?!-\}\})|\{(?!\{!--))*+--\}\}"  # Handlebars comment
    r"|\{\{\{?(?:[^{}<]++|\}(?!\})|\{(?!\{)|<(?!/))*+\}\}\}?"  # expression
    r"|\{%(?:[^%{]++|%(?!\})|\{(?!%))*+%\}"  # statement
    r"|\{#(?:[^#{]++|#(?!\})|\{(?!\#))*+#\}"  # Jinja and Twig comment
    r"|\{!!(?:[^!{]++|!(?!!\})|\{(?!!!))*+!!\}"  # Blade unescaped expression
    r"|<\?(?:[^?<]++|\?(?!>)|<(?!\?))*+(?:\?>|\Z)"  # PHP, XML declaration
    r"|<%(?:[^%<]++|%(?!>)|<(?!%))*+%>"  # ERB, EJS, ASP
)
TEMPLATE_MARKS = ("{{", "{%", "{#", "{!!", "<?", "<%")
"""Without one of these a source has no template tag."""
_SPEAKS = (
    r"<\?(?:=|php\s++(?:echo|print|the_|esc_|_e\b))|<%[=-](?!-)|\{!!"
    r"|\{\{(?![#/^!<%>*]|--|-?\s*+(?:if|else|end|range|with|block|define|template|endif)\b)"
)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled when first wanted: most pages have no template tags."""
    return re.compile(source)


def template_holes(source: str, start: int = 0, end: int | None = None) -> tuple[list[Hole], list[Comment]]:
    """Template tags in source[start:end]: holes in order, and those that are comments besides.

    Knows Jinja, Twig, Liquid, Handlebars, Vue, Hugo, Blade echoes, PHP, ERB and EJS. Linear.
    """
    if not any(mark in source for mark in TEMPLATE_MARKS):
        return [], []
    holes: list[Hole] = []
    comments: list[Comment] = []
    stop = len(source) if end is None else end
    for match in _pattern(_TEMPLATE).finditer(source, start, stop):
        at, until = match.span()
        tag = match.group()
        width = 5 if tag.startswith("{{!--") else 4 if tag.startswith(("{{--", "<%--")) else 2
        if width > 2 or tag.startswith("{#"):
            tail = width if width < 5 else 4
            comments.append(Comment(at, until, tag[width : len(tag) - tail]))
        holes.append((at, until, WORD if _pattern(_SPEAKS).match(tag) else ""))
    return holes, comments


def mask(source: str, holes: Iterable[Hole]) -> tuple[str, dict[int, str]]:
    """(view, fillings): ``source`` with its holes masked, and what each stands for, keyed by its start.

    Holes are in order and do not overlap; a later one that overlaps is left out.
    """
    parts: list[str] = []
    fillings: dict[int, str] = {}
    done = 0
    for start, end, text in holes:
        if start < done or end <= start:
            continue
        parts.append(source[done:start])
        if text == " ":
            parts.append(" " * (end - start))
        else:
            parts.append(HOLE + REST * (end - start - 1))
            fillings[start] = text
        done = end
    if not done:
        return source, {}
    parts.append(source[done:])
    return "".join(parts), fillings
