"""How large the type of an HTML page is and whether it can be read, where its own styles let that be seen.

It is asked for only where a law speaks of the size of type, so it walks the page again rather than making every run pay.
Sizes belong to stretches of the source, and blocks carry their places in the source, so nothing is searched for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from claimlint.model import Block, Document, Scope
from claimlint.readers import colours, styles
from claimlint.readers.entities import decode_all
from claimlint.readers.holes import HOLE, mask, template_holes
from claimlint.readers.html_tokens import TOKEN, VOID, Attributes, Tags, every_attribute
from claimlint.readers.markup_state import FENCES, SIBLINGS

_MOST_STYLE = 500_000
"""Characters of style sheets that are followed."""
_MOST_WORK = 3_000_000
"""Comparisons of a rule with an element: far beyond any page that people wrote, a second or two at most."""
_EM = {
    "h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67,
    "small": 1 / styles.STEP, "sub": 1 / styles.STEP, "sup": 1 / styles.STEP, "big": styles.STEP,
    "rt": 0.5,
}  # fmt: skip
"""Browsers' own style sheet (HTML Standard, "Rendering"): times the parent's size."""
_MONOSPACE = frozenset({"code", "kbd", "pre", "samp", "tt"})
"""Browsers make these smaller or not by rules of their own, so their size is unknown unless it is stated."""
_CONTROLS = frozenset({"button", "input", "select", "textarea"})
_CONTROL = 40 / 3
_HEAD = frozenset({"head", "title", "meta", "link", "base", "style", "script", "noscript", "template"})
_CLOSES_P = frozenset(
    "address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table ul".split()
)
_NOT_SHOWN = frozenset({Scope.META, Scope.ALT, Scope.TITLE})


class Measured(NamedTuple):
    """Runs of text in the source: start, end and size in CSS pixels (None: unknown; 0: the styles hide it).

    ``lacks`` says why nothing is known at all (empty where something is); ``colours`` are the starts of runs whose type
    is ``faint`` on what it stands on, or may be (``unknown``).
    """

    runs: tuple[tuple[int, int, float | None], ...] = ()
    lacks: str = ""
    colours: Mapping[int, str] = MappingProxyType({})

    def sizes(self, block: Block) -> list[float | None]:
        """The sizes that occur in a block; none for text that stands in attributes."""
        return [size for _, _, size in self._of(block)]

    def verdicts(self, block: Block) -> set[str]:
        """``faint`` and ``unknown`` as they occur in a block; "" for type that can be read."""
        return {self.colours.get(start, "") for start, _, _ in self._of(block)}

    def _of(self, block: Block) -> Iterator[tuple[int, int, float | None]]:
        for _, start, end in block.segments:
            at = max(0, bisect_right(self.runs, start, key=lambda run: run[0]) - 1)
            while at < len(self.runs) and self.runs[at][0] < end:
                if self.runs[at][1] > start:
                    yield self.runs[at]
                at += 1

    def largest(self, blocks: Iterable[Block]) -> tuple[float, bool]:
        """The largest size that is known, and whether every other is known, too."""
        found = [
            size for block in blocks if block.scope not in _NOT_SHOWN for size in self.sizes(block)
        ]  # titles and alternative texts are no type on the page
        return max((size for size in found if size is not None), default=0.0), None not in found


def measured(document: Document) -> Measured:
    """The sizes of the type in ``document``, as its own styles give them."""
    if document.format != "html":
        return Measured(lacks="only an HTML page shows it")
    source = document.source
    view, _ = mask(source, template_holes(source)[0])
    tags = Tags()
    texts: list[str] = []
    for _, raw, name, content, _, token, _ in TOKEN.findall(view):
        if raw and name.lower() == "style" and _screen(tags[raw].attributes):
            texts.append(content)
        elif token and token[:5].lower() == "<link" and _sheet(tags[token].attributes):
            return Measured(lacks="the page loads a style sheet from elsewhere")
    if sum(map(len, texts)) > _MOST_STYLE:
        return Measured(lacks="its styles are too long to follow")
    if any(HOLE in text for text in texts):
        return Measured(lacks="its styles are filled in by a template")
    known = styles.sheets(texts)
    if known.lacks:
        return Measured(lacks=known.lacks)
    walk = _Walk(known, "<!doctype html" in view[:1000].lower())
    try:
        return Measured(tuple(walk.runs(view, tags)), colours=walk.colours)
    except _TooMuchError:
        return Measured(lacks="its styles are too many to follow")


def _screen(found: Attributes) -> bool:
    return found.get("media", ("", 0, 0))[0].strip().lower() != "print"


def _sheet(found: Attributes) -> bool:
    kinds = found.get("rel", ("", 0, 0))[0].lower().split()
    loaded = "stylesheet" in kinds and "alternate" not in kinds
    preloaded = "preload" in kinds and found.get("as", ("", 0, 0))[0].lower() == "style"
    return (loaded or preloaded) and _screen(found)


class _TooMuchError(Exception):
    """The page's rules and elements ask for more comparisons than are made."""


class _Element(NamedTuple):
    name: str
    ident: str
    classes: frozenset[str]
    size: float | None
    hidden: bool
    colours: colours.Colours
    scaled: bool
    """Something above or here scales it, so that its size is no measure."""


class _Walk:
    """The open elements of a page, each with the size that the cascade gives it."""

    def __init__(self, sheets: styles.Sheets, standards: bool) -> None:
        self.open: list[_Element] = []
        self.colours: dict[int, str] = {}
        self.work = 0
        self.standards = standards
        self.keyed: dict[tuple[str, str], list[styles.Styling]] = {}
        for one in sheets.found:
            last = one.selector.parts[0][1]
            if last.ids:
                key = ("#", last.ids[0])
            elif last.classes:
                key = (".", last.classes[0])
            else:
                key = ("", last.name or "*")
            self.keyed.setdefault(key, []).append(one)

    def runs(self, view: str, tags: Tags) -> Iterator[tuple[int, int, float | None]]:
        """The runs of text with their sizes, in order."""
        at = 0
        for text, raw, _, content, shut, token, other in TOKEN.findall(view):
            if text and not text.isspace():
                self._begin()
                top = self.open[-1]
                size = 0.0 if top.hidden else None if top.scaled else top.size
                if top.colours.verdict:
                    self.colours[at] = top.colours.verdict
                yield at, at + len(text), size
            at += len(text) + len(raw) + len(content) + len(shut) + len(other)
            if token:
                tag = tags[token]
                if tag.closing:
                    self._close(tag.name)
                elif tag.name and tag.name not in _HEAD:
                    self._open(tag.name, every_attribute(tag, token), token, closed=tag.closed)
                at += len(token)

    def _begin(self) -> None:
        """HTML and body are there whether or not they are written."""
        if not self.open:
            self._push("html", {}, "")
        if len(self.open) == 1:
            self._push("body", {}, "")

    def _open(self, name: str, found: Attributes, token: str, *, closed: bool) -> None:
        if name == "html":
            if not self.open:
                self._push(name, found, token)
            return
        if name == "body":
            if not self.open:
                self._push("html", {}, "")
            if len(self.open) == 1:
                self._push(name, found, token)
            return
        self._begin()
        if name in _CLOSES_P:
            self._close_implied(("p",))
        if name in SIBLINGS:
            self._close_implied(SIBLINGS[name])
        if name not in VOID and not closed:
            self._push(name, found, token)

    def _close_implied(self, names: tuple[str, ...]) -> None:
        for at in range(len(self.open) - 1, 1, -1):
            if self.open[at].name in names:
                del self.open[at:]
                return
            if self.open[at].name in FENCES or self.open[at].name in ("div", "section", "button"):
                return

    def _close(self, name: str) -> None:
        for at in range(len(self.open) - 1, 1, -1):
            if self.open[at].name == name:
                del self.open[at:]
                return
            self.work += 1
            if self.work > _MOST_WORK:
                raise _TooMuchError

    def _push(self, name: str, found: Attributes, token: str) -> None:
        above = self.open[-1] if self.open else None
        ident = decode_all(found["id"][0]).strip() if "id" in found else ""
        classes = frozenset(decode_all(found["class"][0]).split()) if "class" in found else frozenset()
        parent = above.size if above else styles.ROOT
        around = above.colours if above else colours.Colours()
        element = _Element(name, ident, classes, parent, False, around, above is not None and above.scaled)
        stated = self._stated(element, found)
        size = self._computed(stated.get("size"), name, parent, found)
        told = colours.attributes(name, found) | stated
        paint = colours.computed(told, around, link=name == "a" and "href" in found)
        if HOLE in token:
            size, paint = None, paint._replace(type=None, ground=None, clear=False)
        self.open.append(
            element._replace(
                size=size,
                hidden=(above is not None and above.hidden) or stated.get("display", ("", 0))[0] == "none",
                colours=paint,
                scaled=element.scaled or "zoom" in stated,
            )
        )

    def _stated(self, element: _Element, found: Attributes) -> dict[str, styles.Value]:
        """What the cascade gives the element: about -> value."""
        best: dict[str, tuple[tuple[bool, bool, tuple[int, int, int], int], styles.Value]] = {}
        keys = [("", "*"), ("", element.name), *((".", one) for one in element.classes)]
        if element.ident:
            keys.append(("#", element.ident))
        for key in keys:
            for one in self.keyed.get(key, ()):
                beaten = one.about in best and best[one.about][0] > one.weight
                if not beaten and self._matches(one.selector, element):
                    best[one.about] = (one.weight, one.value)
        if "style" in found:
            for number, (about, value, important) in enumerate(styles.inline(decode_all(found["style"][0]))):
                weight = (important, True, (0, 0, 0), number)
                if about not in best or best[about][0] < weight:
                    best[about] = (weight, value)
        return {about: value for about, (_, value) in best.items()}

    def _computed(
        self, value: styles.Value | None, name: str, parent: float | None, found: Attributes
    ) -> float | None:
        if value is None:
            if name in _CONTROLS:
                return _CONTROL
            if name == "table" and not self.standards:
                return styles.ROOT
            if name == "font" and "size" in found:
                return styles.font_size(found["size"][0])
            if name in _MONOSPACE:
                return None
            value = ("em", _EM.get(name, 1.0))
        unit, amount = value
        if unit == "px":
            return amount
        if unit == "em":
            return None if parent is None else parent * amount
        if unit == "rem":
            root = self.open[0].size if self.open else styles.ROOT
            return None if root is None else root * amount
        return None

    def _matches(self, selector: styles.Selector, element: _Element) -> bool:
        return self._fits(selector.parts[0][1], element) and self._within(selector, 1, len(self.open) - 1)

    def _fits(self, wanted: styles.Compound, element: _Element) -> bool:
        self.work += 1
        if self.work > _MOST_WORK:
            raise _TooMuchError
        return (
            (wanted.name is None or wanted.name == element.name)
            and all(one == element.ident for one in wanted.ids)
            and all(one in element.classes for one in wanted.classes)
        )

    def _within(self, selector: styles.Selector, part: int, depth: int) -> bool:
        """Whether the elements open at ``depth`` and above are what the selector wants from ``part`` on."""
        if part == len(selector.parts):
            return True
        joint, wanted = selector.parts[part]
        for at in range(depth, -1, -1):
            if self._fits(wanted, self.open[at]) and self._within(selector, part + 1, at - 1):
                return True
            if joint == ">":
                return False
        return False
