"""Facts about a page that are not copy: author, dates, language, address, taken from markup and JSON-LD.

The credibility checks ask whether somebody stands behind a page; these are the places where pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from claimlint.readers.copy_policy import is_sentence
from claimlint.readers.entities import decode_all
from claimlint.readers.html_tokens import Attributes
from claimlint.readers.page import Page

_NAMES = {
    "author": "author", "article:author": "author", "dc.creator": "author", "parsely-author": "author",
    "dcterms.creator": "author", "sailthru.author": "author", "citation_author": "author",
    "article:published_time": "date", "article:modified_time": "date", "date": "date", "dc.date": "date",
    "og:updated_time": "date", "last-modified": "date", "dcterms.modified": "date", "datepublished": "date",
    "datemodified": "date", "pubdate": "date", "citation_publication_date": "date", "revised": "date",
    "description": "description", "robots": "robots", "generator": "generator",
    "og:site_name": "site_name", "application-name": "site_name",
}  # fmt: skip
_SMALL = 300
_LARGEST_JSON = 400_000
_DEEPEST = 12
_TAG = re.compile(r"<[^>]*+>")
_SCRIPT = "a script"
_STRING = re.compile(
    r"""\\.|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+|"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`"""
)


def note_element(page: Page, name: str, found: Attributes, at: int) -> None:
    """Notes what the attributes of a start tag at offset ``at`` say about the page."""
    if name == "meta":
        key = found.get("name") or found.get("property") or found.get("itemprop")
        content = found.get("content")
        if key is not None and content is not None:
            fact = _NAMES.get(key[0].strip().lower())
            if fact is not None:
                _set(page.meta, fact, content[0])
    elif name == "link":
        rel, href = found.get("rel"), found.get("href")
        if rel is not None and href is not None and rel[0].strip().lower() == "canonical":
            _set(page.meta, "canonical", href[0])
    elif name == "html":
        lang = found.get("lang") or found.get("xml:lang")
        if lang is not None:
            _set(page.meta, "lang", lang[0])
    elif name == "time":
        moment = found.get("datetime")
        if moment is not None:
            _set(page.meta, "date", moment[0])
    if "itemprop" in found or "rel" in found:
        _note_property(page, found, at)


def note_script(page: Page, found: Attributes, start: int, end: int) -> None:
    """Notes what the script in source[start:end] says about the page, and that its reader is shown nothing of it."""
    kind = found.get("type")
    if kind is not None and "ld+json" in kind[0].lower():
        note_json_ld(page.meta, page.source[start:end])
        page.left.append((start, end, "data for search engines, not shown"))
    elif start < end:
        page.left.append((start, end, _SCRIPT))


def telling(source: str, left: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of what was left out, what holds words: most scripts hold none, and which do is asked only where somebody wants the list."""
    return [
        (start, end, reason)
        for start, end, reason in left
        if reason != _SCRIPT or _holds_prose(source[start : min(end, start + _LARGEST_JSON)])
    ]


def _holds_prose(script: str) -> bool:
    return any(is_sentence(match.group()[1:-1]) for match in _STRING.finditer(script))


def note_json_ld(meta: dict[str, str], text: str) -> None:
    """Notes authors, reviewers and dates of a JSON-LD script; what is no JSON says nothing."""
    if len(text) > _LARGEST_JSON:
        return
    import json

    try:
        _walk(meta, json.loads(text), 0)
    except (ValueError, RecursionError):
        return


def _note_property(page: Page, found: Attributes, at: int) -> None:
    said = f" {found.get('itemprop', ('',))[0]} {found.get('rel', ('',))[0]} ".lower().split()
    content = found.get("content") or found.get("datetime")
    if "author" in said or "reviewedby" in said:
        _set(page.meta, "author", content[0] if content else _following(page, at))
    elif "datepublished" in said or "datemodified" in said:
        _set(page.meta, "date", content[0] if content else _following(page, at))


def _following(page: Page, at: int) -> str:
    """The text behind the tag at ``at``, to the end of a line of text or the next tag."""
    start = page.view.find(">", at, at + 2_000) + 1
    if not start:
        return ""
    for piece in _TAG.split(page.source[start : start + _SMALL]):
        if piece.strip():
            return piece.split("<")[0]
    return ""


def _walk(meta: dict[str, str], value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            _walk(meta, item, depth + 1)
    elif isinstance(value, dict):
        for key in ("author", "reviewedBy"):
            _set(meta, "author", _name(value.get(key)))
        for key in ("dateModified", "datePublished"):
            if isinstance(value.get(key), str):
                _set(meta, "date", value[key])
        for item in value.values():
            if isinstance(item, list | dict):
                _walk(meta, item, depth + 1)


def _name(value: Any) -> str:
    if isinstance(value, list):
        names = [name for name in (_name(item) for item in value[:8]) if name]
        return ", ".join(names)
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _set(meta: dict[str, str], key: str, value: str) -> None:
    value = " ".join(decode_all(value).split())[:_SMALL]
    if value:
        meta.setdefault(key, value)
