"""What a reader of code has found in a file, and how that becomes a Document.

Scanning comes first and only notes places: strings that are copy, stretches of markup, what must be masked in them.
Then one page is filled from those notes, so that all formats treat HTML, Markdown and escapes in strings alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from claimlint.model import Comment, Document, Scope, Segment, replace
from claimlint.readers.copy_policy import fact, why_not
from claimlint.readers.copy_values import Decoded, Value, show
from claimlint.readers.holes import HOLE
from claimlint.readers.markup import Scan
from claimlint.readers.page import Page, Record
from claimlint.readers.page_facts import telling

REST = "\ufdd1"
_INTRODUCES = (Scope.HEADING, Scope.PARAGRAPH)

Segments = tuple[Segment, ...]

Patch = tuple[int, int, str | None, str]
"""(start, end, view, text): where ``view`` is None, source[start:end] is a hole that stands for ``text``;
otherwise scanners see ``view``, which is as long, in its stead."""


class Plan:
    """Collects, in any order, what is to be read in ``source``; ``document`` makes the Document of it.

    ``self_closing`` says that "/>" ends any element of the markup.

    ``masks`` are patches for ``stretches`` of markup. ``left`` lists what was left out, with the reason. ``lists``
    holds the values of arrays by the array's name, ``shown`` the places in markup where such an array is shown,
    ``outermost`` the values that stand in no list or object but the document's own.
    """

    def __init__(self, source: str, self_closing: bool = False) -> None:
        self.source = source
        self.self_closing = self_closing
        self.masks: list[Patch] = []
        self.comments: list[Comment] = []
        self.values: list[Value] = []
        self.stretches: list[tuple[int, int]] = []
        self.left: list[tuple[int, int, str]] = []
        self.lists: dict[str, list[Value]] = {}
        self.shown: list[tuple[str, int]] = []
        self.meta: dict[str, str] = {}
        self.outermost: list[Value] = []

    @property
    def start(self) -> int:
        """Where reading starts: behind a byte order mark."""
        return 1 if self.source.startswith("\ufeff") else 0

    def judge(
        self,
        key: str,
        start: int,
        end: int,
        decoded: Decoded,
        scope: Scope = Scope.PARAGRAPH,
        in_list: bool = False,
    ) -> Value | None:
        """A new value where the policy takes ``decoded`` under ``key`` for copy; else the reason is noted.

        ``start`` and ``end`` are the place of the whole literal, ``scope`` what it is where the key does not say.
        What stands in a list (a review and its author) is no fact about the page.
        """
        text = decoded[0]
        if not text:
            return None
        found = fact(key)
        if found is not None and len(text) < 300:
            if not in_list:
                self.meta.setdefault(found, " ".join(text.split()))
            self.left.append((start, end, f"the key '{key}' says who or when, which is no copy"))
            return None
        reason = why_not(key, text)
        if reason is not None:
            self.left.append((start, end, reason))
            return None
        value = Value(start, key, decoded, scope)
        self.values.append(value)
        return value

    def markup(self, start: int, end: int) -> None:
        """Notes source[start:end] as markup."""
        if start < end:
            self.stretches.append((start, end))

    def document(self, path: str, form: str, walk: bool = False, before: Sequence[Record] = ()) -> Document:
        """The document of all that was noted: blocks in order of their place in the source.

        ``walk`` says that the stretches of markup are parts of one page, in which elements stay open; ``before``
        holds records that another reader made (of front matter).
        """
        view, holes = patched(self.source, self.masks)
        page = Page(self.source, view, holes)
        page.comments.extend(self.comments)
        page.meta.update(self.meta)
        page.records.extend(before)
        scan = Scan(page, self.self_closing)
        for start, end in sorted(self.stretches):
            scan.feed(start, end)
            if not walk:
                scan.finish()
                scan = Scan(page, self.self_closing)
        scan.finish()
        page.comments.sort(key=lambda comment: comment.start)
        later = self.put(page)
        page.out_of_order()
        self.left.extend(page.left)
        document = page.finish(path, form)
        return _forward(document, later) if later else document

    def skipped(self, walk: bool = False) -> list[tuple[int, int, str]]:
        """What was left out, of the markup too: (start, end, reason), in order."""
        self.document("", "", walk)
        return sorted(telling(self.source, self.left))

    def put(self, page: Page) -> list[tuple[Segments, Segments]]:
        """Puts the values on ``page``, in order; returns the lead-ins that stand below what they introduce."""
        markup = len(page.records)
        for value in sorted(self.values, key=lambda value: value.start):
            show(page, value)
        return self._introduce(page, markup)

    def _introduce(self, page: Page, markup: int) -> list[tuple[Segments, Segments]]:
        """Settles the lead-ins of values; returns those of arrays that stand away from where they are shown."""
        for value in self.values:
            if value.lead is not None and value.lead.first < value.lead.last:
                _lead(page, value, value.lead.first)
        shown: list[tuple[Segments, Segments]] = []
        starts = sorted((record[2][0][1], number) for number, record in enumerate(page.records[:markup]))
        for name, at in self.shown:
            before = bisect_left(starts, (at, -1)) - 1
            if before < 0:
                continue
            number = starts[before][1]
            if page.records[number][1] in _INTRODUCES:
                for value in self.lists.pop(name, ()):
                    shown.extend(
                        (page.records[index][2], page.records[number][2])
                        for index in range(value.first, value.last)
                        if page.records[index][4] is None
                    )
        return shown


def _lead(page: Page, value: Value, number: int) -> None:
    for index in range(value.first, value.last):
        text, scope, segments, level, lead = page.records[index]
        if lead is None and index != number:
            page.records[index] = (text, scope, segments, level, number)


def _forward(document: Document, later: list[tuple[Segments, Segments]]) -> Document:
    """``document`` with lead-ins that may stand below what they introduce, as an array stands above its heading."""
    places = {block.segments: index for index, block in enumerate(document.blocks)}
    blocks = list(document.blocks)
    for segments, lead in later:
        index, above = places.get(segments), places.get(lead)
        if index is not None and above is not None and index != above:
            blocks[index] = replace(blocks[index], lead_in=above)
    return replace(document, blocks=tuple(blocks))


def patched(source: str, patches: list[Patch]) -> tuple[str, dict[int, str]]:
    """(view, fillings) as ``Page`` wants them; of patches that overlap the first, and then the longest, counts."""
    parts: list[str] = []
    fillings: dict[int, str] = {}
    done = 0
    for start, end, view, text in sorted(patches, key=lambda patch: (patch[0], -patch[1])):
        if start < done or end <= start:
            continue
        parts.append(source[done:start])
        if view is None:
            parts.append(HOLE + REST * (end - start - 1))
            fillings[start] = text
        else:
            assert len(view) == end - start, "a patch must keep the length, or every later position is wrong"
            parts.append(view)
        done = end
    parts.append(source[done:])
    return "".join(parts), fillings
