"""Reads XLIFF translations: the target of each unit, or its source where nothing is translated yet.

A scanner of tags is enough, because only two elements hold copy; what stands in tags is never copy.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document, Scope
from claimlint.readers.page import Page

EXTENSIONS = (".xliff", ".xlf")

_TOKEN = re.compile(
    r"<!--((?:[^-]++|-(?!->))*+)(?:-->|\Z)|<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)>|<!\[CDATA\[|<[?!][^<>]*+>"
)
_LANGUAGE = {
    name: re.compile(rf"\b(?:{words})\s*+=\s*+[\"']([A-Za-z]{{2,3}})")
    for name, words in (("source", "source-language|srcLang"), ("target", "target-language|trgLang"))
}
_UNITS = frozenset({"trans-unit", "segment"})

Runs = list[tuple[int, int]]


def read(path: str, source: str) -> Document:
    """The document of the texts that are shown. Linear, never fails."""
    page = Page(source)
    held: dict[str, Runs] = {}
    inside, done = "", page.start
    languages: dict[str, str] = {}
    for match in _TOKEN.finditer(source, page.start):
        if inside and match.start() > done:
            held.setdefault(inside, []).append((done, match.start()))
        done = match.end()
        name = (match[3] or "").lower()
        if match[1] is not None:
            page.comments.append(Comment(match.start(), match.end(), match[1]))
        elif name in _UNITS:
            _show(page, source, held, languages)
            held, inside = {}, ""
        elif name in _LANGUAGE:
            inside = "" if match[2] or match[4].endswith("/") else name
        elif name in ("file", "xliff") and not match[2]:
            for kind, pattern in _LANGUAGE.items():
                found = pattern.search(match[4])
                if found:
                    languages[kind] = found[1].lower()
    _show(page, source, held, languages)
    return page.finish(path, "xliff")


def _show(page: Page, source: str, held: dict[str, Runs], languages: dict[str, str]) -> None:
    for kind in ("target", "source"):
        runs = held.get(kind, [])
        if any(source[start:end].strip() for start, end in runs):
            for start, end in runs:
                page.prose(source[start:end], start)
            page.flush(Scope.PARAGRAPH)
            if kind in languages:
                page.meta["lang"] = languages[kind]
            return
