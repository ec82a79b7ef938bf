"""The walk over the lines of Markdown: which containers are open, which leaf block a line belongs to.

One line is looked at once; what it means depends on the state between lines alone, so it stays linear.
"""

from __future__ import annotations

import re

from claimlint.model import Scope
from claimlint.readers import md_lines as lines
from claimlint.readers.markup import Scan
from claimlint.readers.md_blocks import (
    DEEPEST,
    Container,
    Fence,
    html_end,
    line_ends,
    lone_tag_end,
    masked,
    matched,
)
from claimlint.readers.md_inline import Inline, definitions
from claimlint.readers.page import Page

_INTRODUCES = frozenset({Scope.PARAGRAPH, Scope.HEADING, Scope.QUOTATION})
_MODULE_END = re.compile(r"(?:\r\n|\n|\r)[ \t]*+(?:\r\n|\n|\r|\Z)")
_PATIENCE = 8


class Walk:
    """The state between lines: open containers, the leaf block under construction."""

    def __init__(self, page: Page, is_mdx: bool) -> None:
        self.page = page
        self.view = page.view
        self.is_mdx = is_mdx
        self.modules: list[tuple[int, int]] = []  # the import and export lines of MDX
        self.scan = Scan(page, self_closing=is_mdx)
        self.containers: list[Container] = []
        self.lists: list[int | None] = []
        self.paragraph: list[tuple[int, int]] = []
        self.fence: Fence | None = None
        self.table: list[int | None] | None = None
        self.definitions: dict[str, str] = {}
        self.skip_to = 0
        self.unclosed = 0

    def read(self, start: int) -> None:
        """Reads page.view from ``start`` to its end."""
        view = self.view
        if "]:" in view:
            self.definitions = definitions(self.page, start)
        at = start
        for end, after in line_ends(view, start):
            if at >= self.skip_to:
                self._line(at, end)
            at = after
        self._end_fence()
        self._end_leaf()
        self.scan.finish()

    def _line(self, start: int, end: int) -> None:
        view = self.view
        first = view[start : start + 1]
        plain = first.isalpha() and not self.containers and self.fence is None and self.table is None
        if plain and (self.paragraph or not (self.is_mdx and lines.MODULE_LINE.match(view, start, end))):
            self.paragraph.append((start, end))
            return
        at, depth = matched(self.containers, view, start, end)
        fence = self.fence
        if fence is not None:
            if depth >= fence.depth:
                self._fenced(fence, at, end)
                return
            self._end_fence()
        rest = view[at:end]
        blank = not rest or rest.isspace()
        if (
            not blank
            and self.paragraph
            and depth < len(self.containers)
            and not self._starts_block(rest, depth)
        ):
            self.paragraph.append((at, end))
            return
        if depth < len(self.containers):
            self._end_leaf()
            del self.containers[depth:]
        if blank:
            self._end_leaf()
            return
        self._open(at, end)

    def _open(self, at: int, end: int) -> None:
        """Opens the containers that start on a line, then deals with what is left of it."""
        view = self.view
        while len(self.containers) < DEEPEST:
            quote = lines.QUOTE.match(view, at, end)
            if quote is not None:
                self._end_leaf()
                self.containers.append(Container(True, 0, None))
                at = quote.end()
                continue
            bullet = lines.BULLET.match(view, at, end)
            if bullet is None or lines.RULE.match(view, at, end) is not None:
                break
            sign, gap = bullet.group(1), bullet.group(2) or " "
            if self.paragraph and (bullet.group(2) is None or (sign[0].isdigit() and sign[:-1] != "1")):
                break
            self._end_leaf()
            wide = lines.columns(gap)
            inside = bullet.end(1) + (1 if wide > 4 else len(gap))
            width = bullet.end(1) - at + (1 if wide > 4 else wide)
            self._open_item(width)
            at = min(inside, end)
            task = lines.TASK.match(view, at, end)
            at = task.end() if task is not None else at
        if at < end:
            self._leaf(at, end)

    def _open_item(self, width: int) -> None:
        depth = len(self.containers)
        if depth < len(self.lists):
            lead = self.lists[depth]
            del self.lists[depth + 1 :]
        else:
            lead = self._introduction()
            while len(self.lists) < depth:
                self.lists.append(None)
            self.lists.append(lead)
        self.containers.append(Container(False, width, lead, len(self.page.records)))

    def _introduction(self) -> int | None:
        last = self.page.last
        if last is None:
            return None
        for container in reversed(self.containers):
            if not container.quote:
                return last if last >= container.since else container.lead
        return last if self.page.records[last][1] in _INTRODUCES else None

    def _starts_block(self, rest: str, depth: int) -> bool:
        if (
            lines.QUOTE.match(rest)
            or lines.ATX.match(rest)
            or lines.FENCE.match(rest)
            or lines.RULE.match(rest)
        ):
            return True
        bullet = lines.BULLET.match(rest)
        if bullet is not None and (bullet.group(2) is not None or depth < len(self.containers)):
            return True
        return lines.html_block(rest, True) is not None

    def _leaf(self, at: int, end: int) -> None:
        view = self.view
        rest = view[at:end]
        if self.table is not None:
            if not self._starts_block(rest, len(self.containers)):
                self._row(at, end)
                return
            self.table = None
        if self.paragraph:
            setext = lines.SETEXT.match(rest)
            if setext is not None:
                self._end_leaf(1 if setext.group(1)[0] == "=" else 2)
                return
            if "-" in rest and lines.TABLE_RULE.match(rest) is not None and self._open_table(rest):
                return
        elif rest.startswith(("    ", "\t")) and not self.is_mdx:
            self._emit_code(rest, at)
            return
        heading = lines.ATX.match(view, at, end)
        if heading is not None:
            self._end_leaf()
            text = lines.ATX_END.sub("", " " + view[heading.end() : end])[1:]
            self._emit(text, heading.end(), Scope.HEADING, len(heading.group(1)))
            return
        fence = lines.FENCE.match(view, at, end)
        if fence is not None and not (fence.group(1)[0] == "`" and "`" in fence.group(2)):
            self._end_leaf()
            self.fence = Fence(fence.group(1), len(self.containers))
            return
        if lines.RULE.match(rest) is not None or lines.CONTAINER_DIRECTIVE.match(rest) is not None:
            self._end_leaf()
            return
        if "<" in rest[:4] and self._html(rest, at, end):
            return
        if not self.paragraph:
            if self._skips(rest, at):
                return
            note = lines.FOOTNOTE.match(view, at, end)
            at = note.end() if note is not None else at
        self.paragraph.append((at, end))

    def _skips(self, rest: str, at: int) -> bool:
        """Link definitions are not seen, and the import and export lines of MDX are no Markdown."""
        if "]:" in rest:
            definition = lines.DEFINITION.match(self.view, at)
            if definition is not None and "[^" not in rest[:6]:
                self.skip_to = definition.end()
                return True
        if self.is_mdx and not self.containers and lines.MODULE_LINE.match(rest):
            blank = _MODULE_END.search(self.view, at)
            self.skip_to = len(self.view) if blank is None else blank.start() + 1
            self.modules.append((at, self.skip_to))
            return True
        return False

    def _html(self, rest: str, at: int, end: int) -> bool:
        view = self.view
        if self.is_mdx and not rest.lstrip().startswith("<!"):
            stop = lone_tag_end(view, at) if self.unclosed < _PATIENCE else None
            if stop is None:
                return False
            if stop < 0:
                self.unclosed += 1
                return False
        else:
            closing = lines.html_block(rest, bool(self.paragraph))
            if closing is None:
                return False
            stop = html_end(view, closing, at, end)
        self._end_leaf()
        self.scan.feed(at, stop)
        self.scan.flush()
        self.skip_to = stop
        return True

    def _open_table(self, rule: str) -> bool:
        header, header_end = self.paragraph[-1]
        row = self.view[header:header_end]
        if "|" not in row and "|" not in rule:
            return False
        if len(lines.cells(row)) != len(lines.cells(rule)):
            return False
        self.paragraph.pop()
        self._end_leaf()
        self.table = []
        for start, end in lines.cells(row):
            before = len(self.page.records)
            self._emit(row[start:end], header + start, Scope.TABLE_CELL)
            self.table.append(self.page.last if len(self.page.records) > before else None)
        return True

    def _row(self, at: int, end: int) -> None:
        heads = self.table or []
        row = self.view[at:end]
        for column, (start, stop) in enumerate(lines.cells(row)[: len(heads)]):
            self._emit(row[start:stop], at + start, Scope.TABLE_CELL, lead=heads[column])

    def _fenced(self, fence: Fence, at: int, end: int) -> None:
        mark = fence.mark
        line = self.view[at:end].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            self._end_fence()
        else:
            fence.lines.append((at, end))

    def _end_fence(self) -> None:
        fence, self.fence = self.fence, None
        if fence is not None and fence.lines:
            self._emit_code(masked(self.view, fence.lines), fence.lines[0][0])

    def _emit_code(self, text: str, at: int) -> None:
        self._leave_lists()
        if self.scan.hidden is None:
            self.page.plain(text, at)
            self.page.flush(Scope.CODE)

    def _leave_lists(self) -> None:
        del self.lists[len(self.containers) :]

    def _end_leaf(self, level: int = 0) -> None:
        self.table = None
        pieces = self.paragraph
        if not pieces:
            return
        self.paragraph = []
        text = self.view[pieces[0][0] : pieces[0][1]] if len(pieces) == 1 else masked(self.view, pieces)
        self._emit(text, pieces[0][0], Scope.HEADING if level else Scope.PARAGRAPH, level)

    def _emit(self, text: str, at: int, scope: Scope, level: int = 0, lead: int | None = None) -> None:
        """Reads inline Markdown as one block (more where HTML in it breaks it)."""
        self._leave_lists()
        scan = self.scan
        if scope is Scope.PARAGRAPH and self.containers:
            inner = self.containers[-1]
            scope = Scope.QUOTATION if inner.quote else Scope.LIST_ITEM
            lead = inner.lead
        elif scope is Scope.PARAGRAPH and scan.stack:
            scope, level, lead = scan.scope, scan.level, scan.lead
        with scan.within(scope, level, lead):
            Inline(scan, text, at, self.definitions).read()
