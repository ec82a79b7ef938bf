"""What an editor is shown of a document: places, explanations and changes, as plain data without any protocol.

Editors count columns in UTF-16 units; the conversion is here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimlint import readers
from claimlint.commands import fixing
from claimlint.live import Checker
from claimlint.model import Checked, Finding, Fix, Rule
from claimlint.spans import LineIndex


class Spot(NamedTuple):
    """A stretch of text as editors address it: lines and UTF-16 columns, both from 0."""

    line: int
    column: int
    end_line: int
    end_column: int


class Change(NamedTuple):
    """One change on offer: what it is called, where, and the new text. ``preferred`` where it is safe."""

    title: str
    spot: Spot
    text: str
    preferred: bool
    finding: Finding


class Text:
    """A document's source with its lines, for positions both ways."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._lines = LineIndex(source)

    def spot(self, start: int | None, end: int | None) -> Spot:
        """The place of source[start:end]; the first line where there is no place."""
        if start is None or end is None:
            low, high = self._lines.line_span(1, self.source)
            return Spot(0, 0, 0, _units(self.source[low:high]))
        return Spot(*self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        line, column = self._lines.position(offset)
        return line - 1, _units(self.source[offset - column + 1 : offset])

    def line(self, offset: int) -> tuple[int, int]:
        """Where the line of ``offset`` starts and ends, its line end left out."""
        return self._lines.line_span(self._lines.position(offset)[0], self.source)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(checked: Checked) -> list[Finding]:
    """The findings that an editor shows: those that nothing silences."""
    return [item for item in checked.findings if item.suppressed is None]


def touched(checked: Checked, text: Text, spot: Spot) -> list[Finding]:
    """The visible findings that ``spot`` touches; those about the whole document on its first line."""
    found = []
    for item in visible(checked):
        here = text.spot(item.start, item.end)
        if (here.line, here.column) <= (spot.end_line, spot.end_column) and (spot.line, spot.column) <= (
            here.end_line,
            here.end_column,
        ):
            found.append(item)
    return found


def explanation(item: Finding, rule: Rule | None) -> str:
    """Why it was found, in Markdown: the reason, the words that decided, the evidence, the law, what to do."""
    parts = [f"**{_plain(item.message)}**"]
    if rule is not None:
        parts.append(_plain(rule.why))
    if item.why:
        parts.append("Decided by: " + ", ".join(f"{one.kind} *{_plain(one.text)}*" for one in item.why) + ".")
    for entry in item.evidence:
        known = (
            f"What is known ({_plain(str(entry.get('tier', '')))}): {_plain(str(entry.get('summary', '')))}"
        )
        links = [_link(source) for source in entry.get("sources", ())]
        parts.append(" ".join([known, *(link for link in links if link)]))
    if item.provisions:
        parts.append("Provisions: " + "; ".join(_plain(_named(one)) for one in item.provisions) + ".")
    if item.suggest:
        parts.append("\n".join(f"- {_plain(one)}" for one in item.suggest))
    parts.append(f"`{item.rule}`")
    return "\n\n".join(parts)


def _named(provision: object) -> str:
    if not isinstance(provision, dict):
        return str(provision)
    return str(provision.get("title") or provision.get("id", ""))


def _link(source: object) -> str:
    url = source.get("url") if isinstance(source, dict) else None
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return ""
    return f"[source](<{url.replace('<', '%3C').replace('>', '%3E').split()[0]}>)"


def _plain(text: str) -> str:
    """``text`` with everything escaped that Markdown would take as markup."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!~" else char for char in " ".join(text.split()))


def changes(checked: Checked, text: Text, found: list[Finding], check: Checker) -> Iterator[Change]:
    """The rewrites that hold, then an ignore comment for each finding."""
    for item in found:
        for fix in item.fixes:
            if fixing.holds(checked, item, fix, check):
                title = f"claimlint: {fix.description}" + ("" if fix.safe else " (read it first)")
                yield Change(title, text.spot(fix.start, fix.end), fix.replacement, fix.safe, item)
    for item in found:
        comment = suppression(checked, text, item, check)
        if comment is not None:
            title = f"claimlint: let it stand, with a reason ({item.rule})"
            yield Change(title, text.spot(comment.start, comment.end), comment.replacement, False, item)


def suppression(checked: Checked, text: Text, item: Finding, check: Checker) -> Fix | None:
    """An ignore comment in a form that the document's format knows, tried out; its reason is left to be filled in.

    Until there is a reason, the comment silences nothing and claimlint says so.
    """
    if item.start is None or item.category == "housekeeping":
        return None
    source, path = text.source, checked.document.path
    start, end = text.line(item.start)
    newline = "\r\n" if "\r\n" in source else "\n"
    indent = source[start : start + len(source[start:end]) - len(source[start:end].lstrip())]
    for opening, closing in _forms(path):
        for at, before, after in ((start, indent, newline), (end, " ", "")):
            if at == end and not closing and opening == "//":
                continue  # behind code on the same line it may end up inside a text

            def made(reason: str, o: str = opening, c: str = closing, b: str = before, a: str = after) -> str:
                return f'{b}{o} claimlint: ignore {item.rule} reason="{reason}"{f" {c}" if c else ""}{a}'

            tried = source[:at] + made("tried") + source[at:]
            outcome = check(path, tried.encode("utf-8", "surrogatepass"))
            if outcome.checked is not None and _silenced(checked, outcome.checked, item):
                return Fix(at, at, made(""), "ignore")
    return None


def _silenced(before: Checked, after: Checked, item: Finding) -> bool:
    """Whether one finding like ``item`` is now silenced and everything else is as it was."""
    had = sorted((one.rule, one.quote) for one in visible(before))
    has = sorted((one.rule, one.quote) for one in visible(after))
    had.remove((item.rule, item.quote))
    return has == had and len(after.document.blocks) == len(before.document.blocks)


def _forms(path: str) -> tuple[tuple[str, str], ...]:
    """Comments that the format of ``path`` may know, the likeliest first; each is tried before it is offered."""
    suffix = readers.suffix(path) or ""
    markup, hashes = ("<!--", "-->"), ("#", "")
    braces, slashes, stars = ("{/*", "*/}"), ("//", ""), ("/*", "*/")
    if suffix in (".yaml", ".yml", ".toml", ".po", ".pot"):
        return (hashes,)
    if suffix == ".mdx":
        return braces, hashes
    if suffix in (".jsx", ".tsx", ".js", ".ts", ".mjs", ".cjs", ".mts"):
        return slashes, braces, stars
    if suffix in (".php", ".phtml", ".blade.php"):
        return markup, slashes, ("{{--", "--}}")
    if suffix in (".twig", ".njk", ".jinja", ".jinja2", ".j2"):
        return markup, ("{#", "#}")
    if suffix in (".txt", ".text", ".json"):
        return ()
    return markup, hashes, slashes, braces
