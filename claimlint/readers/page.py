"""Where readers put what they read: text with its place in the source, cut into blocks as they go.

Every reader drives one ``Page``; so white space, entities, trimming, order, headings and lead-ins are
treated alike in all formats, and positions are recorded at the only moment when they are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimlint.model import Block, Comment, Document, Link, Scope, Segment, Unread
from claimlint.readers.entities import ENTITY, decode_entity
from claimlint.readers.holes import HOLE, HOLE_RUN, REST, WORD

WHITE = " \t\n\r\f\v"
_MASKED = frozenset((HOLE, REST))
_RUN = re.compile(r"[ \t\n\r\f\v]{2,}")
_NO_HEADING = frozenset({Scope.META, Scope.TITLE, Scope.FOOTER, Scope.NAVIGATION})

Record = tuple[str, Scope, tuple[Segment, ...], int, int | None]


class Page:
    """Collects blocks, comments, links and facts of one document.

    ``source`` is the decoded file. ``view`` is what the reader scans: the source itself, or a copy of
    the same length in which holes (template tags, escapes) are masked; ``holes`` maps the start of
    each hole to the text that it stands for (``holes.mask`` makes both).

    A reader calls ``prose``, ``plain`` or ``put`` for each run of text, in source order, and ``flush``
    where a block ends. ``last`` is the number of the latest block made by ``flush`` (None before the
    first): what to pass as ``lead`` of blocks that it introduces. ``left`` lists what
    is shown to nobody, with the reason. ``length`` is how much text the block under
    construction has.
    """

    __slots__ = (
        "_parts", "_segments", "_sided", "_spaced",
        "comments", "holes", "last", "left", "length", "links", "meta", "records", "source", "unread", "view",
    )  # fmt: skip

    def __init__(self, source: str, view: str | None = None, holes: Mapping[int, str] | None = None) -> None:
        self.source = source
        self.view = source if view is None else view
        self.holes: Mapping[int, str] = holes or {}
        self.records: list[Record] = []
        self.comments: list[Comment] = []
        self.links: list[Link] = []
        self.unread: list[Unread] = []
        self.left: list[tuple[int, int, str]] = []
        self.meta: dict[str, str] = {}
        self.last: int | None = None
        self._sided = False
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self.length = 0
        self._spaced = True

    @property
    def start(self) -> int:
        """Where reading starts: behind a byte order mark."""
        return 1 if self.source.startswith("\ufeff") else 0

    def prose(self, text: str, at: int, attribute: bool = False) -> None:
        """Adds view[at:at+len(text)], which is ``text``: entities decoded, holes filled, spaces collapsed.

        ``attribute`` applies the stricter entity rule of attribute values.
        """
        if self.view is not self.source:
            text = self._as_written(text, at)
        if "&" not in text and not (self.holes and HOLE in text):
            self._plain(text, at)
        else:
            self._mixed(text, at, _special(text), attribute)

    def plain(self, text: str, at: int) -> None:
        """Adds ``text``, which is view[at:at+len(text)], as ``prose`` does but with no entities in it."""
        if self.view is not self.source:
            text = self._as_written(text, at)
        if self.holes and HOLE in text:
            self._mixed(text, at, list(HOLE_RUN.finditer(text)), False)
        else:
            self._plain(text, at)

    def _as_written(self, text: str, at: int) -> str:
        """``text`` as the source has it: a tag that was rewritten for the scanner may turn out to be no tag."""
        if self.source.startswith(text, at) or not self.view.startswith(text, at):
            return text
        written = self.source[at : at + len(text)]
        if HOLE not in text:
            return written
        return "".join(seen if seen in _MASKED else char for seen, char in zip(text, written, strict=True))

    def _mixed(self, text: str, at: int, special: list[re.Match[str]], attribute: bool) -> None:
        done = 0
        for match in special:
            start, end = match.span()
            if start < done:
                continue
            if text[start] == HOLE:
                filling = self.holes.get(at + start)
            else:
                filling, end = decode_entity(text, start, end, attribute)
            if filling is None:
                continue
            if start > done:
                self._plain(text[done:start], at + done)
            self.put(filling, at + start, at + end)
            done = end
        if done < len(text):
            self._plain(text[done:] if done else text, at + done)

    def _plain(self, text: str, at: int) -> None:
        if not text:
            return
        # Written out: this runs for every stretch of text of every page.
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text or "\v" in text:
            self._loose(text, at)
            return
        if self._spaced and text[0] == " ":
            text = text[1:]
            at += 1
            if not text:
                return
        length = self.length
        size = len(text)
        self._segments.append((length, at, at + size))
        self._parts.append(text)
        self.length = length + size
        self._spaced = text[-1] == " "

    def put(self, text: str, start: int, end: int) -> None:
        """Adds ``text`` for source[start:end] as a whole: an entity, a template expression, an escape."""
        if not text:
            return
        if text.isspace() and not text.strip(WHITE):
            self.space(start, end)
            return
        self._segments.append((self.length, start, end))
        self._parts.append(text)
        self.length += len(text)
        self._spaced = False

    def space(self, start: int, end: int) -> None:
        """Adds one space for source[start:end], unless one is there already or the block is empty."""
        if self._spaced or start >= end:
            return
        self._segments.append((self.length, start, end))
        self._parts.append(" ")
        self.length += 1
        self._spaced = True

    def flush(self, scope: Scope, level: int = 0, lead: int | None = None) -> None:
        """Ends the block under construction; does nothing where there is no text."""
        if self.length and self._build(scope, level, lead):
            self.last = len(self.records) - 1

    def aside(self, scope: Scope, start: int, end: int) -> None:
        """Makes view[start:end] (an attribute's value) a block of its own amid the one under construction."""
        kept = self._parts, self._segments, self.length, self._spaced
        self._reset()
        self.prose(self.view[start:end], start, attribute=True)
        if self._build(scope, 0, None):
            self._sided = True
        self._parts, self._segments, self.length, self._spaced = kept

    def out_of_order(self) -> None:
        """Says that blocks were made in another order than that of the source: ``finish`` sorts them."""
        self._sided = True

    def finish(self, path: str, form: str) -> Document:
        """The document: blocks in order of their start in the source, headings and lead-ins settled."""
        records = self.records
        places: list[int] = list(range(len(records)))
        if self._sided:
            order = sorted(places, key=lambda number: records[number][2][0][1])
            for place, number in enumerate(order):
                places[number] = place
            records = [records[number] for number in order]
        blocks: list[Block] = []
        above: list[tuple[int, int]] = []
        for index, (text, scope, segments, level, lead) in enumerate(records):
            if scope is Scope.HEADING:
                while above and above[-1][0] >= level:
                    above.pop()
                heading = above[-1][1] if above else None
                above.append((level, index))
            else:
                heading = above[-1][1] if above and scope not in _NO_HEADING else None
            lead_in = None if lead is None or places[lead] >= index else places[lead]
            blocks.append(Block(text, scope, segments, level, heading, lead_in))
        return Document(
            path=path,
            format=form,
            source=self.source,
            blocks=tuple(blocks),
            comments=tuple(self.comments),
            links=tuple(sorted(self.links, key=lambda link: link.start)),
            unread=tuple(sorted(self.unread, key=lambda part: part.start)),
            meta=dict(sorted(self.meta.items())),
        )

    def _run(self, text: str, at: int) -> None:
        self._segments.append((self.length, at, at + len(text)))
        self._parts.append(text)
        self.length += len(text)
        self._spaced = text[-1] == " "

    def _loose(self, text: str, at: int) -> None:
        core = text.lstrip(WHITE)
        lead = len(text) - len(core)
        if lead:
            self.space(at, at + lead)
            if not core:
                return
            at += lead
        bare = core.rstrip(WHITE)
        done = 0
        for match in _RUN.finditer(bare):
            start, end = match.span()
            self._run(_singles(bare[done:start]), at + done)
            self.space(at + start, at + end)
            done = end
        self._run(_singles(bare[done:] if done else bare), at + done)
        self.space(at + len(bare), at + len(core))

    def _reset(self) -> None:
        self._parts = []
        self._segments = []
        self.length = 0
        self._spaced = True

    def _build(self, scope: Scope, level: int, lead: int | None) -> bool:
        text = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        segments = self._segments
        self._reset()
        left = len(text) - len(text.lstrip())
        bare = text.strip()
        if not bare or (WORD in bare and not bare.strip(WORD + " ")):
            return False
        if len(bare) != len(text):
            segments = _trim(segments, left, left + len(bare), len(text))
        self.records.append((bare, scope, tuple(segments), level, lead))
        return True


def _special(text: str) -> list[re.Match[str]]:
    found = list(ENTITY.finditer(text)) if "&" in text else []
    if HOLE in text:
        found.extend(HOLE_RUN.finditer(text))
        found.sort(key=lambda match: match.start())
    return found


def _singles(text: str) -> str:
    """``text`` with every white space character made a space: same length, so it still maps verbatim."""
    for mark in "\n\t\r\f\v":
        text = text.replace(mark, " ")
    return text


def _trim(segments: list[Segment], left: int, stop: int, total: int) -> list[Segment]:
    kept: list[Segment] = []
    following = [at for at, _, _ in segments[1:]]
    following.append(total)
    for (at, start, end), until in zip(segments, following, strict=True):
        if until <= left or at >= stop:
            continue
        begin = at
        if end - start == until - at:
            cut_left, cut_right = max(0, left - at), max(0, until - stop)
            start, end, begin = start + cut_left, end - cut_right, at + cut_left  # noqa: PLW2901
        kept.append((max(begin, left) - left, start, end))
    return kept
