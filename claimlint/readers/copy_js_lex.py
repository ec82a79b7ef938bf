"""Cuts JavaScript, TypeScript and JSX into tokens, in linear time and whatever is broken in them.

A scanner of our own instead of tree-sitter: it gives code points (not bytes) at once, adds no dependency and no
33 ms of import, never turns quadratic in error recovery, and copy needs strings, keys and JSX but no syntax tree.
"""

from __future__ import annotations

import re

Token = tuple[str, int, int]
"""(kind, start, end). Kinds: ``c`` comment; ``s`` string, quotes included; ```` ` ```` quote of a template, ``t`` its text,
``${`` and ``}$`` of its expressions; ``re``; ``n`` name; ``0`` number; ``o`` operator or bracket; in JSX ``<`` start of a
tag with its name, ``a`` attribute name, ``=s`` its string, ``=`` , ``>`` and ``/>``, ``</`` an end tag, ``x`` text,
``{`` and ``}`` of an expression among children, ``={`` and ``=}`` of one in a tag, ``<<`` and ``>>`` (both empty) around
each outermost element."""

_JS = re.compile(
    r"(?P<w>\s++)"
    r"|(?P<c>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|<!--[^\n]*+)"
    r"""|(?P<s>"(?:[^"\\\n]++|\\(?:\r\n|[\s\S]))*+"?+|'(?:[^'\\\n]++|\\(?:\r\n|[\s\S]))*+'?+)"""
    r"|(?P<n>(?:[^\W\d]|\$)(?:\w|\$)*+)"
    r"|(?P<d>\d[\w.]*+)"
    r"|(?P<o>===|!==|==|!=|=>|<=|>=|&&|\|\||\?\?|\?\.|\.\.\.|\+\+|--|[\s\S])"
)
_CHUNK = re.compile(r"(?:[^`\\$]++|\\[\s\S]|\$(?!\{))*+")
_REGEX = re.compile(r"/(?![*/])(?:[^\\/\[\n]++|\\[^\n]|\[(?:[^\]\\\n]++|\\[^\n])*+\])++/[a-z]*+")
_TAG = re.compile(r"<(?:[a-zA-Z_$][\w$.:-]*+)?+")
_GENERIC = re.compile(r"<\s*+[A-Za-z_$][\w$]*+\s*+(?:,|extends\b|=)|<[A-Z]\w*+>\s*+\(")
_INSIDE = re.compile(
    r"""(?P<w>\s++)|(?P<c>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))|(?P<s>"[^"]*+"?+|'[^']*+'?+)"""
    r"|(?P<e>/>)|(?P<g>>)|(?P<q>=)|(?P<b>\{)|(?P<l><)|(?P<a>[^\s=>/{<\"']++)|(?P<z>[\s\S])"
)
_TEXT = re.compile(r"[^<{]++")
_END = re.compile(r"</[^<>{]*+>?+")
_BEFORE_VALUE = frozenset(
    "( , = : [ ! & | ? { } ; + - * % ~ ^ < > => && || ?? === !== == != <= >= ...".split()
)
_WORDS_BEFORE_VALUE = frozenset(
    "return typeof case in of delete void throw new else do yield await default".split()
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_DEEPEST_LOOK = 60


def tokens(source: str, start: int, end: int, jsx: bool) -> list[Token]:
    """The tokens of source[start:end] but for white space; JSX is looked for where ``jsx``. Linear."""
    made: list[Token] = []
    add = made.append
    stack: list[str] = []
    at = start
    no_regex = start
    while at < end:
        mode = stack[-1] if stack else ""
        if mode == "`":
            chunk = _CHUNK.match(source, at, end)
            stop = chunk.end() if chunk else at
            if stop > at:
                add(("t", at, stop))
            at = stop
            if source.startswith("`", at, end):
                add(("`", at, at + 1))
                stack.pop()
                at += 1
            elif at < end:
                add(("${", at, min(end, at + 2)))
                stack.append("${")
                at += 2
            continue
        if mode == "C":
            at = _children(source, at, end, stack, made)
            continue
        if mode == "T":
            at = _tag(source, at, end, stack, made)
            continue
        match = _JS.match(source, at, end)
        if match is None:
            break
        kind = match.lastgroup
        at = match.end()
        if kind == "w":
            continue
        first = match.start()
        if kind != "o":
            add(("0" if kind == "d" else kind or "o", first, at))
            continue
        text = match.group()
        if text in "([{":
            add(("o", first, at))
            stack.append(text)
        elif text in ")]}":
            _close(text, stack, made, first)
        elif text == "`":
            add(("`", first, at))
            stack.append("`")
        elif text == "/" and first >= no_regex and _before_value(source, made):
            literal = _REGEX.match(source, first, end)
            if literal is None:
                line = source.find("\n", first, end)
                no_regex = end if line < 0 else line
                add(("o", first, at))
            else:
                at = literal.end()
                add(("re", first, at))
        elif text == "<" and jsx and _opens(source, first, end) and _before_value(source, made):
            add(("<<", first, first))
            at = _open_tag(source, first, end, stack, made)
        else:
            add(("o", first, at))
    if any(mode in "TC" for mode in stack):
        add((">>", end, end))
    return made


def _opens(source: str, at: int, end: int) -> bool:
    following = source[at + 1 : at + 2]
    if not (following == ">" or following.isalpha() or following in "_$") or at + 1 >= end:
        return False
    return _GENERIC.match(source, at, end) is None


def _before_value(source: str, made: list[Token]) -> bool:
    for kind, start, end in reversed(made[-8:]):
        if kind == "c":
            continue
        if kind == "o":
            return source[start:end] in _BEFORE_VALUE
        if kind == "n":
            return source[start:end] in _WORDS_BEFORE_VALUE
        return kind in ("{", "={", "${")
    return True


def _close(text: str, stack: list[str], made: list[Token], at: int) -> None:
    wanted = _PAIRS[text]
    for depth in range(1, min(len(stack), _DEEPEST_LOOK) + 1):
        mode = stack[-depth]
        if mode == wanted or (text == "}" and mode in ("{c", "={", "${")):
            del stack[-depth:]
            kind = {"{c": "}", "={": "=}", "${": "}$"}.get(mode, "o")
            made.append((kind, at, at + 1))
            return
        if mode in ("C", "T", "`", "{c", "={", "${"):
            break
    made.append(("o", at, at + 1))


def _open_tag(source: str, at: int, end: int, stack: list[str], made: list[Token]) -> int:
    match = _TAG.match(source, at, end)
    stop = match.end() if match else at + 1
    made.append(("<", at, stop))
    stack.append("T")
    return stop


def _tag(source: str, at: int, end: int, stack: list[str], made: list[Token]) -> int:
    match = _INSIDE.match(source, at, end)
    if match is None:
        return end
    kind, stop = match.lastgroup, match.end()
    if kind == "c":
        made.append(("c", at, stop))
    elif kind == "s":
        made.append(("=s", at, stop))
    elif kind == "a":
        made.append(("a", at, stop))
    elif kind == "q":
        made.append(("=", at, stop))
    elif kind == "b":
        made.append(("={", at, stop))
        stack.append("={")
    elif kind == "l" and source.startswith("<", at):
        # A type argument, or a tag that was never closed: the tag ends here.
        made.append(("o", at, stop))
    elif kind == "e":
        stack.pop()
        made.append(("/>", at, stop))
        _after_element(stack, made, stop)
    elif kind == "g":
        stack[-1] = "C"
        made.append((">", at, stop))
    return stop


def _children(source: str, at: int, end: int, stack: list[str], made: list[Token]) -> int:
    if source.startswith("</", at, end):
        match = _END.match(source, at, end)
        stop = match.end() if match else at + 2
        made.append(("</", at, stop))
        stack.pop()
        _after_element(stack, made, stop)
        return stop
    if source.startswith("{", at, end):
        made.append(("{", at, at + 1))
        stack.append("{c")
        return at + 1
    if source.startswith("<", at, end):
        if source[at + 1 : at + 2].isalpha() or source[at + 1 : at + 2] in ("_", "$", ">"):
            return _open_tag(source, at, end, stack, made)
        made.append(("x", at, at + 1))
        return at + 1
    match = _TEXT.match(source, at, end)
    stop = match.end() if match else at + 1
    made.append(("x", at, stop))
    return stop


def _after_element(stack: list[str], made: list[Token], at: int) -> None:
    if not stack or stack[-1] != "C":
        made.append((">>", at, at))
