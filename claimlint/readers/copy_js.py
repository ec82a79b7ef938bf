"""Finds the copy of JavaScript, TypeScript and JSX: which strings are read by people, and the markup in JSX.

It walks the tokens of ``copy_js_lex`` with a stack of brackets, which is all that keys, arrays, calls and variables need.
Files that are broken or minified are walked like any other; nothing here depends on a correct parse.
"""

from __future__ import annotations

import re

from claimlint.model import Comment
from claimlint.readers.copy_js_lex import Token, tokens
from claimlint.readers.copy_js_strings import joined
from claimlint.readers.copy_jsx import Markup
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_tree import Tree
from claimlint.readers.copy_values import Decoded

_SILENT = re.compile(
    r"console|require|import|fetch|querySelector\w*|getElement\w*|addEventListener|getAttribute|removeAttribute"
    r"|classList|cn|clsx|cx|twMerge|cva|classNames|Error|TypeError|RegExp|URL|log|warn|error|debug|info|trace|emit|on|off"
    r"|startsWith|endsWith|includes|indexOf|split|replace|replaceAll|match|test|join|get|set|has|delete|getItem|setItem|style|css|use"
    r"|removeItem|invalidateQueries|gtag|track|describe|it|querySelectorAll|matchMedia|removeEventListener|dispatch|define|add|remove"
    r"|find|closest|\$|jQuery|toggleClass|addClass|removeClass|hasClass|data|trigger|animate|resolve|path|glob|readFileSync|writeFileSync"
)
_HANDLER = re.compile(r"on[A-Z]\w*|style|class(?:Name)?|sx|css|ref|key")
_DEEP = 2
"""Of a bracket: it shows nothing, and neither does any bracket in it. 1 is said of its own strings and lists alone."""
_COMPARES = frozenset({"===", "==", "!==", "!="})
_DECLARES = frozenset({"const", "let", "var"})
_TAGGED_COPY = frozenset({"html", "md", "markdown", "mdx", "dedent", "raw"})
_OBJECT_BEFORE = frozenset("( , = : [ ? && || ?? { ...".split())
_OBJECT_WORDS = frozenset({"return", "default", "satisfies", "yield", "await"})


def scan_js(plan: Plan, start: int, end: int, jsx: bool, key: str | None = None) -> None:
    """Notes on ``plan`` what is copy in plan.source[start:end], a script; ``jsx`` as in ``tokens``. Linear.

    With ``key`` the script is one expression, the value of that key or attribute (empty: among children).
    """
    walk = _Walk(plan, tokens(plan.source, start, end, jsx))
    if key is not None:
        walk.tree.top.key = key
        walk.tree.top.depth = 2
        walk.expression = True
    walk.run()


class _Walk:
    def __init__(self, plan: Plan, toks: list[Token]) -> None:
        self.plan = plan
        self.source = plan.source
        self.toks = toks
        self.tree = Tree(plan)
        self.marks = Markup(plan, toks)
        self.silent: list[int] = [0]
        self.expects: list[bool] = [False]
        self.declared: list[str] = [""]
        self.expression = False

    def run(self) -> None:
        """Walks all tokens."""
        toks = self.toks
        at = 0
        before: Token = ("={", 0, 0) if self.expression else ("o", 0, 0)
        while at < len(toks):
            token = toks[at]
            kind, start, end = token
            if kind == "c":
                self._comment(start, end)
                at += 1
                continue
            if kind in ("s", "`"):
                at = self._string(at, before)
                before = ("s", start, end)
                continue
            if kind == "o":
                self._operator(at, before)
            elif kind == "n":
                self._name(at, before)
            elif kind in ("{", "={", "${"):
                self._push("other")
                self.marks.handle(at)
                if kind == "={":
                    self.tree.top.key = self.marks.attribute
                    self.tree.top.depth = max(2, self.tree.top.depth)
                    if _HANDLER.fullmatch(self.marks.attribute):
                        self.silent[-1] = _DEEP
            elif kind in ("}", "=}", "}$"):
                self._pop()
                self.marks.handle(at)
            elif kind in ("=s", "<", "a", ">", "/>", "</", "x", "<<", ">>"):
                self.marks.handle(at)
            before = token
            at += 1
        while len(self.tree.frames) > 1:
            self._pop()

    def _comment(self, start: int, end: int) -> None:
        text = self.source[start:end]
        inner = text[2:-2] if text.startswith("/*") and text.endswith("*/") and len(text) > 3 else text[2:]
        self.plan.comments.append(Comment(start, end, inner))

    def _push(self, kind: str, silent: int = 0) -> None:
        self.tree.open(kind)
        if kind == "other":
            self.tree.top.key = ""
        above = self.silent[-1]
        self.silent.append(_DEEP if above == _DEEP else silent or (above if kind != "other" else 0))
        self.expects.append(kind == "map")
        self.declared.append("")

    def _pop(self) -> None:
        frame = self.tree.close()
        if frame is None:
            return
        self.silent.pop()
        self.expects.pop()
        self.declared.pop()
        if frame.kind == "list" and frame.name:
            self.plan.lists.setdefault(frame.name, []).extend(
                value for value in frame.loose if value.lead is None
            )

    def _text(self, at: int) -> str:
        if not 0 <= at < len(self.toks):
            return ""
        return self.source[self.toks[at][1] : self.toks[at][2]]

    def _operator(self, at: int, before: Token) -> None:
        text = self._text(at)
        top = self.tree.top
        if text in "([{" and text:
            self._bracket(text, at, before)
        elif text in (")", "]", "}"):
            self._pop()
        elif text == ",":
            self.expects[-1] = top.kind == "map"
        elif text == ":" and self.expects[-1] and before[0] in ("n", "s", "0"):
            name = self.source[before[1] : before[2]].strip("\"'`")
            self.tree.key(name)
            self.expects[-1] = False
        elif text == "=" and top.kind != "map":
            name = self.declared[-1] or (self._text(at - 1) if before[0] == "n" else "")
            top.key = name
            self.declared[-1] = ""
        elif text == ";":
            self.declared[-1] = ""
            if top.kind == "other":
                top.key = ""

    def _bracket(self, text: str, at: int, before: Token) -> None:
        word = self.source[before[1] : before[2]]
        if text == "[":
            index = before[0] in ("n", "s") or word in (")", "]")
            index = index and not (before[0] == "n" and word in _OBJECT_WORDS)
            self._push("other" if index else "list", silent=index)
        elif text == "(":
            silent = before[0] == "n" and _SILENT.fullmatch(word) is not None
            silent = silent or (before[0] == "n" and self._called_on(at) in ("console", "gtag", "logger"))
            key = self.tree.top.key
            self._push("other", silent)
            if (before[0] == "o" and word in ("=", ":", "=>", "?", "(")) or word in (
                "freeze",
                "reactive",
                "ref",
                "useState",
            ):
                self.tree.top.key = key
        elif word == "=>" or before[0] == ">>":
            self._push("other")
        elif (
            before[0] in ("{", "={", "${")
            or (before[0] == "o" and word in _OBJECT_BEFORE)
            or word in _OBJECT_WORDS
        ):
            attribute = self.marks.attribute if before[0] == "={" and not self.expression else ""
            if attribute:
                self.tree.top.key = attribute
            self._push("map", self.silent[-1])
        else:
            self._push("other")

    def _called_on(self, at: int) -> str:
        return self._text(at - 3) if self._text(at - 2) == "." else ""

    def _name(self, at: int, before: Token) -> None:
        text = self._text(at)
        if self._text(at - 1) in _DECLARES and before[0] == "n":
            self.declared[-1] = text
        if text == "map" and self._text(at - 1) in (".", "?."):
            self.plan.shown.append((self._text(at - 2), self.toks[at][1]))

    def _string(self, at: int, before: Token) -> int:
        """Handles the string (or concatenation) that starts at token ``at``; returns the token behind it."""
        decoded, stop = joined(self.source, self.toks, at)
        start, end = self.toks[at][1], self.toks[stop - 1][2]
        following = self._text(stop)
        word = self.source[before[1] : before[2]]
        tagged = (
            self.toks[at][0] == "`"
            and before[0] in ("n", "o")
            and before[2] == start
            and ((before[0] == "n" and word not in _OBJECT_WORDS) or word in (")", ">"))
        )
        top = self.tree.top
        reason = ""
        if self.expects[-1] and following in (":", "("):
            return stop
        if self.marks.inline(at, stop):
            return stop
        if word in ("from", "import", "case", "typeof", "in") and before[0] == "n":
            reason = f"it follows '{word}'"
        elif word in _COMPARES or following in _COMPARES:
            reason = "it is compared with"
        elif tagged and word not in _TAGGED_COPY:
            reason = "it is a tagged template of code"
        elif self.silent[-1]:
            reason = "it is an argument of a call that shows nothing"
        elif word == ";" or before == ("o", 0, 0) or (word == "}" and following == ";"):
            reason = "it is a directive"
        elif (before[0] == "o" and word == "|") or following == "|":
            reason = "it is a type"
        if reason:
            self.plan.left.append((start, end, reason))
            return stop
        shown = word in ("?", ":", "&&", "||", "??") and (self.marks.shows or self.expression)
        if not top.key and shown and top.kind == "other":
            top.key = "text"
            self._judge(start, end, decoded)
            top.key = ""
        else:
            self._judge(start, end, decoded)
        return stop

    def _judge(self, start: int, end: int, decoded: Decoded) -> None:
        value = self.tree.string(start, end, decoded)
        if value is not None and self.tree.top.kind == "other" and self.marks.attribute:
            value.scope = self.marks.scope(self.marks.attribute, value)
