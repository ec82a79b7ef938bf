"""Reads gettext catalogues: the translation of each entry, or its original where there is none.

What the reader of the site sees is the translation; its language is the one that the head of the file names.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document, Scope
from claimlint.readers.page import Page

EXTENSIONS = (".po", ".pot")

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")
_KEY = re.compile(r"[ \t]*+(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)[ \t]*+(?=\")")
_STRING = re.compile(r'[ \t]*+"((?:[^"\\]++|\\.)*+)"')
_ESCAPE = re.compile(r"\\(.)")
_MARKUP = re.compile(r"<[^<>]{0,500}+>")
_LANGUAGE = re.compile(r"Language: *+([A-Za-z]{2,3})")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}

Parts = list[tuple[int, int]]


def read(path: str, source: str) -> Document:
    """The document of the texts that are shown. Linear, never fails."""
    page = Page(source)
    entry: dict[str, Parts] = {}
    key = ""
    for match in _LINE.finditer(source, page.start):
        start, end = match.span(1)
        line = source[start:end].lstrip()
        if line.startswith("#"):
            _show(page, source, entry)
            entry, key = {}, ""
            if not line.startswith(("#~", "#,", "#:", "#|")):
                at = start + source[start:end].index("#")
                page.comments.append(Comment(at, end, source[at + 1 : end]))
            continue
        named = _KEY.match(source, start, end)
        if named:
            if named[1] in ("msgctxt", "msgid") and not (named[1] == "msgid" and list(entry) == ["msgctxt"]):
                _show(page, source, entry)
                entry = {}
            key = named[1]
            start = named.end()
        text = _STRING.match(source, start, end)
        if text and key:
            entry.setdefault(key, []).append(text.span(1))
        elif not line:
            _show(page, source, entry)
            entry, key = {}, ""
    _show(page, source, entry)
    return page.finish(path, "gettext")


def _show(page: Page, source: str, entry: dict[str, Parts]) -> None:
    """Adds the texts of an entry; its head only tells the language."""
    originals = [parts for name, parts in entry.items() if name.startswith("msgid")]
    translated = [parts for name, parts in entry.items() if name.startswith("msgstr")]
    translated = [parts for parts in translated if any(end > start for start, end in parts)]
    if originals and not any(end > start for start, end in originals[0]):
        for start, end in (span for parts in translated for span in parts):
            found = _LANGUAGE.search(source, start, end)
            if found:
                page.meta["lang"] = found[1].lower()
        return
    for parts in translated or originals:
        for start, end in parts:
            _text(page, source, start, end)
        page.flush(Scope.PARAGRAPH)


def _text(page: Page, source: str, start: int, end: int) -> None:
    done = start
    while done < end:
        tag = _MARKUP.search(source, done, end)
        stop = tag.start() if tag else end
        for escape in _ESCAPE.finditer(source, done, stop):
            page.prose(source[done : escape.start()], done)
            page.put(_PLAIN.get(escape[1], escape[1]), escape.start(), escape.end())
            done = escape.end()
        page.prose(source[done:stop], done)
        done = tag.end() if tag else end
