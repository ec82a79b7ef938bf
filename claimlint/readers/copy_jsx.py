"""Turns JSX into markup that the scanner of HTML reads: code in braces is masked, components become elements.

The scanner knows elements, scopes and lists; so JSX needs no reader of its own, only a view of the same length in
which expressions are holes, ``{"text"}`` is text and ``<SectionTitle>`` is a heading.
"""

from __future__ import annotations

import re

from claimlint.model import Scope
from claimlint.readers.copy_js_lex import Token
from claimlint.readers.copy_js_strings import is_sum, unescape
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import is_code, key_says, last_word
from claimlint.readers.copy_values import Decoder, Value
from claimlint.readers.holes import WORD

_OPENERS = frozenset({"{", "={"})
_CLOSERS = frozenset({"}", "=}"})
_HEADING = re.compile(r"(?:Heading|Title|Headline)\Z")
_INLINE = re.compile(r"(?:Badge|Strong|Bold|Highlight|Italic|Emphasis|Accent|Span|Mark|Tooltip)\Z")
_ITEM = re.compile(r"(?:ListItem|Bullet|Li)\Z")
_BLOCK = frozenset({"Template", "Object", "Video", "Audio", "Canvas", "Math", "Style", "Title"})
_SEO = re.compile(r"SEO|Seo|Meta|Head\b|Helmet|Layout")
_LEFT_TO_HTML = frozenset(
    "class classname id href src style key rel target type name property content value to".split()
)
_SIDE = frozenset({"alt", "arialabel", "placeholder", "tooltip"})
_FIELD = re.compile(r"(?:Icon|Input|Field|Select|Form\w*|Item|Radio|Checkbox)\Z")
_LONG = 300


class Markup:
    """Follows the JSX tokens of one script and notes stretches and masks on the plan.

    ``attribute`` is the name of the attribute whose expression is being read, ``shows`` is True inside an
    expression among the children of an element.
    """

    def __init__(self, plan: Plan, toks: list[Token]) -> None:
        self.plan = plan
        self.source = plan.source
        self.toks = toks
        self.partner, self.holds = _containers(toks)
        self.attribute = ""
        self.depth = 0
        self.began = 0
        self.element: list[str] = []
        self.pending = ""
        self.open: list[tuple[int, str]] = []
        self.code = 0
        self.torn = False

    @property
    def shows(self) -> bool:
        """True inside an expression among the children of an element."""
        return bool(self.open) and self.toks[self.open[-1][0]][0] == "{"

    def scope(self, key: str, value: Value) -> Scope:
        """What a string under attribute ``key`` is on the page."""
        word = last_word(key)
        element = self.element[-1] if self.element else ""
        if _SEO.search(element):
            return Scope.TITLE if word == "title" else Scope.META
        if word in _SIDE or (word == "title" and element[:1].islower()):
            return Scope.ALT
        if (
            word in ("title", "heading", "headline")
            and element[:1].isupper()
            and len(value.decoded[0]) < _LONG
        ):
            value.level = 4
            return Scope.HEADING
        return Scope.BUTTON if word in ("cta", "buttontext", "ctatext", "label") else Scope.PARAGRAPH

    def handle(self, at: int) -> None:
        """Handles the token ``at``, one of JSX."""
        kind, start, end = self.toks[at]
        if kind == "<<":
            if self.depth == 0:
                self.began = start
            elif self.open:
                self._hide(self.code, start)
            self.depth += 1
        elif kind == ">>":
            self.depth = max(0, self.depth - 1)
            if self.depth == 0:
                self.plan.markup(self.began, end)
                self.element.clear()
            self.code = end
        elif kind in _OPENERS:
            self._opened(at, kind, start)
        elif kind in _CLOSERS:
            self._closed(kind, end)
        elif kind == "<":
            self._tag(start, end)
        elif kind == "a":
            self.pending = self.source[start:end]
        elif kind == "=s":
            self._attribute(start, end)
        elif kind in (">", "/>"):
            if self.torn:
                self._hide(self.code, end)
                self.torn = False
            self.pending = ""
            if kind == "/>" and self.element:
                self.element.pop()
        elif kind == "</":
            self._end(start, end)
        elif kind == "x" and is_code(self.source[start:end]):
            self.plan.left.append((start, end, "it is code"))
            self._hide(start, end)

    def inline(self, at: int, stop: int) -> bool:
        """True where tokens at:stop, a string, are all of an expression among children: text as any other."""
        if not self.open or at == 0:
            return False
        begin, _ = self.open[-1]
        if self.toks[begin][0] != "{" or self.partner.get(begin) != stop or begin != at - 1:
            return False
        first, last = self.toks[begin][1], self.toks[stop][2]
        inside = self.source[first:last]
        return len(inside) < _LONG or "\n" not in inside

    def _hide(self, start: int, end: int, text: str = "") -> None:
        if start < end:
            self.plan.masks.append((start, end, None, text))

    def _opened(self, at: int, kind: str, start: int) -> None:
        self.open.append((at, self.attribute))
        end_at = self.partner.get(at)
        end = self.toks[end_at][2] if end_at is not None else len(self.source)
        self.attribute = self.pending if kind == "={" else ""
        if self.holds.get(at):
            if kind == "={" and self.torn:
                return
            self.code = start
            if kind == "={":
                # An element in an attribute: the tag ends before it, and what is left of the tag is hidden.
                name = self.source.rfind(self.attribute, 0, start) if self.attribute else start
                room = start - name
                if room > 0:
                    self.plan.masks.append((name, name + 1, ">", ""))
                    self.code = name + 1
            return
        if kind == "={":
            self._bound(at, end_at, start, end)
        elif end_at is not None:
            self._child(at, end_at, start, end)
        else:
            self._hide(start, end)

    def _bound(self, at: int, end_at: int | None, start: int, end: int) -> None:
        if end_at == at + 2 and self.toks[at + 1][0] == "s" and self.attribute in ("href", "to", "className"):
            self.plan.masks.append((start, start + 1, " ", ""))
            self.plan.masks.append((end - 1, end, " ", ""))
        else:
            self._hide(start, end)

    def _child(self, at: int, end_at: int, start: int, end: int) -> None:
        inner = [token for token in self.toks[at + 1 : min(end_at, at + 40)] if token[0] != "c"]
        if not inner:
            self._hide(start, end)
            return
        texts = [token for token in inner if token[0] in ("s", "t")]
        added = is_sum(self.source, inner)
        template = inner[0][0] == inner[-1][0] == "`" and not any(token[0] == "`" for token in inner[1:-1])
        long = end - start >= _LONG and "\n" in self.source[start:end]
        if long and (added or template):
            self._hide(start, end)
            return
        if not (added or template) or len(self.toks[at + 1 : end_at]) != len(inner):
            self._hide(start, end, WORD)
            return
        named = [first for kind, first, _ in inner if kind in ("n", "0")]
        done = start
        for kind, first, last in texts:
            if kind == "s":
                first, last = first + 1, last - 1  # noqa: PLW2901
            between = any(done <= at < first for at in named) if added else done > start
            self._hide(done, first, WORD if between else "")
            for match in _SPECIAL.finditer(self.source, first, last):
                self._hide(match.start(), match.end(), _unescape(match.group()))
            done = last
        # What stands behind the last text: an expression, where more than the closing marks is left.
        rest = any(at >= done for at in named) if added else end - done > 3
        self._hide(done, end, WORD if rest else "")

    def _closed(self, kind: str, end: int) -> None:
        if not self.open:
            return
        at, self.attribute = self.open.pop()
        if not self.holds.get(at):
            return
        self._hide(self.code, end)
        self.code = end
        if kind == "=}":
            self.torn = True

    def _tag(self, start: int, end: int) -> None:
        name = self.source[start + 1 : end]
        self.element.append(name)
        self.torn = False
        if not name:
            self._hide(start, end + 1 if self.source.startswith(">", end) else end)
            return
        shown = renamed(name)
        if shown != name:
            self.plan.masks.append((start, end, ("<" + shown).ljust(end - start), ""))

    def _end(self, start: int, end: int) -> None:
        if self.element:
            self.element.pop()
        name = self.source[start + 2 : end - 1].strip()
        if not name:
            self._hide(start, end)
            return
        shown = renamed(name)
        if shown != name and self.source.endswith(">", start, end):
            self.plan.masks.append((start, end, ("</" + shown).ljust(end - start - 1) + ">", ""))

    def _attribute(self, start: int, end: int) -> None:
        key, self.pending = self.pending, ""
        element = self.element[-1] if self.element else ""
        if not key or end - start < 3:
            return
        word = last_word(key)
        if element[:1].islower() and "." not in element and word not in _SIDE and key != "title":
            return
        if word in _LEFT_TO_HTML and key_says(key) is not True:
            return
        if key == "name" and _FIELD.search(element[-40:]):
            return
        if word in ("content", "value") and element[:1].islower():
            return
        decoder = Decoder()
        decoder.escaped(self.source, start + 1, end - 1, _ENTITY, _entity)
        value = self.plan.judge(key, start, end, decoder.done())
        if value is not None:
            value.scope = self.scope(key, value)
        self._hide(start + 1, end - 1)


_SPECIAL = re.compile(r"\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\\r\n|\\[\s\S]|[<>&{}]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,20});")


def _unescape(text: str) -> str:
    if text[0] != "\\":
        return text
    return unescape(text)


def _entity(text: str) -> str:
    import html

    return html.unescape(text)


def renamed(name: str) -> str:
    """The HTML element that component ``name`` is read as; ``name`` itself where the scanner knows best."""
    last = name.rsplit(".", 1)[-1]
    if last[:1].islower():
        return last
    for pattern, element in ((_HEADING, "h3" if "Card" in last else "h2"), (_INLINE, "span"), (_ITEM, "li")):
        if pattern.search(last) and len(element) <= len(name):
            return element
    return "div" if last in _BLOCK else name


def _containers(toks: list[Token]) -> tuple[dict[int, int], dict[int, bool]]:
    """For each ``{`` and ``={``: the number of its closing token, and whether elements stand in it."""
    partner: dict[int, int] = {}
    holds: dict[int, bool] = {}
    stack: list[int] = []
    for number, (kind, _, _) in enumerate(toks):
        if kind in _OPENERS:
            stack.append(number)
        elif kind in _CLOSERS and stack:
            at = stack.pop()
            partner[at] = number
            if holds.get(at) and stack:
                holds[stack[-1]] = True
        elif kind == "<<" and stack:
            holds[stack[-1]] = True
    return partner, holds
