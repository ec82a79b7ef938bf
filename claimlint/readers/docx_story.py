"""Turns the XML of one text of a Word document (body, header, notes) into paragraphs as a stream of events.

What counts as text is decided here alone: the report that writes comments walks the same elements, and its
tests compare the two.
"""

from __future__ import annotations

from bisect import bisect_left

DELETED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"})
"""Elements whose content no reader sees: tracked deletions, the second copy of a text box, field codes."""
BREAKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
"""Elements of a run that stand for a character."""
WHITE = " \t\n\r\f\v"
_DEEPEST = 2_000


def hidden(local: str) -> bool:
    """Whether an element holds nothing that is shown; ...Change elements keep how things were before an edit."""
    return local in DELETED or local.endswith("Change")


def on(value: str | None) -> bool:
    """Whether a switch such as w:vanish is on; it is where it has no value."""
    return value not in ("0", "false", "off", "none")


def squeezed(raw: str) -> tuple[str, list[int]]:
    """``raw`` with white space collapsed and trimmed, and where in ``raw`` each character stands."""
    text: list[str] = []
    places: list[int] = []
    for at, char in enumerate(raw):
        if char in WHITE:
            if not text or text[-1] == " ":
                continue
            char = " "  # noqa: PLW2901
        text.append(char)
        places.append(at)
    bare = "".join(text).strip()
    lead = len(text) - len("".join(text).lstrip())
    return bare, places[lead : lead + len(bare)]


class Paragraph:
    """One paragraph: its text as shown, its style, and what is known of its place."""

    def __init__(self, kind: str, locator: str, in_cell: bool) -> None:
        self.kind, self.locator, self.in_cell = kind, locator, in_cell
        self.parts: list[str] = []
        self.length = 0
        self.style = ""
        self.numbered: bool | None = None
        self.outline: int | None = None
        self.alts: list[str] = []
        self.links: list[tuple[str, int, int]] = []
        self.text = ""
        self._places: list[int] = []

    def add(self, text: str) -> None:
        """Appends shown text."""
        self.parts.append(text)
        self.length += len(text)

    def close(self) -> None:
        """Settles ``text``; nothing is added afterwards."""
        self.text, self._places = squeezed("".join(self.parts))
        self.parts = []

    def texts(self) -> list[str]:
        """The paragraph's text and the texts of its pictures, without what is empty."""
        return [text for text in (self.text, *(squeezed(alt)[0] for alt in self.alts)) if text]

    def placed_links(self) -> list[tuple[str, int, int]]:
        """Each address with the half-open stretch of ``text`` that leads to it."""
        return [
            (href, bisect_left(self._places, start), bisect_left(self._places, end))
            for href, start, end in self.links
        ]


class Story:
    """Expat handlers that collect ``paragraphs``; ``word`` is what locators call them."""

    def __init__(self, word: str, relations: dict[str, tuple[str, str]]) -> None:
        self.word = word
        self.paragraphs: list[Paragraph] = []
        self._relations = relations
        self._open: list[Paragraph] = []
        self._skip = 0
        self._depth = 0
        self._cells = 0
        self._run: list[bool] = []  # for each open run, whether it is shown
        self._text = False
        self._note = ""
        self._links: list[tuple[str, Paragraph, int]] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._skip or self._depth > _DEEPEST:
            self._skip += 1
            return
        space, _, local = name.rpartition(" ")
        if hidden(local):
            self._skip = 1
        elif local == "p" and "wordprocessingml" in space:
            self._paragraph()
        elif local in ("footnote", "endnote"):
            self._note = values.get(f"{space} id", "")
            if values.get(f"{space} type", "normal") != "normal":
                self._skip = 1
        elif local == "tc":
            self._cells += 1
        elif self._open:
            self._inside(local, space, values)

    def _paragraph(self) -> None:
        number = f" {len(self.paragraphs) + 1}" if self.word == "paragraph" else ""
        if self._note:
            number = f" {self._note}"
        made = Paragraph(self.word, self.word + number, self._cells > 0)
        self.paragraphs.append(made)
        self._open.append(made)

    def _inside(self, local: str, space: str, values: dict[str, str]) -> None:
        paragraph = self._open[-1]
        value = values.get(f"{space} val")
        if local == "r":
            self._run.append(True)
        elif local == "t":
            self._text = bool(self._run and self._run[-1])
        elif local in BREAKS:
            if self._run and self._run[-1]:
                paragraph.add(BREAKS[local])
        elif local == "vanish":
            if self._run and on(value):
                self._run[-1] = False
        elif local == "pStyle":
            paragraph.style = value or ""
        elif local == "numId":
            paragraph.numbered = value != "0"
        elif local == "outlineLvl":
            paragraph.outline = int(value) if value and value.isdigit() else None
        elif local == "docPr":
            paragraph.alts += [values["descr"]] if values.get("descr") else []
        elif local == "hyperlink":
            relation = next((v for k, v in values.items() if k.endswith(" id")), "")
            _, href = self._relations.get(relation, ("", ""))
            self._links.append((href, paragraph, paragraph.length))

    def text(self, text: str) -> None:
        """Characters arrive."""
        if self._text and not self._skip:
            self._open[-1].add(text)

    def end(self, name: str) -> None:
        """An element closes."""
        self._depth -= 1
        if self._skip:
            self._skip -= 1
            return
        space, _, local = name.rpartition(" ")
        if local == "t":
            self._text = False
        elif local == "r" and self._run:
            self._run.pop()
        elif local == "tc":
            self._cells -= 1
        elif local == "hyperlink" and self._links:
            href, paragraph, start = self._links.pop()
            if href:
                paragraph.links.append((href, start, paragraph.length))
        elif local == "p" and "wordprocessingml" in space and self._open:
            self._open.pop().close()
