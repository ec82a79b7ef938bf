"""Markdown inside a paragraph: which characters are markup, so that all others can stand as they are.

Each construct yields cuts (stretches that a reader does not see); the text between the cuts goes to the page
verbatim. Every search for a closing mark is bounded or remembered, so that rows of openers stay linear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimlint.model import Comment, Link, Scope
from claimlint.readers.entities import decode_all
from claimlint.readers.html_tokens import TAG
from claimlint.readers.markup import Scan
from claimlint.readers.md_emphasis import PUNCTUATION, Cut, Emphasis, run_length
from claimlint.readers.md_lines import DEFINITION
from claimlint.readers.page import Page

_SPECIAL = re.compile(r"[\\`*_~\[\]<]|!\[|https?://|\{[:#.]")
_COMMENT = re.compile(r"<!--(?:-?>|(?:[^-]++|-(?!->))*+-->)")
_AUTOLINK = re.compile(r"<((?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{0,2000}+)|[\w.+-]{1,64}@[\w.-]{1,255})>")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{1,2000}+")
_TARGET = re.compile(
    r"\([ \t\r\n]*+(?:<([^<>\r\n]*+)>|((?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.)*+\))*+))"
    r"(?:[ \t\r\n]++(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\]++|\\.)*+)'|\(((?:[^()\\]++|\\.)*+)\)))?+"
    r"[ \t\r\n]*+\)",
    re.S,
)
_LABEL = re.compile(r"\[([^\[\]]{0,999}+)\]")
_KRAMDOWN = re.compile(r"\{[:#.][^{}\r\n]{0,300}+\}")
_PATIENCE = 8
"""How many tags without an end are looked at in one paragraph before "<" is taken for a character."""


class Inline:
    """Reads one stretch of inline Markdown: ``text`` stands at offset ``at`` of the source."""

    __slots__ = (
        "at", "brackets", "cuts", "definitions", "emphasis", "scan", "text", "ticks", "unclosed",
    )  # fmt: skip

    def __init__(self, scan: Scan, text: str, at: int, definitions: Mapping[str, str]) -> None:
        self.scan = scan
        self.text = text
        self.at = at
        self.definitions = definitions
        self.cuts: list[Cut] = []
        self.emphasis = Emphasis(text, self.cuts)
        self.brackets: list[tuple[int, int, bool]] = []
        self.unclosed = 0
        self.ticks: dict[int, list[int]] | None = None

    def read(self) -> None:
        """Puts the text that is seen on the page; the block is left unended."""
        text = self.text
        match = _SPECIAL.search(text)
        while match is not None:
            at = match.start()
            sign = match.group()
            if sign == "\\":
                after = self._escape(at)
            elif sign == "`":
                after = self._code(at)
            elif sign in "*_~":
                after = self.emphasis.read(at, sign)
            elif sign in ("[", "!["):
                after = match.end()
                self.brackets.append((at, after, False))
            elif sign == "]":
                after = self._close_bracket(at)
            elif sign == "<":
                after = self._angle(at)
            elif sign[0] == "{":
                after = self._attributes(at)
            else:
                after = self._bare_address(at)
            match = _SPECIAL.search(text, after)
        self._emit()

    def _emit(self) -> None:
        page, scan, text, base = self.scan.page, self.scan, self.text, self.at
        done = 0
        self.cuts.sort()
        for start, end, what in self.cuts:
            if start < done:
                continue
            if start > done and scan.hidden is None:
                page.prose(text[done:start], base + done)
            if what == "tag":
                scan.tag(scan.tags[text[start:end]], base + start)
            elif what == "code" and scan.hidden is None:
                page.plain(text[start:end], base + start)
            elif what == "&":
                page.put("&", base + start, base + end)
            done = end
        if done < len(text) and scan.hidden is None:
            page.prose(text[done:] if done else text, base + done)

    def _cut(self, start: int, end: int, what: str = "") -> None:
        if end > start:
            self.cuts.append((start, end, what))

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "&":
            self._cut(at, at + 2, "&")
        elif following in PUNCTUATION or following in ("\r", "\n"):
            self._cut(at, at + 1)
        else:
            return at + 1
        return at + 2

    def _code(self, at: int) -> int:
        text = self.text
        length = run_length(text, at)
        if self.ticks is None:
            self.ticks = {}
            for match in re.finditer(r"`++", text[at:]):
                self.ticks.setdefault(len(match.group()), []).append(at + match.start())
            for places in self.ticks.values():
                places.reverse()
        places = self.ticks.get(length, [])
        while places and places[-1] <= at:
            places.pop()
        if not places:
            return at + length
        close = places[-1]
        inside = at + length
        self._cut(at, inside)
        self._cut(inside, close, "code")
        self._cut(close, close + length)
        return close + length

    def _close_bracket(self, at: int) -> int:
        text = self.text
        if not self.brackets:
            return at + 1
        start, inside, inner = self.brackets.pop()
        if self.brackets:
            opened = self.brackets[-1]
            self.brackets[-1] = (opened[0], opened[1], True)
        image = text[start] == "!"
        if text.startswith("^", inside) and not image and at - inside < 80:
            self._cut(start, at + 1)
            return at + 1
        target = _TARGET.match(text, at + 1) if text.startswith("(", at + 1) else None
        if target is not None:
            group = 1 if target.group(1) is not None else 2
            self._link(target.group(group), target.span(group))
            title = target.lastindex if target.lastindex is not None and target.lastindex > 2 else None
            if title is not None:
                self.scan.page.aside(Scope.ALT, self.at + target.start(title), self.at + target.end(title))
            end = target.end()
        else:
            label = _LABEL.match(text, at + 1)
            name = (
                label.group(1)
                if label is not None and label.group(1)
                else text[inside : min(at, inside + 1000)]
            )
            if (inner and not (label and label.group(1))) or not self.definitions:
                return at + 1
            href = self.definitions.get(definition_key(name))
            if href is None:
                return at + 1
            end = label.end() if label is not None else at + 1
            self._link(href, (at, end))
        if image:
            if inside < at:
                self.scan.page.aside(Scope.ALT, self.at + inside, self.at + at)
            self._cut(start, end)
        else:
            self._cut(start, inside)
            self._cut(at, end)
        return end

    def _link(self, href: str, span: tuple[int, int]) -> None:
        if href:
            href = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", decode_all(href))
            self.scan.page.links.append(Link(href, self.at + span[0], self.at + span[1]))

    def _angle(self, at: int) -> int:
        text = self.text
        if self.unclosed >= _PATIENCE:
            return at + 1
        match = _COMMENT.match(text, at)
        if match is None and text.startswith("<!--", at):
            self.unclosed = _PATIENCE
            return at + 1
        if match is not None:
            page = self.scan.page
            start, end = self.at + at, self.at + match.end()
            page.comments.append(Comment(start, end, page.source[start + 4 : end - 3]))
            self._cut(at, match.end())
            return match.end()
        match = _AUTOLINK.match(text, at)
        if match is not None:
            href = match.group(1)
            self._link(href if ":" in href else "mailto:" + href, match.span(1))
            self._cut(at, at + 1)
            self._cut(match.end() - 1, match.end())
            return match.end()
        match = TAG.match(text, at)
        if match is None or text[match.end() - 1] != ">":
            self.unclosed += match is not None
            return at + 1
        self._cut(at, match.end(), "tag")
        return match.end()

    def _attributes(self, at: int) -> int:
        match = _KRAMDOWN.match(self.text, at)
        if match is None:
            return at + 1
        self._cut(at, match.end())
        return match.end()

    def _bare_address(self, at: int) -> int:
        match = _ADDRESS.match(self.text, at)
        if match is None:
            return at + 4
        href = match.group().rstrip(".,;:!?*_~")
        self._link(href, (at, at + len(href)))
        return at + len(href)


def definition_key(label: str) -> str:
    """The form in which reference labels are compared: case and runs of white space do not count."""
    return " ".join(label.split()).casefold()


def definitions(page: Page, start: int) -> dict[str, str]:
    """The link definitions in page.view from ``start``, by label; their addresses go to page.links."""
    found: dict[str, str] = {}
    for match in DEFINITION.finditer(page.view, start):
        label = match.group(1)
        if label.startswith("^"):
            continue
        group = 2 if match.group(2) is not None else 3
        href = decode_all(match.group(group))
        found.setdefault(definition_key(label), href)
        page.links.append(Link(href, match.start(group), match.end(group)))
    return found
