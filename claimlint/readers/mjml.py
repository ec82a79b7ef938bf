"""Reads MJML, the markup of newsletters: its elements are those of HTML under other names.

Each name is replaced in a copy of the same length, so that the reader of HTML sees paragraphs, buttons and pictures.
"""

from __future__ import annotations

import re

from claimlint.model import Document
from claimlint.readers.copy_plan import Plan
from claimlint.readers.holes import template_holes

EXTENSIONS = (".mjml",)

_TAG = re.compile(r"(</?)(mjml|mj(?:-[a-z]++)++)(?=[\s/>])", re.I | re.A)
_NAMES = {
    "mj-button": "button", "mj-title": "title", "mj-preview": "p", "mj-image": "img", "mj-table": "table",
    "mj-carousel-image": "img", "mj-style": "style", "mj-navbar-link": "a", "mj-social-element": "a",
    "mj-accordion-title": "h4", "mj-divider": "hr", "mj-spacer": "hr",
}  # fmt: skip
_ATTRIBUTES = re.compile(r"<mj-attributes\b[^>]*+>(?:[^<]++|<(?!/mj-attributes))*+", re.I)


def read(path: str, source: str) -> Document:
    """The document of a newsletter. Linear, never fails."""
    plan = Plan(source)
    holes, comments = template_holes(source, plan.start)
    plan.masks.extend((start, end, None, text) for start, end, text in holes)
    plan.comments.extend(comments)
    for match in _ATTRIBUTES.finditer(source, plan.start):  # what elements look like by default
        plan.masks.append((*match.span(), None, ""))
    for match in _TAG.finditer(source, plan.start):
        name = match[2].lower()
        plan.masks.append((*match.span(2), _NAMES.get(name, "div").ljust(len(name)), ""))
    plan.markup(plan.start, len(source))
    return plan.document(path, "mjml")
