"""Objects and lists of strings as copy with a heading and a lead-in: shared by JavaScript, JSON, YAML, TOML and PHP.

``{title, description, benefits: [...]}`` is how sites write a section down; this module turns such nesting into the
scopes, levels and lead-ins that the same section has on a page.
"""

from __future__ import annotations

from claimlint.model import Scope
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import ANSWERS, HEADINGS, QUESTIONS, is_meta, last_word
from claimlint.readers.copy_rich import (
    LISTS,
    LOOKS,
    TEXTS,
    Run,
    flows,
    handed_up,
    is_break,
    is_inline,
    is_run,
    joined,
    look,
)
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
_WORD = 40


class Frame:
    """One object (``map``), list (``list``) or other bracket while it is open.

    ``key`` is the key at hand, ``within`` says that some bracket around is a list. ``held`` are the texts of an object
    that may be a run of rich text, ``runs`` such texts in a list (or, of an object, in the list that it holds), ``kinds``
    what an object says it is.
    """

    __slots__ = (
        "breaks", "depth", "heads", "held", "key", "keys", "kind", "kinds", "loose", "meta", "name", "off", "runs",
        "values", "within",
    )  # fmt: skip

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
        self.held: list[Run] = []
        self.runs: list[Run] = []
        self.kinds: dict[str, str] = {}
        self.breaks = False


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
            self._close_map(frame, above)
            _settle(frame, above.kind == "list")
        else:
            self._close_list(frame, above)
            frame.loose.extend(frame.values)
        above.loose.extend(frame.loose)
        above.heads += frame.heads + len(frame.values)
        return frame

    def _close_map(self, frame: Frame, above: Frame) -> None:
        """Hands on the runs of rich text that an object is or holds, and settles those that end with it."""
        rich = above.kind == "list" and above.name in LISTS
        if not (rich or frame.runs):
            return
        if rich and is_break(frame.kinds):
            above.breaks = True
        elif len(frame.held) == 1 and not frame.values and self._is_run(frame):
            _add(above, frame.held)
        elif rich and frame.runs and not frame.values and is_inline(frame.kinds) and handed_up(frame.runs):
            for run in frame.runs:
                run.styled = True
            _add(above, frame.runs)
        else:
            self._settle_runs(frame, frame.kinds, above)
            self._keep(frame)
            if rich:
                self._settle_runs(above, self.frames[-2].kinds)

    def _close_list(self, frame: Frame, above: Frame) -> None:
        """Leaves runs of rich text to the object around, which says what they are."""
        if not frame.runs:
            return
        waits = above.kind == "map" and not above.runs and (flows(frame.runs) or is_inline(above.kinds))
        if waits:
            above.runs = frame.runs
        else:
            self._settle_runs(frame, above.kinds)

    def _is_run(self, frame: Frame) -> bool:
        run = frame.held[0]
        said = is_run(run.key, frame.keys, frame.kinds)
        run.styled = said is True
        return said is not False

    def _settle_runs(self, frame: Frame, kinds: dict[str, str], around: Frame | None = None) -> None:
        """Judges the runs that ``frame`` holds: one text where they flow, else each for itself."""
        runs, frame.runs, frame.breaks = [run for run in frame.runs if run.decoded[0]], [], False
        whole = flows(runs)
        for part in [runs] if whole else [[run] for run in runs]:
            key = "text" if whole else part[0].key
            value = self.plan.judge(key, part[0].start, part[-1].end, joined(part), in_list=True)
            if value is None:
                continue
            frame.heads += 1
            said = look(kinds) if whole else (Scope.LIST_ITEM, 0)
            if said is None and around is not None and len(self.frames) > 1:
                said = look(self.frames[-2].kinds)
            if said is not None:
                value.scope, value.level = said
            if not whole:
                frame.loose.append(value)

    def _keep(self, frame: Frame) -> None:
        """Judges texts that are no runs as any other string of their object, in their place among them."""
        for run in frame.held:
            value = self.plan.judge(run.key, run.start, run.end, run.decoded, in_list=True)
            if value is not None:
                value.scope = _own_scope(value, frame.meta)
                frame.values.append(value)
        if frame.held:
            frame.values.sort(key=lambda value: value.start)

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
        if top.kind == "map":
            if top.key in LOOKS:
                top.kinds[top.key] = decoded[0][:_WORD]
            elif top.key in TEXTS and self.frames[-2].kind == "list" and self.frames[-2].name in LISTS:
                top.held.append(Run(top.key, start, end, decoded))
                return None
        return self._judged(start, end, decoded, scope)

    def _judged(self, start: int, end: int, decoded: Decoded, scope: Scope = Scope.PARAGRAPH) -> Value | None:
        top = self.frames[-1]
        in_list = top.kind == "list"
        value = self.plan.judge(
            top.key, start, end, decoded, Scope.LIST_ITEM if in_list else scope, self._listed
        )
        if value is not None:
            top.values.append(value)
            if top.kind == "map":
                value.scope = _own_scope(value, top.meta)
        return value


def _add(frame: Frame, runs: list[Run]) -> None:
    if frame.breaks:
        runs[0].breaks, frame.breaks = True, False
    frame.runs.extend(runs)


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
