"""Reads Word documents: paragraphs, tables, headers, footnotes and text boxes as their reader sees them.

A .docx is a zip of XML, so the standard library is enough (`office` opens it).
"""

from __future__ import annotations

import re

from claimlint.model import Document, Link, Scope, replace
from claimlint.readers.docx_story import Paragraph, Story
from claimlint.readers.office import Facts, Package
from claimlint.readers.page import Page

EXTENSIONS = (".docx", ".docm", ".dotx")

_OFFICE = "officeDocument/2006/relationships/"
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
_HEADING = re.compile(r"heading (\d)")
_SCOPES = {
    "quote": Scope.QUOTATION,
    "intense quote": Scope.QUOTATION,
    "block text": Scope.QUOTATION,
    "caption": Scope.CAPTION,
    "footer": Scope.FOOTER,
}


class _Styles:
    """What each paragraph style is called, rests on, and says of outline and numbering."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.base: dict[str, str] = {}
        self.outline: dict[str, int] = {}
        self.numbered: set[str] = set()
        self._id = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        value = values.get(f"{space} val", "")
        if local == "style":
            self._id = values.get(f"{space} styleId", "")
        elif local == "name":
            self.names[self._id] = value.lower()
        elif local == "basedOn":
            self.base[self._id] = value
        elif local == "outlineLvl" and value.isdigit():
            self.outline[self._id] = int(value)
        elif local == "numId" and value != "0":
            self.numbered.add(self._id)

    def end(self, name: str) -> None:
        pass

    def chain(self, style: str) -> list[str]:
        """A style and those that it rests on; a ring of them ends."""
        found: list[str] = []
        while style and style not in found and len(found) < 20:
            found.append(style)
            style = self.base.get(style, "")
        return found


def read_bytes(path: str, data: bytes) -> Document:
    """The Document in the bytes of a .docx; ``source`` is its text, one paragraph a line.

    Blocks have the locator "paragraph N", counted over all paragraphs of the text in their order in the file
    (those of tables and text boxes too), or "header", "footer", "footnote N", "endnote N". Deleted, moved away and
    hidden text is no copy. Raises ReadError.
    """
    package = Package(path, data, "Word", ".docx")
    main = next(
        (target for kind, target in package.relations("").values() if kind == "officeDocument"),
        "word/document.xml",
    )
    relations = package.relations(main)
    styles = _Styles()
    for kind, target in relations.values():
        if kind == "styles":
            package.parse(target, styles)
    body = Story("paragraph", relations)
    if not package.parse(main, body):
        raise package.wrong("is no Word document (it holds no text part): save it as .docx anew")
    paragraphs = list(body.paragraphs)
    parts = sorted(set(relations.values()))
    for wanted, word in _NOTES:
        for kind, target in parts:
            if kind == wanted:
                paragraphs += _story(package, target, word)
    for wanted in ("header", "footer"):
        seen: set[str] = set()
        for kind, target in parts:
            if kind == wanted:
                # Each section and page parity has a header of its own, mostly with the same words.
                found = [one for one in _story(package, target, wanted) if one.text not in seen or one.alts]
                seen.update(one.text for one in found)
                paragraphs += found
    facts = Facts()
    for kind, target in package.relations("").values():
        if kind == "core-properties":
            package.parse(target, facts)
    return _document(path, paragraphs, styles, facts.meta)


def _story(package: Package, target: str, word: str) -> list[Paragraph]:
    story = Story(word, package.relations(target))
    package.parse(target, story)
    return story.paragraphs


def _document(path: str, paragraphs: list[Paragraph], styles: _Styles, meta: dict[str, str]) -> Document:
    shown = [(paragraph, text) for paragraph in paragraphs for text in paragraph.texts()]
    page = Page("\n".join(text for _, text in shown))
    at = 0
    locators: list[str] = []
    lead: int | None = None
    for paragraph, text in shown:
        scope, level = _scope(paragraph, styles) if text == paragraph.text else (Scope.ALT, 0)
        page.plain(text, at)
        page.flush(scope, level, lead if scope is Scope.LIST_ITEM else None)
        locators.append(paragraph.locator)
        if scope not in (Scope.LIST_ITEM, Scope.ALT):
            lead = page.last
        if text == paragraph.text:
            page.links += [
                Link(href, at + start, at + max(start, end)) for href, start, end in paragraph.placed_links()
            ]
        at += len(text) + 1
    page.meta.update(meta)
    document = page.finish(path, "docx")
    blocks = zip(document.blocks, locators, strict=True)
    return replace(document, blocks=tuple(replace(block, locator=locator) for block, locator in blocks))


def _scope(paragraph: Paragraph, styles: _Styles) -> tuple[Scope, int]:
    chain = styles.chain(paragraph.style)
    outline = paragraph.outline
    for style in chain:
        name = styles.names.get(style, style.lower())
        heading = _HEADING.fullmatch(name)
        if heading:
            return Scope.HEADING, int(heading.group(1))
        if name == "title":
            return Scope.HEADING, 1
        if name in _SCOPES:
            return _SCOPES[name], 0
        if outline is None:
            outline = styles.outline.get(style)
    if outline is not None and outline < 9:
        return Scope.HEADING, outline + 1
    if paragraph.kind == "footer":
        return Scope.FOOTER, 0
    if paragraph.in_cell:
        return Scope.TABLE_CELL, 0
    numbered = paragraph.numbered
    if numbered is None:
        numbered = any(style in styles.numbered for style in chain)
    return (Scope.LIST_ITEM, 0) if numbered else (Scope.PARAGRAPH, 0)
