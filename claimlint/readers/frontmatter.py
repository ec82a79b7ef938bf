"""Reads front matter (YAML between ``---``, TOML between ``+++``) with the place of every value.

Titles, descriptions and whole sections often stand only there. Flat front matter is scanned line by line, which costs
no library at the start of a run; lists and maps go to the reader of YAML, and back here where it can't parse them.
"""

from __future__ import annotations

import re

from claimlint.model import Scope
from claimlint.readers.copy_policy import key_says, why_not
from claimlint.readers.page import Page

COPY_KEYS = frozenset({
    "abstract", "alt", "answer", "badge", "benefit", "benefits", "blurb", "body", "bullets", "button",
    "button_label", "button_text", "buttontext", "caption", "claim", "claims", "content", "copy", "cta",
    "cta_label", "cta_text", "ctalabel", "ctatext", "dek", "desc", "description", "details",
    "disclaimer", "excerpt", "eyebrow", "faq", "feature", "features", "footnote", "heading", "headline",
    "hero", "image_alt", "imagealt", "intro", "introduction", "kicker", "label", "lead", "lede",
    "linktitle", "message", "meta_description", "meta_title", "metadescription", "metatitle", "note",
    "og_description", "og_title", "paragraph", "point", "points", "promise", "question", "quote",
    "seo_description", "seo_title", "seotitle", "short_title", "statement", "strapline", "subheading",
    "subheadline", "subtitle", "summary", "tagline", "teaser", "testimonial", "text", "title",
})  # fmt: skip
"""Keys whose values people read, in lower case with "-" written "_"."""
_FACTS = {
    "author": "author", "authors": "author", "byline": "author", "reviewed_by": "author",
    "reviewer": "author", "date": "date", "lastmod": "date", "last_updated": "date", "updated": "date",
    "updated_at": "date", "published_at": "date",
    "created_at": "date", "date_published": "date", "date_modified": "date",
    "published": "date", "publishdate": "date", "pubdate": "date", "publishedtime": "date", "published_time": "date",
    "modifiedtime": "date", "modified_time": "date", "modified": "date", "lang": "lang", "language": "lang",
    "locale": "lang", "canonical": "canonical", "canonical_url": "canonical", "robots": "robots",
    "description": "description", "title": "title", "generator": "generator", "site_name": "site_name",
}  # fmt: skip
_FENCE = re.compile(r"(---|\+\+\+)[ \t]*+(?=\r\n|\n|\r)")
_LINE = re.compile(r"([ \t]*+)([^\r\n]*+)(\r\n|\n|\r|\Z)")
_ITEM = re.compile(r"-(?:[ \t]++|$)")
_KEY = re.compile(
    r"""(?:"([^"\r\n]{1,80}+)"|'([^'\r\n]{1,80}+)'|([\w.$-]{1,80}+))[ \t]*+:(?=[ \t\r\n]|$)[ \t]*+"""
)
_TOML_KEY = re.compile(r"""(?:[\w-]{1,80}+\.)*+"?([\w-]{1,80}+)"?[ \t]*+=[ \t]*+""")
_DOUBLE = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.S)
_SINGLE = re.compile(r"'((?:[^']++|'')*+)'")
_TOML_STRING = re.compile(
    r'"""((?:[^"\\]++|\\.|"(?!""))*+)"""|\'\'\'((?:[^\']++|\'(?!\'\'))*+)\'\'\'|"((?:[^"\\\n]++|\\.)*+)"|\'([^\'\n]*+)\'',
    re.S,
)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.S)
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": "",
    "a": "",
    "b": "",
    "e": "",
    "v": " ",
    "N": " ",
    "_": "\u00a0",
}
_DEEP = re.compile(r"^(?:[ \t]++[^\s#]|-[ \t])", re.M)
_REMARK = re.compile(r"(?<=[ \t])#")
_TWICE = re.compile("''")
_SMALL = 300


def front_matter(page: Page) -> int:
    """Puts the copy and facts of the front matter of page.source on ``page``; returns where it ends.

    That is page.start where there is none (or where it is never closed).
    """
    source, start = page.source, page.start
    fence = _FENCE.match(source, start)
    if fence is None:
        return start
    closing = re.compile(r"(?<=[\r\n])" + re.escape(fence.group(1)) + r"[ \t]*+(?:\r\n|\n|\r|\Z)")
    end = closing.search(source, fence.end())
    if end is None:
        return start
    inner = fence.end(), end.start()
    if fence.group(1) != "---":
        toml_copy(page, *inner)
    elif _DEEP.search(source, *inner):
        from claimlint.readers.code_yaml import front_copy

        front_copy(page, *inner)
    else:
        yaml_copy(page, *inner)
    return end.end()


def yaml_copy(page: Page, start: int, end: int) -> None:
    """Puts the values in the YAML of page.source[start:end] that are copy on ``page``, each as a block.

    Nested maps and lists are walked: a list or map under a copy key is copy where its own keys do
    not say otherwise. Reads plain, quoted and block scalars; anchors, tags and flow maps are left aside.
    """
    source = page.source
    parents: list[tuple[int, str]] = []
    at = start
    while at < end:
        line = _LINE.match(source, at, end)
        if line is None or line.end() == at:
            break
        at = line.end()
        body, stop = line.start(2), line.end(2)
        indent = body - line.start()
        if body == stop or source[body] == "#":
            continue
        while parents and parents[-1][0] >= indent + (source[body] == "-"):
            parents.pop()
        item = _ITEM.match(source, body, stop)
        while item is not None:
            indent += item.end() - body
            body = item.end()
            item = _ITEM.match(source, body, stop)
        key = _KEY.match(source, body, stop)
        if key is not None:
            while parents and parents[-1][0] >= indent:
                parents.pop()
            name = _plain_key(key)
            body = key.end()
        else:
            name = parents[-1][1] if parents else ""
        if body >= stop or source[body] == "#":
            if key is not None:
                parents.append((indent, name))
            continue
        at = _value(page, (body, stop, end), indent, name, len(parents) == 0)
        at = max(at, line.end())


def toml_copy(page: Page, start: int, end: int) -> None:
    """Puts the values of copy keys in the TOML of page.source[start:end] on ``page``, each as a block."""
    source = page.source
    at = start
    top = True
    while at < end:
        line = _LINE.match(source, at, end)
        if line is None or line.end() == at:
            break
        at = line.end()
        if source.startswith("[", line.start(2)):
            top = False
            continue
        key = _TOML_KEY.match(source, line.start(2), line.end(2))
        if key is None:
            continue
        name = key.group(1).lower().replace("-", "_")
        many = source.startswith("[", key.end())
        place = key.end() + (1 if many else 0)
        while place < end:
            match = _TOML_STRING.match(source, place, end)
            if match is None:
                if not many or source[place] not in " \t\r\n,":
                    _fact(page, name, source[key.end() : line.end(2)].strip("\"'")) if not many else None
                    break
                place += 1
                continue
            group = match.lastindex or 1
            _emit(
                page, name, (match.start(group), match.end(group)), _ESCAPE if group in (1, 3) else None, top
            )
            place = match.end()
            at = max(at, _LINE.match(source, place, end).end())  # type: ignore[union-attr]
            if not many:
                break


def _value(page: Page, span: tuple[int, int, int], indent: int, name: str, top: bool) -> int:
    """Reads the value that starts at span[0] on a line that ends at span[1]; returns where it ends."""
    source = page.source
    body, stop, end = span
    wanted = name in COPY_KEYS or name in _FACTS or key_says(name) is not False
    sign = source[body]
    if sign in "|>":
        first = after = _LINE.match(source, body, end).end()  # type: ignore[union-attr]
        after = _indented(source, after, end, indent)
        if wanted:
            _emit(page, name, (first, after), None, top)
        return after
    quoted = (_DOUBLE if sign == '"' else _SINGLE).match(source, body, end) if sign in "\"'" else None
    if quoted is not None:
        if wanted:
            escape = _ESCAPE if sign == '"' else _TWICE
            _emit(page, name, quoted.span(1), escape, top)
        return _LINE.match(source, quoted.end(), end).end()  # type: ignore[union-attr]
    if sign in "[{&*!":
        if name in _FACTS and sign == "[":
            _fact(page, name, source[body + 1 : stop].rstrip(" ]\t").strip("\"'"))
        return stop
    after = _indented(source, _LINE.match(source, body, end).end(), end, indent)  # type: ignore[union-attr]
    if wanted:
        remark = _REMARK.search(source, body, after)
        last = after if remark is None else remark.start()
        _emit(page, name, (body, last), None, top)
    return after


def _indented(source: str, at: int, end: int, indent: int) -> int:
    """Where the lines end that are blank or indented deeper than ``indent``."""
    kept = at
    while at < end:
        line = _LINE.match(source, at, end)
        if line is None or line.end() == at:
            break
        if line.group(2):
            if line.start(2) - line.start() <= indent:
                break
            kept = line.end()
        at = line.end()
    return kept


def _emit(
    page: Page,
    name: str,
    span: tuple[int, int],
    escape: re.Pattern[str] | None,
    top: bool,
) -> None:
    source = page.source
    start, end = span
    if name not in COPY_KEYS:
        if name in _FACTS:
            if top:
                _fact(page, name, source[start:end].strip("\"'"))
            return
        if why_not(name, source[start:end]) is not None:
            return
    done = start
    for match in escape.finditer(source, start, end) if escape is not None else ():
        page.plain(source[done : match.start()], done)
        page.put(_unescape(match.group()), match.start(), match.end())
        done = match.end()
    page.plain(source[done:end], done)
    before = len(page.records)
    page.flush(Scope.TITLE if top and name == "title" else Scope.META)
    if top and len(page.records) > before:
        _fact(page, name, page.records[-1][0])


def _unescape(text: str) -> str:
    if text == "''":
        return "'"
    if len(text) > 3:
        code = int(text[2:], 16)
        return "\ufffd" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)
    return " " if text[1] in "\r\n" else _ESCAPES.get(text[1], text[1])


def _fact(page: Page, name: str, value: str) -> None:
    fact = _FACTS.get(name)
    value = " ".join(value.split())[:_SMALL]
    if fact is not None and value:
        page.meta.setdefault(fact, value)


def _plain_key(match: re.Match[str]) -> str:
    key = match.group(1) or match.group(2) or match.group(3)
    return key.lower().replace("-", "_")
