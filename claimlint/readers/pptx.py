"""Reads PowerPoint presentations: slides in their order with tables, groups and pictures' descriptions, then their notes.

A .pptx is a zip of XML, so the standard library is enough (`office` opens it).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claimlint.model import Document, Link, Scope, replace
from claimlint.readers.docx_story import squeezed
from claimlint.readers.office import Facts, Package
from claimlint.readers.page import Page

EXTENSIONS = (".pptx", ".pptm", ".ppsx", ".potx")

_MOST_SLIDES = 2_000
_DEEPEST = 2_000
_TITLES = {"title": 2, "ctrTitle": 1}
_NO_COPY = frozenset({"sldNum", "dt", "sldImg", "hdr"})
"""Placeholders whose text a program writes: numbers, dates, the picture of a slide."""
_DRAWN = ("diagramData", "chart")


@dataclass(slots=True)
class _Text:
    """A paragraph, or the description of a picture, with what it is; links are (address, start, end) in ``text``."""

    text: str
    scope: Scope
    level: int = 0
    links: list[tuple[str, int, int]] = field(default_factory=list)


class _Slide:
    """Expat handlers that collect the texts of one part; ``fixed`` takes only what is no placeholder (of a layout)."""

    def __init__(self, relations: dict[str, tuple[str, str]], scope: Scope, fixed: bool = False) -> None:
        self.texts: list[_Text] = []
        self.hidden = False
        self._relations, self._scope, self._fixed = relations, scope, fixed
        self._skip = self._depth = self._cells = 0
        self._shape: list[tuple[str | None, str]] = []  # (placeholder, description) of each open shape
        self._parts: list[str] | None = None
        self._bullet: bool | None = None
        self._reading = False
        self._link = ""
        self._links: list[tuple[str, int, int]] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._skip or self._depth > _DEEPEST:
            self._skip += 1
            return
        local = name.rpartition(" ")[2]
        if local in ("Fallback", "extLst"):
            self._skip = 1
        elif local == "sld" and values.get("show") in ("0", "false"):
            self.hidden = True
        elif local in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp"):
            self._shape.append((None, ""))
        elif local == "cNvPr" and self._shape:
            if values.get("hidden") in ("1", "true"):
                self._shape[-1] = ("hidden", "")
            else:
                self._shape[-1] = (self._shape[-1][0], values.get("descr", ""))
        elif local == "ph" and self._shape and self._shape[-1][0] != "hidden":
            self._shape[-1] = (values.get("type", "body"), self._shape[-1][1])
        elif local == "tc":
            self._cells += 1
        else:
            self._inside(local, values)

    def _inside(self, local: str, values: dict[str, str]) -> None:
        if local == "p" and self._parts is None:
            self._parts, self._bullet, self._links = [], None, []
        elif self._parts is None:
            return
        elif local == "buNone":
            self._bullet = False
        elif local in ("buChar", "buAutoNum", "buBlip"):
            self._bullet = True
        elif local == "t":
            self._reading = True
        elif local in ("br", "tab"):
            self._parts.append(" ")
        elif local == "hlinkClick":
            relation = next((value for key, value in values.items() if key.endswith(" id")), "")
            self._link = self._relations.get(relation, ("", ""))[1]

    def text(self, text: str) -> None:
        """Characters arrive."""
        if self._reading and not self._skip and self._parts is not None:
            at = sum(map(len, self._parts))
            self._parts.append(text)
            if self._link:
                self._links.append((self._link, at, at + len(text)))

    def end(self, name: str) -> None:
        """An element closes."""
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return
        local = name.rpartition(" ")[2]
        if local == "t":
            self._reading = False
        elif local == "r":
            self._link = ""
        elif local == "p" and self._parts is not None:
            self._paragraph("".join(self._parts))
            self._parts = None
        elif local == "tc":
            self._cells -= 1
        elif local in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp") and self._shape:
            kind, description = self._shape.pop()
            text = squeezed(description)[0]
            if text and self._shown(kind):
                self.texts.append(_Text(text, Scope.ALT))

    def _shown(self, kind: str | None) -> bool:
        if any(one == "hidden" for one, _ in self._shape) or kind == "hidden" or kind in _NO_COPY:
            return False
        return not (self._fixed and kind is not None)

    def _paragraph(self, raw: str) -> None:
        kind = self._shape[-1][0] if self._shape else None
        text, places = squeezed(raw)
        if not text or not self._shown(kind):
            return
        scope, level = self._scope, 0
        if self._scope is Scope.PARAGRAPH:
            if kind in _TITLES:
                scope, level = Scope.HEADING, _TITLES[kind or ""]
            elif kind == "ftr":
                scope = Scope.FOOTER
            elif self._cells:
                scope = Scope.TABLE_CELL
            elif self._bullet or (self._bullet is None and kind == "body"):
                scope = Scope.LIST_ITEM
        links = []
        for href, start, end in self._links:
            inner = [number for number, at in enumerate(places) if start <= at < end]
            if inner:
                links.append((href, inner[0], inner[-1] + 1))
        self.texts.append(_Text(text, scope, level, links))


class _Order:
    """Collects the ids of the slides in the order in which they are shown."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        """An element opens."""
        if name.endswith(" sldId"):
            self.ids += [value for key, value in values.items() if key.endswith("relationships id")]

    def end(self, name: str) -> None:
        """An element closes."""


def read_bytes(path: str, data: bytes) -> Document:
    """The Document in the bytes of a .pptx; ``source`` is its text, one paragraph a line.

    Blocks have the locator "slide N", "slide N, notes" or "slide layout"; a slide that is not shown is read too, for it
    goes out with the file, and its locator says "slide N (hidden)". Raises ReadError.
    """
    package = Package(path, data, "PowerPoint", ".pptx")
    about = package.relations("").values()
    main = next((target for kind, target in about if kind == "officeDocument"), "ppt/presentation.xml")
    relations, order = package.relations(main), _Order()
    if not package.parse(main, order):
        raise package.wrong("is no PowerPoint document (it holds no list of slides): save it as .pptx anew")
    slides = [relations[one][1] for one in order.ids if relations.get(one, ("", ""))[0] == "slide"]
    if len(slides) > _MOST_SLIDES:
        raise package.wrong(f"has more than {_MOST_SLIDES:,} slides: split it")
    found: list[tuple[str, _Text]] = []
    layouts: dict[str, None] = {}
    footers: set[str] = set()
    for number, part in enumerate(slides, 1):
        links = package.relations(part)
        slide = _Slide(links, Scope.PARAGRAPH)
        package.parse(part, slide)
        where = f"slide {number} (hidden)" if slide.hidden else f"slide {number}"
        for text in slide.texts:
            if text.scope is not Scope.FOOTER or text.text not in footers:  # mostly the same on every slide
                found.append((where, text))
            if text.scope is Scope.FOOTER:
                footers.add(text.text)
        for kind, target in sorted(links.values()):
            if kind in _DRAWN:
                found += [(where, text) for text in _texts(package, target, Scope.PARAGRAPH)]
            elif kind == "notesSlide":
                found += [(f"{where}, notes", text) for text in _texts(package, target, Scope.PARAGRAPH)]
            elif kind == "slideLayout":
                layouts[target] = None
    for layout in [*layouts]:
        layouts |= {part: None for kind, part in package.relations(layout).values() if kind == "slideMaster"}
    for layout in layouts:
        fixed = _texts(package, layout, Scope.FOOTER, fixed=True)
        found += [("slide layout", text) for text in fixed if text.text not in footers]
        footers |= {text.text for text in fixed}
    facts = Facts()
    for kind, target in about:
        if kind == "core-properties":
            package.parse(target, facts)
    return _document(path, found, facts.meta)


def _texts(package: Package, part: str, scope: Scope, fixed: bool = False) -> list[_Text]:
    slide = _Slide(package.relations(part), scope, fixed)
    package.parse(part, slide)
    return slide.texts


def _document(path: str, found: list[tuple[str, _Text]], meta: dict[str, str]) -> Document:
    page = Page("\n".join(text.text for _, text in found))
    at = 0
    lead: int | None = None
    for _, text in found:
        page.plain(text.text, at)
        page.flush(text.scope, text.level, lead if text.scope is Scope.LIST_ITEM else None)
        if text.scope not in (Scope.LIST_ITEM, Scope.ALT):
            lead = page.last
        page.links += [Link(href, at + start, at + end) for href, start, end in text.links]
        at += len(text.text) + 1
    page.meta.update(meta)
    document = page.finish(path, "pptx")
    blocks = zip(document.blocks, found, strict=True)
    return replace(document, blocks=tuple(replace(block, locator=where) for block, (where, _) in blocks))
