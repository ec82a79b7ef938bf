"""Reads YAML: scalars that are copy, with exact places also in folded, literal and quoted ones.

It uses the events of the YAML library, which give marks in characters and never expand an alias; a file that is no
YAML (a template of one) falls back to the line scanner of front matter and says so.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document, Scope, Unread
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import last_word
from claimlint.readers.copy_tree import Tree
from claimlint.readers.copy_values import Decoded, Decoder
from claimlint.readers.frontmatter import yaml_copy
from claimlint.readers.page import Page

EXTENSIONS = (".yaml", ".yml")
_LARGEST = 2_000_000
_DEEPEST = 200
_ESCAPE = re.compile(
    r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[ \t]*+\r?\n[ \t]*+|\\[\s\S]|(?:(?<![ \t])[ \t]++)?+\r?\n\s*+"
)
_FOLD = re.compile(r"''|(?:(?<![ \t])[ \t]++)?+\r?\n\s*+")  # a run of spaces is tried once, from its start
_PLAIN = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "0": " ",
    "a": " ",
    "b": " ",
    "e": " ",
    "v": " ",
    "f": " ",
    "N": "\n",
    "_": "\u00a0",
}
_DESCRIBES = frozenset({"title", "description", "summary", "excerpt", "abstract"})
"""Keys of front matter that search engines and lists of articles show, in words of ``last_word``."""
_LINE = re.compile(r"([ ]*+)([^\r\n]*+)(\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#([^\r\n]*+)", re.M)


def read(path: str, source: str) -> Document:
    """The copy in ``source``, YAML. Never fails; what could not be read is named in ``unread``."""
    plan, fault = _plan(source)
    if fault is None:
        return plan.document(path, "yaml")
    page = Page(source)
    yaml_copy(page, page.start, len(source))
    page.comments.extend(plan.comments)
    page.unread.append(Unread(0, max(1, len(source)), fault))
    return page.finish(path, "yaml")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The scalars that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(source)[0].left)


def front_copy(page: Page, start: int, end: int) -> None:
    """Puts the copy and the facts of the YAML front matter page.source[start:end] on ``page``."""
    plan = Plan(page.source)
    facts = Page(page.source)
    yaml_copy(facts, start, end)
    page.meta.update(facts.meta)
    if _parse(plan, start, end) is not None:
        page.records.extend(facts.records)
        return
    for value in plan.outermost:
        word = last_word(value.key)
        if value.key.lower() == "title":
            value.scope, value.level = Scope.TITLE, 0
        elif word in _DESCRIBES:
            value.scope = Scope.META
    page.comments.extend(plan.comments)
    plan.put(page)


def _plan(source: str) -> tuple[Plan, str | None]:
    plan = Plan(source)
    return plan, _parse(plan, plan.start, len(source))


def _parse(plan: Plan, start: int, end: int) -> str | None:
    """Notes on ``plan`` the copy in plan.source[start:end]; says what kept it from being read whole."""
    import yaml

    source = plan.source[:end]
    if not source[start:].strip():
        return None
    if end - start > _LARGEST:
        return f"only simple values were read: YAML of more than {_LARGEST:,} characters is not parsed"
    tree = Tree(plan)
    scalars: list[tuple[int, int]] = []
    expects: list[bool | None] = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(source[start:], Loader=loader):
            name = type(event).__name__
            if isinstance(event, yaml.ScalarEvent):
                if event.start_mark is None or event.end_mark is None:
                    continue
                span = (event.start_mark.index + start, event.end_mark.index + start)
                scalars.append(span)
                if expects and expects[-1]:
                    tree.key(event.value[:200])
                    expects[-1] = False
                    continue
                if event.style or event.implicit[0]:
                    tree.string(*span, _decoded(source, span, event.style or ""))
            elif name in ("MappingStartEvent", "SequenceStartEvent"):
                if len(expects) >= _DEEPEST:
                    return f"only simple values were read: YAML is nested deeper than {_DEEPEST} levels"
                tree.open("map" if name[0] == "M" else "list")
                expects.append(True if name[0] == "M" else None)
                continue
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                closed = tree.close()
                expects.pop()
                if not expects and closed is not None:
                    plan.outermost.extend(closed.values)
            elif name != "AliasEvent":
                continue
            if expects and expects[-1] is not None:
                expects[-1] = True
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark is not None else ""
        _note_comments(plan, scalars, start, end)
        return f"only simple values were read: the file is no valid YAML{where}"
    _note_comments(plan, scalars, start, end)
    return None


def _decoded(source: str, span: tuple[int, int], style: str) -> Decoded:
    start, end = span
    decoder = Decoder()
    if style in ("|", ">"):
        _block(decoder, source, start, end, style == ">")
    elif style:
        pattern = _ESCAPE if style == '"' else _FOLD
        decoder.escaped(source, start + 1, max(start + 1, end - 1), pattern, _unescape)
    else:
        decoder.escaped(source, start, end, _FOLD, lambda text: text if text == "''" else _unescape(text))
    return decoder.done()


def _unescape(text: str) -> str:
    if text == "''":
        return "'"
    if text[0] != "\\":
        return "\n\n" if text.count("\n") > 1 else " "
    if text[1] in "xuU":
        number = int(text[2:], 16) if len(text) > 2 else 0xFFFD
        return "\ufffd" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)
    return "" if "\n" in text else _PLAIN.get(text[1], text[1])


def _block(decoder: Decoder, source: str, start: int, end: int, folded: bool) -> None:
    at = source.find("\n", start, end) + 1
    if not at:
        return
    indent: int | None = None
    pending: tuple[str, int, int] | None = None
    while at < end:
        line = _LINE.match(source, at, end)
        if line is None or line.end() == at:
            break
        blank = not line.group(2).strip()
        if indent is None and not blank:
            indent = line.end(1) - line.start(1)
        inner = min(line.start() + (indent or 0), line.start(3))
        if pending is not None:
            text = "\n" if blank and pending[0] == " " else pending[0]
            decoder.add(text, pending[1], pending[2])
        if not blank:
            decoder.add(source[inner : line.end(2)], inner, line.end(2))
        pending = (" " if folded and not blank else "\n", line.start(3), line.end(3))
        at = line.end()


def _note_comments(plan: Plan, scalars: list[tuple[int, int]], first: int, last: int) -> None:
    number = 0
    for match in _COMMENT.finditer(plan.source, first, last):
        start, end = match.span()
        while number < len(scalars) and scalars[number][1] <= start:
            number += 1
        if number < len(scalars) and scalars[number][0] <= start:
            continue
        plan.comments.append(Comment(start, end, match.group(1)))
