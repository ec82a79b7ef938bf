"""What the walk over HTML remembers about the table and the hidden element that it stands in.

End tags are optional for rows, cells and items, so where such an element ends is a matter of what follows.
"""

from __future__ import annotations

from claimlint.readers.html_tokens import Tag

SIBLINGS = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
    "tr": ("tr",), "option": ("option",),
    "thead": ("thead", "tbody", "tfoot"), "tbody": ("thead", "tbody", "tfoot"), "tfoot": ("thead", "tbody"),
    **{f"h{level}": tuple(f"h{other}" for other in range(1, 7)) for level in range(1, 7)},
}  # fmt: skip
"""What an element's start tag closes when its end tag was left out."""
FENCES = frozenset({"ul", "ol", "menu", "dl", "table", "select", "nav", "footer", "blockquote"})
"""Where the search for such an element stops."""


class Table:
    """The header cells by column (numbers of blocks), and where in the grid we are."""

    __slots__ = ("column", "head", "headers", "row", "since")

    def __init__(self) -> None:
        self.row = -1
        self.column = 0
        self.head = False
        self.headers: dict[int, int] = {}
        self.since = 0


class Hidden:
    """The element that hides what is read now, where it starts, and how deep in its own kind we are."""

    __slots__ = ("depth", "inner", "name", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.depth = 0
        self.inner = 0

    def ends(self, tag: Tag) -> bool | None:
        """None: still hidden. True: ended, and the tag was its end tag. False: ended before the tag."""
        name = self.name
        if name in SIBLINGS and tag.name in FENCES:
            self.inner += -1 if tag.closing else 1
            return False if self.inner < 0 else None
        if self.inner:
            return None
        if tag.name == name:
            if tag.closing:
                self.depth -= 1
                return True if self.depth < 0 else None
            if name in SIBLINGS or name == "p":
                return False
            self.depth += 0 if tag.closed else 1
            return None
        if not tag.closing and tag.name in SIBLINGS.get(name, ()):
            return False
        if name == "p" and not tag.inline:
            return False
        return None
