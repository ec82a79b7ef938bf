"""Objects and lists of strings as copy with a heading and a lead-in: shared by JavaScript, JSON, YAML, TOML and PHP.

``{title, description, benefits: [...]}`` is how sites write a section down; this module turns such nesting into the
scopes, levels and lead-ins that the same section has on a page.
"""

from __future__ import annotations

from claimlint.model import Scope
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import ANSWERS, HEADINGS, QUESTIONS, is_meta, last_word
from claimlint.readers.copy_values import Decoded, Value

_OFF = frozenset(
    "style classname class css theme animation variant keyword keywords classes styles tags slugs variants".split()
)
_TITLES = HEADINGS - {"label", "name"}
_ADDRESSES = frozenset({"href", "url", "link", "to", "path", "route"})
_SIDE = frozenset({"alt", "arialabel", "placeholder", "tooltip"})
_BUTTONS = frozenset({"cta", "button", "buttontext", "ctatext", "buttonlabel", "ctalabel"})
_QUOTES = frozenset({"quote", "testimonial", "review"})
_META = frozenset({"title", "description", "ogtitle", "ogdescription", "summary", "abstract"})
_SHORT = 400


class Frame:
    """One object (``map``), list (``list``) or other bracket while it is open.

    ``key`` is the key at hand, ``within`` says that some bracket around is a list.
    """

    __slots__ = ("depth", "heads", "key", "keys", "kind", "loose", "meta", "name", "off", "values", "within")

    def __init__(self, kind: str, name: str, depth: int, meta: bool, off: bool) -> None:
        self.kind = kind
        self.name = name
        self.key = name if kind == "list" else ""
        self.depth = depth
        self.meta = meta
        self.off = off
        self.keys: set[str] = set()
        self.values: list[Value] = []
        self.heads = 0
        self.loose: list[Value] = []
        self.within = False


class Tree:
    """The open frames, outermost first, and the strings that were found in them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.frames: list[Frame] = [Frame("other", "", 0, False, False)]

    @property
    def top(self) -> Frame:
        """The innermost frame."""
        return self.frames[-1]

    @property
    def _listed(self) -> bool:
        top = self.frames[-1]
        return top.within or top.kind == "list"

    def open(self, kind: str) -> Frame:
        """Opens a frame under the key at hand."""
        above = self.frames[-1]
        key = above.key
        off = above.off or last_word(key) in _OFF
        frame = Frame(kind, key, above.depth + (kind == "map"), above.meta or is_meta(key), off)
        frame.within = above.within or above.kind == "list"
        self.frames.append(frame)
        return frame

    def close(self) -> Frame | None:
        """Closes the innermost frame and settles what its strings are."""
        if len(self.frames) == 1:
            return None
        frame = self.frames.pop()
        above = self.frames[-1]
        if frame.kind == "map":
            _settle(frame, above.kind == "list")
        else:
            frame.loose.extend(frame.values)
        above.loose.extend(frame.loose)
        above.heads += frame.heads + len(frame.values)
        return frame

    def key(self, key: str) -> None:
        """The key whose value follows."""
        top = self.frames[-1]
        top.key = key
        top.keys.add(last_word(key))

    def string(self, start: int, end: int, decoded: Decoded, scope: Scope = Scope.PARAGRAPH) -> Value | None:
        """A string under the key at hand."""
        top = self.frames[-1]
        if top.off:
            if decoded[0]:
                self.plan.left.append((start, end, f"it stands under '{top.name}'"))
            return None
        in_list = top.kind == "list"
        value = self.plan.judge(
            top.key, start, end, decoded, Scope.LIST_ITEM if in_list else scope, self._listed
        )
        if value is not None:
            top.values.append(value)
            if top.kind == "map":
                value.scope = _own_scope(value, top.meta)
        return value


def _own_scope(value: Value, meta: bool) -> Scope:
    word = last_word(value.key)
    if meta and word in _META:
        return Scope.TITLE if word == "title" else Scope.META
    if word in _SIDE:
        return Scope.ALT
    if word in _BUTTONS:
        return Scope.BUTTON
    return Scope.QUOTATION if word in _QUOTES else value.scope


def _settle(frame: Frame, in_list: bool) -> None:
    """Decides which string of an object heads the others, and what introduces those that it does not head."""
    values = frame.values
    head: Value | None = None
    question: Value | None = None
    for value in values:
        word = last_word(value.key)
        if value.scope is not Scope.PARAGRAPH or len(value.decoded[0]) > _SHORT:
            continue
        if word in QUESTIONS and question is None:
            question = value
        if word in HEADINGS and (head is None or (last_word(head.key) not in _TITLES and word in _TITLES)):
            head = value
    if head is not None:
        if frame.keys & _ADDRESSES and len(values) == 1 and not frame.heads:
            head.scope = Scope.LINK
        elif len(values) == 1 and not frame.heads:
            head.scope = Scope.LIST_ITEM
            frame.loose.append(head)
            return
        else:
            head.scope, head.level = Scope.HEADING, min(6, max(1, frame.depth))
        for value in frame.loose:
            if value.lead is None:
                value.lead = head
        frame.loose.clear()
    elif in_list and len(values) == 1 and values[0].scope is Scope.PARAGRAPH and not frame.heads:
        values[0].scope = Scope.LIST_ITEM
        frame.loose.append(values[0])
    for value in values:
        if value is not head and value.scope is Scope.PARAGRAPH:
            value.level = 0
            if question is not None and last_word(value.key) in ANSWERS:
                value.lead = question
