"""Walks HTML tokens and puts what a reader of the page sees on a ``Page``.

``scan(page, start, end)`` reads page.view[start:end], so that readers of other formats that hold HTML (PHP, Vue, Markdown) can reuse it:
they mask what is code in their language as holes, make ``Page(source, view, holes)`` and call ``scan`` for each stretch of markup, as
often as they like and in source order. Text outside any block element becomes a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from claimlint.model import Comment, Scope, Unread
from claimlint.readers.entities import decode_all
from claimlint.readers.html_tokens import CLOSING_TOKEN, SCOPES, TOKEN, VOID, Attributes, Tag, Tags
from claimlint.readers.markup_attributes import read_attributes
from claimlint.readers.markup_state import FENCES, SIBLINGS, Hidden, Table
from claimlint.readers.page import Page
from claimlint.readers.page_facts import note_script

_LISTS = frozenset({"ul", "ol", "menu", "dl"})
_CELLS = frozenset({"td", "th"})
_CONTAINED = frozenset({Scope.FOOTER, Scope.NAVIGATION})
_INTRODUCES = frozenset({Scope.PARAGRAPH, Scope.HEADING})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_DEEPEST_LOOK = 40
_ENTERED = frozenset(SCOPES) | _LISTS | {"table", "thead", "tbody", "tfoot", "tr"}
"""Elements whose start changes what the text in them is."""


class Scan:
    """The state of a walk: open elements, the scope that text falls into, what introduces it."""

    __slots__ = (
        "base", "counts", "hidden", "item_from", "lead", "level", "list_lead", "page", "scope", "stack",
        "table", "tags", "token", "was_break",
    )  # fmt: skip

    def __init__(self, page: Page, self_closing: bool = False) -> None:
        self.page = page
        self.token = CLOSING_TOKEN if self_closing else TOKEN
        self.tags = Tags()
        self.scope = Scope.PARAGRAPH
        self.level = 0
        self.lead: int | None = None
        self.list_lead: int | None = None
        self.item_from = 0
        self.table: Table | None = None
        self.hidden: Hidden | None = None
        self.stack: list[tuple[str, Scope, int, int | None, int | None, int, Table | None]] = []
        self.counts: dict[str, int] = {}
        self.was_break = False

    def feed(self, start: int, end: int) -> None:
        """Reads page.view[start:end]; may be called again for a later stretch, elements stay open."""
        page = self.page
        prose = page.prose
        tags = self.tags
        at = start
        for text, raw, _, content, shut, token, other in self.token.findall(page.view, start, end):
            if text:
                if self.hidden is None and (page.length or not text.isspace()):  # no block starts with space
                    prose(text, at)
                    self.was_break = self.was_break and text.isspace()
                at += len(text)
            if token:
                tag = tags[token]
                if not tag.plain or self.hidden is not None or tag.name in self.counts:
                    self.tag(tag, at)
                at += len(token)
            elif raw:
                self._raw(tags[raw], at, at + len(raw), content)
                if not shut and not content.isspace() and content:
                    reason = f"<{tags[raw].name}> that is never closed hides the rest of the page"
                    page.unread.append(Unread(at, at + len(raw), reason))
                at += len(raw) + len(content) + len(shut)
            elif other:
                self._other(other, at)
                at += len(other)

    def tag(self, tag: Tag, at: int) -> None:
        """Handles one tag, which starts at offset ``at``."""
        if self.hidden is not None:
            hidden, ended = self.hidden, self.hidden.ends(tag)
            if ended is not None:
                self.page.left.append((hidden.start, at, f"<{hidden.name}> is hidden"))
                self.hidden = None
            if ended is not False:
                return
        if tag.plain:
            if tag.closing and tag.name in self.counts:
                self.close(tag.name)
        elif tag.closing:
            self.close_block(tag.name)
        else:
            self.open(tag, at)

    def flush(self) -> None:
        """Ends the block under construction in the scope at hand."""
        if self.page.length:
            self.page.flush(self.scope, self.level, self.lead)

    @contextmanager
    def within(self, scope: Scope, level: int, lead: int | None) -> Iterator[None]:
        """Text read in this context falls into ``scope``; elements that it leaves open keep theirs."""
        outer = self.scope, self.level, self.lead
        depth = len(self.stack)
        self.scope, self.level, self.lead = scope, level, lead
        yield
        self.flush()
        if len(self.stack) < depth:
            return
        for index in range(depth, len(self.stack)):
            name, held, _, _, *rest = self.stack[index]
            if held is scope:
                self.stack[index] = (name, *outer, *rest)  # type: ignore[assignment]
        if len(self.stack) == depth or self.scope is scope:
            self.scope, self.level, self.lead = outer

    def finish(self) -> None:
        """Ends the last block and closes what is still open."""
        self.flush()
        while self.stack:
            self._pop()

    def open(self, tag: Tag, at: int) -> None:
        """Handles a start tag at offset ``at``."""
        name = tag.name
        if not name:
            self.page.unread.append(Unread(at, at + 1, "tag that is never closed hides the rest of the page"))
            return
        if name == "br":
            self._break(at)
            return
        if not tag.inline:
            if self.page.length:
                self.flush()
            if name in SIBLINGS:
                self._close_siblings(name)
        found = tag.attributes
        if tag.hidden:
            if name not in VOID and not tag.closed:
                self.hidden = Hidden(name, at)
            return
        if tag.says:
            read_attributes(self.page, tag, at)
        if name in VOID or name == "p" or tag.closed:
            return
        if tag.button:
            self.flush()
            self._push(name)
            self.scope, self.level = Scope.BUTTON, 0
        elif not tag.inline:
            self._push(name)
            if name in _ENTERED:
                self._enter(name, found)

    def close(self, name: str) -> None:
        """Handles the end tag of an element that was pushed; ignored where none is open."""
        if not self.counts.get(name):
            return
        while self._pop() != name:
            pass

    def close_block(self, name: str) -> None:
        """Handles any end tag of a block element."""
        if self.page.length:
            self.flush()
        if name in _HEADINGS:
            name = next((entry[0] for entry in self.stack[-3:][::-1] if entry[0] in _HEADINGS), name)
        self.close(name)

    def _push(self, name: str) -> None:
        self.stack.append(
            (name, self.scope, self.level, self.lead, self.list_lead, self.item_from, self.table)
        )
        self.counts[name] = self.counts.get(name, 0) + 1

    def _pop(self) -> str:
        if self.page.length:
            self.flush()
        table = self.table
        name, self.scope, self.level, self.lead, self.list_lead, self.item_from, self.table = self.stack.pop()
        self.counts[name] -= 1
        if name in _CELLS and table is not None:
            self._leave_cell(table, name)
        elif name == "dt":
            # A term introduces the definitions that follow it.
            self.item_from = -1 if self.page.last is None else self.page.last
        return name

    def _close_siblings(self, name: str) -> None:
        siblings = SIBLINGS[name]
        if not any(self.counts.get(sibling) for sibling in siblings):
            return
        for entry in reversed(self.stack[-_DEEPEST_LOOK:]):
            if entry[0] in siblings:
                self.close(entry[0])
                return
            if entry[0] in FENCES:
                return

    def _enter(self, name: str, found: Attributes) -> None:
        page = self.page
        if name in _LISTS:
            self.list_lead = self._introduction()
            return
        if name == "table":
            self.table = Table()
            return
        table = self.table
        if table is not None and name in ("thead", "tbody", "tfoot", "tr"):
            table.head = name == "thead" or (name == "tr" and table.head)
            if name == "tr":
                table.row += 1
                table.column = 0
            return
        scope = SCOPES.get(name)
        if scope is None:
            return
        if self.scope not in _CONTAINED and not (self.scope is Scope.QUOTATION and name not in _HEADINGS):
            self.scope, self.level = scope
        if name in ("li", "dt"):
            self.lead = self.list_lead
            self.item_from = len(page.records)
        elif name == "dd":
            self.lead = self.item_from if 0 <= self.item_from < len(page.records) else None
        elif name in _CELLS and table is not None:
            table.since = len(page.records)
            self.lead = table.headers.get(table.column) if name == "td" else None
            span = found.get("colspan")
            if span is not None and span[0].isascii() and span[0].isdigit() and len(span[0]) < 3:
                table.column += max(0, int(span[0]) - 1)
        elif name in _HEADINGS:
            self.lead = None

    def _leave_cell(self, table: Table, name: str) -> None:
        records = self.page.records
        if name == "th" and (table.row <= 0 or table.head) and table.since < len(records):
            table.headers[table.column] = table.since
        table.column += 1

    def _introduction(self) -> int | None:
        """The block that introduces a list that starts here: the paragraph, heading or item before it."""
        last = self.page.last
        if last is None or self.scope in _CONTAINED:
            return None
        if self.counts.get("li"):
            return last if last >= self.item_from else self.lead
        return last if self.page.records[last][1] in _INTRODUCES else None

    def _break(self, at: int) -> None:
        if self.was_break:
            self.flush()
        self.was_break = True
        self.page.space(at, at + 3)

    def _raw(self, tag: Tag, at: int, inside: int, content: str) -> None:
        """Handles an element whose ``content``, at offset ``inside``, is no markup."""
        if self.hidden is not None:
            return
        page = self.page
        name = tag.name
        stop = inside + len(content)
        if name in ("title", "textarea"):  # a field shows what stands in it at first
            self.flush()
            read_attributes(page, tag, at)
            page.prose(content, inside)
            page.flush(Scope.TITLE if name == "title" else Scope.PARAGRAPH)
        if name == "title":
            page.meta.setdefault("title", " ".join(decode_all(page.source[inside:stop]).split()))
        elif name == "script":
            note_script(page, tag.attributes, inside, stop)
        elif name == "iframe":
            read_attributes(page, tag, at)

    def _other(self, token: str, at: int) -> None:
        if not token.startswith("<!--"):
            return
        page = self.page
        end = at + len(token)
        closed = token.endswith(("-->", "--!>")) and len(token) >= 7
        tail = 4 if token.endswith("--!>") else 3
        inner = page.source[at + 4 : end - tail] if closed else page.source[at + 4 : end]
        if not closed and not token.endswith(">"):
            page.unread.append(Unread(at, end, "comment that is never closed hides the rest of the page"))
            return
        page.comments.append(Comment(at, end, inner))


def scan(page: Page, start: int, end: int, self_closing: bool = False) -> None:
    """Reads the markup in page.view[start:end] onto ``page``. Linear in its length, whatever it holds.

    ``self_closing`` says that "/>" ends any element, as it does in XHTML, JSX and components but not in HTML.
    """
    walk = Scan(page, self_closing)
    walk.feed(start, end)
    walk.finish()
