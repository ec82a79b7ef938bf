"""HTML in tokens: one regular expression that cuts markup into text, tags and the rest, in linear time.

Tokens, not a tree: a browser's tree has no exact text positions, and tokens of hostile input
(unclosed tags, comments and quotes) can be cut without ever scanning the same stretch twice.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from claimlint.model import Scope

# A quote opens a value only behind "="; one that is never closed is an ordinary character. A search for
# its end can fail only once a kind of quote, since a failure proves that there is no later one.
_TAIL = r"""(?:[^>=]++|=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z)"""
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes"
_TOKEN = (
    r"([^<]*+(?:<(?![a-zA-Z/!?])[^<]*+)*+)"  # 1 text
    r"(?:(<(?i:(" + _RAW + r"))(?=[\s/>])" + _TAIL + r"%s)"  # 2 start tag of 3 a raw element
    r"((?:[^<]++|<(?!/(?i:\3)(?=[\s/>])))*+)(</[^>]*+(?:>|\Z)|\Z)"  # 4 its content, 5 end tag
    r"|(</?[a-zA-Z][^\s/>]*+" + _TAIL + r")"  # 6 tag
    r"|(<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))|<[!?/][^>]*+(?:>|\Z))|\Z)"  # 7 comment and the like
)
TOKEN = re.compile(_TOKEN % "")
"""HTML as browsers cut it: "/>" does not close a raw element, and what follows is its content."""
CLOSING_TOKEN = re.compile(_TOKEN % "(?<!/>)")
"""JSX, components and XHTML, in which ``<textarea />`` and ``<script />`` are whole elements."""
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9.-]*+(?=[\s/>])" + _TAIL.replace("[^>=]", "[^<>=]"))
"""One tag amid other markup, where "<" may also be something else: the name is stricter."""
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s=>/][^\s=>/]*+)(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+"""
)

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em",
    "font", "fragment", "i", "img", "input", "ins", "kbd", "label", "link", "mark", "meta", "meter", "nobr",
    "output", "progress", "q", "rp", "rt", "ruby", "s", "samp", "slot", "small", "span", "strike", "strong",
    "sub", "sup", "time", "trans", "tt", "u", "var", "wbr",
    "accent", "bold", "emphasis", "highlight", "italic", "underline",  # names that translations give to styles
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
SCOPES: dict[str, tuple[Scope, int]] = {
    **{f"h{level}": (Scope.HEADING, level) for level in range(1, 7)},
    "li": (Scope.LIST_ITEM, 0),
    "dt": (Scope.LIST_ITEM, 0),
    "dd": (Scope.LIST_ITEM, 0),
    "option": (Scope.LIST_ITEM, 0),
    "td": (Scope.TABLE_CELL, 0),
    "th": (Scope.TABLE_CELL, 0),
    "caption": (Scope.CAPTION, 0),
    "figcaption": (Scope.CAPTION, 0),
    "footer": (Scope.FOOTER, 0),
    "nav": (Scope.NAVIGATION, 0),
    "blockquote": (Scope.QUOTATION, 0),
    "pre": (Scope.CODE, 0),
    "button": (Scope.BUTTON, 0),
}
UNSEEN = frozenset({
    "svg", "math", "template", "noscript", "object", "video", "audio", "canvas", "datalist",
})  # fmt: skip
"""Elements whose content no reader of the page sees as copy."""
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.I)
_HIDING = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+(?:hidden|collapse))\b", re.I)
_OPENS = re.compile(
    r"accordion|collaps|panel|toggle|faq|answer|expand|reveal|read-?more|show-?more|dropdown|slide|carousel"
    r"|(?:^|[\s_-])(?:tab|step|more)",
    re.I,
)
"""Class names of what a reader opens by a click: hidden at first, and copy all the same."""
_PLAIN_TAG = 3
_MUTE = (
    "class|id|data-[a-z0-9_-]++|aria-(?:hidden|expanded|controls)|tabindex|focusable|width|height|xmlns|viewBox|fill|stroke[a-z-]*+"
    "|d|points|transform|c?[xyr]"
)
"""Attributes that say nothing to a reader: names that site builders put on each of a thousand boxes, and the numbers of drawings."""
_SILENT = re.compile(rf"""(?:\s++(?:{_MUTE})="[^"]*+")*+\s*+/?>""")
"""The rest of a tag that has no others."""
_BOX = re.compile(rf"""<([a-z][a-z0-9]*+)(?:\s++(?:{_MUTE})="[^"]*+")++\s*+>""")
"""A whole such tag, as most are."""
_TELLING = frozenset({"a", "img", "meta", "link", "input", "html", "time", "br"})
"""Elements that are looked at whatever their attributes are."""

_SAYING = frozenset({"br", "html", "meta", "link", "img", "input", "time"})
QUOTING = frozenset(
    {
        "x-text",
        "x-html",
        "v-text",
        "v-html",
        ":alt",
        ":title",
        ":placeholder",
        ":aria-label",
        "x-bind:title",
        "v-bind:title",
    }
)
"""Attributes that scripts fill in, on any element: what they hold is an expression, often a text in quotes."""
_SAYING_ATTRIBUTES = QUOTING | {"alt", "title", "placeholder", "aria-label", "href", "itemprop", "rel"}

Attributes = dict[str, tuple[str, int, int]]
"""Name in lower case to (raw value, start, end), offsets relative to the start of the tag."""


class Tag(NamedTuple):
    """One start or end tag, as far as its own characters tell."""

    name: str
    closing: bool
    inline: bool
    attributes: Attributes
    hidden: bool
    button: bool
    closed: bool
    component: bool
    plain: bool
    """An inline tag that says nothing: no attribute that matters, no break."""
    says: bool
    """There are attributes that matter: copy, a link, a fact."""


def attributes(tag: str, start: int) -> Attributes:
    """The attributes in ``tag`` (from '<' to '>') behind offset ``start``; the first of a name counts."""
    found: Attributes = {}
    stop = len(tag) - 1 if tag.endswith(">") else len(tag)
    for match in _ATTRIBUTE.finditer(tag, start, stop):
        name = match.group(1).lower()
        if name in found:
            continue
        group = match.lastindex or 1
        if group == 1:
            found[name] = ("", match.end(), match.end())
        else:
            found[name] = (match.group(group), match.start(group), match.end(group))
    return found


def every_attribute(tag: Tag, text: str) -> Attributes:
    """All attributes of a tag with these characters, also where ``tag`` leaves out those that say nothing to a reader."""
    if tag.closing or tag.attributes or len(text) < len(tag.name) + _PLAIN_TAG:
        return tag.attributes
    match = _NAME.match(text)
    return attributes(text, match.end()) if match else {}


class Tags(dict[str, Tag]):
    """Tags by their characters: pages repeat a few hundred tags thousands of times."""

    def __missing__(self, text: str) -> Tag:
        tag = parse_tag(text)
        self[text] = tag
        return tag


def parse_tag(text: str) -> Tag:
    """Reads one token of group 2 or 6 of ``TOKEN``."""
    box = _BOX.fullmatch(text)
    if box is not None and box[1] not in _TELLING:
        return _bare(box[1])
    match = _NAME.match(text)
    written = match.group(1) if match else ""
    end = match.end() if match else 0
    name = written.lower()
    component = written not in (name, name.upper()) or "-" in name or "." in name
    if component:
        name = _component(name)
    inline = name in INLINE
    if not text.endswith(">"):
        return Tag("", False, False, {}, False, False, False, False, False, False)
    if text[1] == "/":
        return Tag(name, True, inline, {}, False, False, False, component, inline, False)
    if len(text) - end < _PLAIN_TAG:
        hidden, button, closed = name in UNSEEN, name == "button", text.endswith("/>")
        return Tag(name, False, inline, {}, hidden, button, closed, component, inline and name != "br", False)
    if name not in _TELLING and not component and _SILENT.fullmatch(text, end):
        hidden, button, closed = name in UNSEEN, name == "button", text.endswith("/>")
        return Tag(
            name, False, inline, {}, hidden, button, closed, False, inline and not (hidden or button), False
        )
    found = attributes(text, end)
    style = found.get("style")
    hidden = "hidden" in found or (style is not None and _HIDING.search(style[0]) is not None)
    if hidden:
        named = (found[key][0] for key in ("class", "id", "role") if key in found)
        hidden = _OPENS.search(" ".join(named)) is None
    hidden = hidden or name in UNSEEN
    button = name == "button" or (name == "a" and _is_button(found))
    says = component or name in _SAYING or not found.keys().isdisjoint(_SAYING_ATTRIBUTES)
    plain = inline and not (hidden or button or says)
    return Tag(name, False, inline, found, hidden, button, text.endswith("/>"), component, plain, says)


@lru_cache(maxsize=256)
def _bare(name: str) -> Tag:
    """A start tag of that name whose attributes say nothing."""
    return parse_tag(f"<{name}>")


def _component(name: str) -> str:
    """The HTML element that a component's name suggests, as far as it matters for the text."""
    if name.endswith(("link", "anchor")):
        return "a"
    if name.endswith(("button", "btn", "cta")):
        return "button"
    if name.endswith(("image", "img", "picture")):
        return "img"
    return name


def _is_button(found: Attributes) -> bool:
    role = found.get("role")
    if role is not None and role[0].strip().lower() == "button":
        return True
    classes = found.get("class") or found.get("classname")
    return classes is not None and _BUTTON.search(classes[0]) is not None
