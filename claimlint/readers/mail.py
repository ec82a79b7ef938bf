"""Reads e-mail messages as stored (``.eml``): the subject and every text part, each at its place in the file.

Quoted-printable escapes are masked like template tags, so that markup is read through them; a text in base64 is
read by `mail_base64`, and named as unread where it can't be decoded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimlint.model import Document, Scope, Unread, replace
from claimlint.readers.holes import Hole, mask
from claimlint.readers.markup import scan
from claimlint.readers.page import Page

EXTENSIONS = (".eml",)

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*+")
_BOUNDARY = re.compile(r"boundary\s*+=\s*+(?:\"([^\"\r\n]{1,200}+)\"|([^\s;\"]{1,200}+))", re.I)
_CHARSET = re.compile(r"charset\s*+=\s*+\"?([A-Za-z0-9_.:-]{2,40})", re.I)
_QUOTED = re.compile(r"=[ \t]*+(?:\r\n|\n|\r)|(?:=[0-9A-Fa-f]{2})++")
_WORD = re.compile(r"=\?([A-Za-z0-9_.-]{2,40})\?([bBqQ])\?([^?\s]{0,400}+)\?=")
_BLANK = re.compile(r"(?<![ \t])(?:[ \t]*+(?:\r\n|\n|\r)){2,}+")
_MOST_BOUNDARIES = 50


class _Part(NamedTuple):
    """One body: where it stands, its type in lower case, how it is encoded, its charset."""

    start: int
    end: int
    kind: str
    encoding: str
    charset: str


def read(path: str, source: str) -> Document:
    """The document of a message. Linear, never fails."""
    subject, parts = _parts(source, 1 if source.startswith("\ufeff") else 0)
    texts = [part for part in parts if part.kind in ("text/html", "text/plain", "")]
    holes = [hole for part in texts if part.encoding == "quoted-printable" for hole in _holes(source, part)]
    view, fillings = mask(source, holes)
    page = Page(source, view, fillings)
    if subject is not None:
        _subject(page, *subject)
    locators: dict[tuple[int, int], str] = {}
    encoded = 0
    for part in texts:
        if part.encoding == "base64":
            if source[part.start : part.end].strip():
                from claimlint.readers.mail_base64 import read_encoded

                encoded += 1
                way = scan if part.kind == "text/html" else _plain
                placed = read_encoded(page, part.start, part.end, part.charset, way, encoded)
                locators |= placed or {}
                if placed is None:
                    what = "this text is in base64 that can't be decoded; save the message anew"
                    page.unread.append(Unread(part.start, part.end, what))
        elif part.kind == "text/html":
            scan(page, part.start, part.end)
        else:
            _plain(page, part.start, part.end)
    page.comments.sort(key=lambda comment: comment.start)
    document = page.finish(path, "mail")
    if not locators:
        return document
    blocks = (replace(one, locator=locators.get(one.segments[0][1:])) for one in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _parts(source: str, start: int) -> tuple[tuple[int, int] | None, list[_Part]]:
    """Where the subject's text stands, and the bodies in order."""
    subject: tuple[int, int] | None = None
    boundaries: set[str] = set()
    parts: list[_Part] = []
    head: dict[str, tuple[int, int]] = {}
    name, heading, body = "", True, start
    for match in _LINE.finditer(source, start):
        at, end = match.span(1)
        line = source[at:end]
        if line.startswith("--") and boundaries and line.rstrip()[2:].removesuffix("--") in boundaries:
            if not heading:
                parts.append(_part(source, head, body, at))
            closing = line.rstrip()[2:] not in boundaries
            # What follows the last part is shown by no program.
            head, name, heading, body = {"skip": (at, at)} if closing else {}, "", not closing, match.end()
        elif heading and not line.strip():
            found = _BOUNDARY.search(_value(source, head, "content-type"))
            if found and len(boundaries) < _MOST_BOUNDARIES:
                boundaries.add(found[1] or found[2])
            if subject is None and not parts and "subject" in head:
                subject = head["subject"]
            heading, body = False, match.end()
        elif heading and line[0] in " \t" and name:
            head[name] = (head[name][0], end)
        elif heading:
            field = _FIELD.match(line)
            name = field[1].lower() if field else ""
            if field and name not in head:
                head[name] = (at + field.end(), end)
            else:
                name = ""
    if not heading:
        parts.append(_part(source, head, body, len(source)))
    elif "subject" in head and subject is None:
        subject = head["subject"]
    return subject, parts


def _value(source: str, head: dict[str, tuple[int, int]], name: str) -> str:
    start, end = head.get(name, (0, 0))
    return source[start : min(end, start + 2000)]


def _part(source: str, head: dict[str, tuple[int, int]], start: int, end: int) -> _Part:
    if "skip" in head:
        return _Part(start, end, "none", "", "")
    said = _value(source, head, "content-type")
    kind = said.split(";")[0].strip().lower()
    charset = _CHARSET.search(said)
    encoding = _value(source, head, "content-transfer-encoding").strip().lower()
    return _Part(start, end, kind, encoding, charset[1] if charset else "utf-8")


def _holes(source: str, part: _Part) -> list[Hole]:
    """The escapes of a quoted-printable part, each with the characters that it stands for."""
    found = []
    for match in _QUOTED.finditer(source, part.start, part.end):
        code = match[0]
        text = (
            ""
            if code.endswith(("\r", "\n"))
            else _decoded(bytes.fromhex(code.replace("=", "")), part.charset)
        )
        found.append((*match.span(), text))
    return found


def _decoded(data: bytes, charset: str) -> str:
    try:
        text = data.decode(charset, "replace")
    except (LookupError, ValueError):
        text = data.decode("latin-1")
    return " " if text.isspace() else " ".join(text.split()) if text.split() else ""


def _subject(page: Page, start: int, end: int) -> None:
    """Adds the subject as the title, encoded words decoded."""
    import base64
    import binascii
    import quopri

    done = start
    for match in _WORD.finditer(page.source, start, end):
        page.plain(page.view[done : match.start()], done)
        data = match[3].encode("ascii", "replace")
        try:
            raw = (
                base64.b64decode(data) if match[2] in "bB" else quopri.decodestring(data.replace(b"_", b" "))
            )
        except (binascii.Error, ValueError):
            raw = data
        page.put(_decoded(raw, match[1]), *match.span())
        done = match.end()
    page.plain(page.view[done:end], done)
    page.flush(Scope.TITLE)


def _plain(page: Page, start: int, end: int) -> None:
    """Adds the paragraphs of a plain part; lines wrapped on the way are joined again."""
    done = start
    for match in _BLANK.finditer(page.view, start, end):
        page.plain(page.view[done : match.start()], done)
        page.flush(Scope.PARAGRAPH)
        done = match.end()
    page.plain(page.view[done:end], done)
    page.flush(Scope.PARAGRAPH)
