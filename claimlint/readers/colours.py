"""Whether type has nearly the colour of what it stands on, as far as a page's own styles tell.

A text in the colour of its background is on the page and yet nobody reads it. Only colours that are stated or that browsers
begin with are compared; pictures, gradients, variables and half-transparent colours leave it unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tinycss2.color3

from claimlint.readers.entities import decode_all
from claimlint.readers.html_tokens import Attributes

FAINT = 1.5
"""Contrast below which type counts as unseen: far less than the 3 that WCAG 2.2 (1.4.11) asks of what has to be made out."""
UNKNOWN = ("unknown", 0.0)
_BLACK, _WHITE, _LINK = 0x000000, 0xFFFFFF, 0x0000EE
_SHORT = frozenset({"none", "transparent"})


class Colours(NamedTuple):
    """The colours of an element's type and of what it stands on, 0xRRGGBB (None: unknown), and whether each is stated."""

    type: int | None = _BLACK
    ground: int | None = _WHITE
    type_stated: bool = False
    ground_stated: bool = False
    clear: bool = False
    """The type is wholly transparent."""

    @property
    def verdict(self) -> str:
        """``faint`` (stated, and not to be read), ``unknown``, or "" (to be read)."""
        if self.clear:
            return "faint"
        if self.type is None or self.ground is None:
            return "unknown"
        if contrast(self.type, self.ground) >= FAINT:
            return ""
        return "faint" if self.type_stated and self.ground_stated else "unknown"


def contrast(one: int, other: int) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: int) -> float:
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def declared(name: str, tokens: Sequence[Any]) -> list[tuple[str, tuple[str, float]]]:
    """What a declaration says of ``color``, ``ground`` or ``picture``; nothing where a browser would drop it.

    Values are ("rgb", 0xRRGGBB), ("clear", 0), ("inherit", 0), ("current", 0), ("initial", 0) or unknown.
    """
    if name in ("color", "background-color") and len(tokens) == 1:
        value = _value(tokens[0])
        return [("color" if name == "color" else "ground", value)] if value else []
    if name == "background-image" and tokens:
        return [("picture", ("clear", 0.0) if _word(tokens) in _SHORT | {"initial"} else UNKNOWN)]
    if name == "background" and tokens:
        if any(_picture(one) for one in tokens):
            return [("ground", UNKNOWN), ("picture", UNKNOWN)]
        found = [value for one in tokens if (value := _value(one))]
        return [("ground", found[0] if found else ("clear", 0.0)), ("picture", ("clear", 0.0))]
    return []


def _word(tokens: Sequence[Any]) -> str:
    return str(tokens[0].lower_value) if len(tokens) == 1 and tokens[0].type == "ident" else ""


def _picture(token: Any) -> bool:
    return token.type == "url" or (token.type == "function" and _value(token) == UNKNOWN)


def _value(token: Any) -> tuple[str, float] | None:
    word = token.lower_value if token.type == "ident" else ""
    if word in ("inherit", "initial"):
        return word, 0.0
    if word in ("unset", "revert", "revert-layer"):
        return UNKNOWN
    colour = tinycss2.color3.parse_color(token)
    if colour is None:
        return UNKNOWN if token.type == "function" else None
    if colour == "currentColor":
        return "current", 0.0
    if colour.alpha <= 0:
        return "clear", 0.0
    if colour.alpha < 1:
        return UNKNOWN
    red, green, blue = (round(255 * min(max(part, 0.0), 1.0)) for part in colour[:3])
    return "rgb", float(red << 16 | green << 8 | blue)


def _named(text: str) -> tuple[str, float] | None:
    """The colour of an attribute such as ``bgcolor``."""
    colour = tinycss2.color3.parse_color(text.strip())
    return _value(tinycss2.parse_one_component_value(text.strip())) if colour is not None else None


def computed(stated: Mapping[str, tuple[str, float]], above: Colours, *, link: bool) -> Colours:
    """The colours of an element from what the cascade states of it and its parent's."""
    kind, amount = stated.get("color", ("", 0.0))
    made = above
    if kind == "rgb":
        made = made._replace(type=int(amount), type_stated=True, clear=False)
    elif kind == "clear":
        made = made._replace(clear=True)
    elif kind == "initial":
        made = made._replace(type=_BLACK, type_stated=True, clear=False)
    elif kind == "unknown":
        made = made._replace(type=None, type_stated=True, clear=False)
    elif not kind and link:
        made = made._replace(type=_LINK, type_stated=False, clear=False)
    kind, amount = stated.get("ground", ("", 0.0))
    if kind == "rgb":
        made = made._replace(ground=int(amount), ground_stated=True)
    elif kind == "current":
        made = made._replace(ground=made.type, ground_stated=True)
    elif kind == "unknown":
        made = made._replace(ground=None, ground_stated=True)
    if stated.get("picture", ("clear", 0.0)) == UNKNOWN:
        made = made._replace(ground=None, ground_stated=True)
    return made


def attributes(name: str, found: Attributes) -> dict[str, tuple[str, float]]:
    """What attributes from before style sheets say of colour."""
    told = {
        "ground": found.get("bgcolor"),
        "color": found.get({"font": "color", "body": "text"}.get(name, "")),
    }
    values = {about: _named(decode_all(one[0])) for about, one in told.items() if one}
    return {about: value for about, value in values.items() if value}
