"""What a page's own style sheets say of the size and colour of type, as far as that can be said without a browser.

Sheets are parsed by tinycss2. Selectors of types, classes, ids, descendants and children are understood; a rule that may or
may not apply (a media query, an attribute, a position) makes it unknown for whatever it could mean, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import tinycss2

from claimlint.readers import colours

ROOT = 16.0
"""CSS pixels of ``medium``, what browsers start from."""
KEYWORDS = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
    "xx-large": 32.0, "xxx-large": 48.0,
}  # fmt: skip
"""Sizes that browsers give to the keywords of CSS Fonts 4 where ``medium`` is 16 pixels."""
STEP = 1.2
"""What browsers take ``larger`` and ``smaller`` to be, and ``big`` and ``small`` with them."""
_FONT = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
"""Sizes 1 to 7 of the font element."""
_UNITS = {
    "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
}  # fmt: skip
_PASSING = frozenset(
    "hover focus focus-visible focus-within active visited target before after first-line first-letter".split()
)
"""Pseudo-classes of a moment and pseudo-elements: no state in which a page is first seen."""
_LONGEST = 12
"""Compounds that a selector may have before it counts as unclear."""
_DEEPEST = 8

Value = tuple[str, float]
"""("px", pixels), ("em", times the parent's), ("rem", times the root's), ("unknown", 0), and of ``display`` ("none", 0) or
("shown", 0). Those of colours are in ``colours``."""
UNKNOWN: Value = ("unknown", 0.0)


class Compound(NamedTuple):
    """What one element has to be: its type (None: any), its ids and its classes."""

    name: str | None
    ids: tuple[str, ...]
    classes: tuple[str, ...]


class Selector(NamedTuple):
    """Compounds from right to left, each with what joins it to the one before ("" for the first, " " or ">").

    ``exact`` is False where parts that aren't understood were left off, so that it means too much.
    """

    parts: tuple[tuple[str, Compound], ...]
    exact: bool


class Styling(NamedTuple):
    """One declaration of one rule; ``weight`` is its place in the cascade.

    ``about`` is ``size``, ``display``, ``zoom``, ``color``, ``ground`` or ``picture``.
    """

    selector: Selector
    about: str
    value: Value
    weight: tuple[bool, bool, tuple[int, int, int], int]


class Sheets(NamedTuple):
    """The declarations of a page's sheets in order, and why they don't tell everything (empty: they do)."""

    found: tuple[Styling, ...]
    lacks: str = ""


def sheets(texts: Iterable[str]) -> Sheets:
    """The declarations in the style elements of a page that bear on size or colour."""
    found: list[Styling] = []
    for text in texts:
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        if any(rule.type == "at-rule" and rule.lower_at_keyword == "import" for rule in rules):
            return Sheets((), "its styles import others")
        _rules(rules, True, found, 0)
    return Sheets(tuple(found))


def inline(text: str) -> list[tuple[str, Value, bool]]:
    """The declarations of a ``style`` attribute that bear on size or colour: (about, value, important)."""
    return list(_declared(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)))


def _rules(rules: Sequence[Any], sure: bool, found: list[Styling], depth: int) -> None:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and depth < _DEEPEST:
            told = tinycss2.serialize(rule.prelude).strip().lower()
            if rule.lower_at_keyword == "media" and told == "print":
                continue
            if rule.lower_at_keyword in ("media", "supports", "layer", "container", "scope"):
                within = tinycss2.parse_blocks_contents(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                always = rule.lower_at_keyword == "media" and told in ("", "all", "screen")
                _rules(within, sure and always, found, depth + 1)
        elif rule.type == "qualified-rule":
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            stated = list(_declared(parts))
            nested = any(part.type in ("qualified-rule", "at-rule") for part in parts)
            if (
                nested and depth < _DEEPEST
            ):  # what a nested rule means is unclear, but for its own type and class
                _rules([part for part in parts if part.type == "qualified-rule"], False, found, depth + 1)
                for part in parts:
                    if part.type == "at-rule" and part.content is not None:
                        inner = tinycss2.parse_blocks_contents(part.content, skip_comments=True)
                        stated += [(about, UNKNOWN, grave) for about, _, grave in _declared(inner)]
            if stated:
                for selector in _selectors(rule.prelude):
                    for about, value, important in stated:
                        known = value if sure and selector.exact else UNKNOWN
                        weight = (important, False, _specificity(selector), len(found))
                        found.append(Styling(selector, about, known, weight))


def _declared(parts: Iterable[Any]) -> Iterator[tuple[str, Value, bool]]:
    for part in parts:
        if part.type != "declaration":
            continue
        tokens = [one for one in part.value if one.type not in ("whitespace", "comment")]
        name = part.lower_name
        if name == "font-size":
            if len(tokens) == 1 and (value := _size(tokens[0])) is not None:
                yield "size", value, part.important
        elif name == "font":
            yield "size", _shorthand(tokens), part.important
        elif name == "display" and tokens:
            hidden = tokens[0].type == "ident" and tokens[0].lower_value == "none"
            yield "display", ("none" if hidden else "shown", 0.0), part.important
        elif (name == "zoom" and not _plain(tokens)) or (
            name in ("transform", "scale") and _scales(name, tokens)
        ):
            yield "zoom", UNKNOWN, part.important
        for about, value in colours.declared(name, tokens):
            yield about, value, part.important


def _plain(tokens: Sequence[Any]) -> bool:
    """Whether ``zoom`` changes nothing."""
    return len(tokens) == 1 and tinycss2.serialize(tokens).lower() in ("1", "100%", "normal")


def _scales(name: str, tokens: Sequence[Any]) -> bool:
    if name == "scale":
        return not (tokens and tokens[0].type == "ident")
    return any(one.type == "function" and one.lower_name.startswith(("scale", "matrix")) for one in tokens)


def _size(token: Any) -> Value | None:
    """The size that one token states; None where a browser would drop it."""
    if token.type == "dimension":
        unit = token.lower_unit
        if token.value < 0:
            return None
        if unit in _UNITS:
            return "px", token.value * _UNITS[unit]
        return (unit, token.value) if unit in ("em", "rem") else UNKNOWN
    if token.type == "percentage":
        return ("em", token.value / 100) if token.value >= 0 else None
    if token.type == "number":
        return ("px", 0.0) if token.value == 0 else None
    if token.type == "ident":
        word = token.lower_value
        if word in KEYWORDS:
            return "px", KEYWORDS[word]
        known = {"larger": STEP, "smaller": 1 / STEP, "inherit": 1.0, "unset": 1.0}
        if word in known:
            return "em", known[word]
        return ("px", ROOT) if word == "initial" else UNKNOWN
    return UNKNOWN if token.type == "function" else None


def _shorthand(tokens: Sequence[Any]) -> Value:
    """The size in a ``font`` shorthand: its first length, percentage or size keyword."""
    for token in tokens:
        if token.type in ("dimension", "percentage"):
            return _size(token) or UNKNOWN
        if token.type == "ident" and token.lower_value in (*KEYWORDS, "larger", "smaller", "inherit"):
            return _size(token) or UNKNOWN
    return UNKNOWN


def _selectors(prelude: Sequence[Any]) -> Iterator[Selector]:
    part: list[Any] = []
    for token in (*prelude, None):
        if token is None or (token.type == "literal" and token.value == ","):
            made = _selector(part)
            if made is not None:
                yield made
            part = []
        else:
            part.append(token)


def _selector(tokens: Sequence[Any]) -> Selector | None:
    """One complex selector; None where it means nothing that is seen at first."""
    exact, joint = True, ""
    compounds: list[tuple[str, Compound]] = []  # left to right, each with what precedes it
    name: str | None = None
    ids: list[str] = []
    classes: list[str] = []
    begun = False

    def end() -> None:
        nonlocal name, begun
        if begun:
            compounds.append((joint, Compound(name, tuple(ids), tuple(classes))))
            ids.clear()
            classes.clear()
            name, begun = None, False

    at = 0
    while at < len(tokens):
        token = tokens[at]
        kind, value = token.type, getattr(token, "value", "")
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if kind == "whitespace":
            if begun:
                end()
                joint = " "
        elif kind == "literal" and value in (">", "+", "~"):
            end()
            if value != ">":
                compounds.clear()
                exact = False
            joint = value if value == ">" else ""
        elif kind == "ident":
            begun, name = True, token.lower_value
        elif kind == "hash":
            begun = True
            ids.append(value)
        elif kind == "literal" and value == "." and following is not None and following.type == "ident":
            begun = True
            classes.append(following.value)
            at += 1
        elif kind == "literal" and value == "*":
            begun = True
        elif kind == "literal" and value == ":":
            begun = True
            if following is not None and following.type == "literal":
                return None  # a pseudo-element
            word = getattr(following, "lower_value", "")
            if word in _PASSING:
                return None
            if word == "root":
                name = "html"
            else:
                exact = False
            at += 1
        else:
            begun = True
            exact = False
        at += 1
    end()
    if not compounds:
        return None
    if len(compounds) > _LONGEST:
        compounds, exact = compounds[-1:], False
    parts: list[tuple[str, Compound]] = []
    join = ""
    for before, compound in reversed(compounds):
        parts.append((join, compound))
        join = before or " "
    return Selector(tuple(parts), exact)


def _specificity(selector: Selector) -> tuple[int, int, int]:
    ids = sum(len(part.ids) for _, part in selector.parts)
    classes = sum(len(part.classes) for _, part in selector.parts)
    return ids, classes, sum(part.name is not None for _, part in selector.parts)


def font_size(text: str) -> float | None:
    """The size that a font element's ``size`` stands for."""
    text = text.strip()
    digits = text.lstrip("+-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 3):
        return None
    number = int(digits)
    number = 3 + number if text[0] == "+" else 3 - number if text[0] == "-" else number
    return _FONT[min(max(number, 1), 7) - 1]
