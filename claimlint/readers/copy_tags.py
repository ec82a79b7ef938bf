"""What the tags of template languages print, set and pass on: Twig, Liquid, Nunjucks, Handlebars, ERB, EJS and Jinja.

A text that is printed whole, or put together from pieces, is part of the sentence around it; one of two answers, a
default, an argument or the value of a variable is a text of its own. One tokenizer serves them all: only strings, names
and a few marks count.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimlint.model import Scope
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import key_says, last_word, names_text, why_not
from claimlint.readers.copy_values import Decoder
from claimlint.readers.holes import WORD

_TOKEN = re.compile(
    r"""(?P<s>"(?:[^"\\]++|\\[\s\S])*+"|'(?:[^'\\]++|\\[\s\S])*+'|`(?:[^`\\$]++|\\[\s\S]|\$(?!\{))*+`)"""
    r"|(?P<n>[\w$@][\w$@.-]*+\??+)|(?P<o>=>|[=!]==?|<=|>=|\?\?|\|\||&&|\.\.|[^\s\w])"
)
_OPENS = re.compile(r"\{\{\{?[-~]?|\{!!|<%[-=]?=?|\{%[-+~]?")
_CLOSES = re.compile(r"(?:[-~]?\}\}\}?|!!\}|-?%>|[-+~]?%\})\Z")
_WRAPS = frozenset({
    "_", "t", "$t", "gettext", "trans", "translate", "i18n.t", "__", "h", "raw", "html_safe", "safe", "escape", "sanitize",
})  # fmt: skip
_COMPARES = frozenset(
    {"==", "===", "!=", "!==", "eq", "ne", "is", "in", "contains", "matches", "when", "case"}
)
_JOINS = frozenset({"~", "+", ".."})
_ASSIGNS = frozenset({":", "=", "=>"})
_ESCAPE = re.compile(r"\\[\s\S]")
_NAMES_A_FILE = frozenset({
    "include", "extends", "import", "from", "embed", "render", "partial", "layout", "section", "block", "use", "require", "load",
    "url", "static", "asset", "asset_path", "image_tag", "stylesheet_link_tag", "javascript_include_tag", "path", "route",
})  # fmt: skip
_HEADS = ("title", "heading", "headline")
_LONG = 60
"""Characters beyond which the text of a token is not looked at: no name or mark is that long."""


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    text: str


def scan_tag(plan: Plan, start: int, end: int, text: str) -> None:
    """Notes on ``plan`` what the tag at ``start`` to ``end`` says; ``text`` is what it stands for where it prints no literal. Linear."""
    source = plan.source
    opened = _OPENS.match(source, start, end)
    closed = _CLOSES.search(source, max(start, end - 4), end)
    first = start + 2 if opened is None else opened.end()
    last = end if closed is None else max(first, closed.start())
    toks = [
        _Token(
            match.lastgroup or "o",
            *match.span(),
            match.group() if match.end() - match.start() < _LONG else "",
        )
        for match in _TOKEN.finditer(source, first, last)
    ]
    if not any(token.kind == "s" for token in toks):
        plan.masks.append((start, end, None, text))
        return
    prints = text == WORD
    whole = _printed(plan, toks) if prints else None
    if whole is None:
        plan.masks.append((start, end, None, text))
        _strings(plan, toks)
        return
    done = start
    for piece in whole:
        low, high = (piece.start + 1, piece.end - 1) if piece.kind == "s" else (piece.start, piece.start)
        plan.masks.append((done, low, None, ""))
        if piece.kind == "s":
            for match in _ESCAPE.finditer(source, low, high):
                plan.masks.append((*match.span(), None, match.group()[1]))
            done = high
        else:
            plan.masks.append((piece.start, piece.end, None, WORD))
            done = piece.end
    plan.masks.append((done, end, None, ""))
    _strings(plan, [token for token in toks if token.start >= done])  # what filters add


def _printed(plan: Plan, toks: list[_Token]) -> list[_Token] | None:
    """The strings and names that the tag prints one behind the other; None where it is no plain text."""
    main = toks
    for number, token in enumerate(toks):
        if token.text == "|":
            if any(later.kind == "s" and toks[at].text == "default" for at, later in _behind(toks, number)):
                return None
            main = toks[:number]
            break
    if len(main) > 2 and main[0].text in _WRAPS and main[1].text == "(" and main[-1].text == ")":
        main = main[2:-1]
    elif len(main) == 2 and main[0].text in _WRAPS:
        main = main[1:]
    if len(main) % 2 == 0 or not any(token.kind == "s" for token in main):
        return None
    operands = main[::2]
    if any(token.text not in _JOINS for token in main[1::2]) or any(token.kind == "o" for token in operands):
        return None
    texts = [plan.source[token.start + 1 : token.end - 1] for token in operands if token.kind == "s"]
    if any("<" in text or "{" in text for text in texts):
        return None
    if names_text("".join(texts)):
        return None
    return operands


def _behind(toks: list[_Token], number: int) -> list[tuple[int, _Token]]:
    """The tokens behind ``number``, each with the place of the name whose argument it may be."""
    made: list[tuple[int, _Token]] = []
    name = number
    for at in range(number + 1, len(toks)):
        if toks[at].kind == "n":
            name = at
        made.append((name, toks[at]))
    return made


def _strings(plan: Plan, toks: list[_Token]) -> None:
    """Judges each string of a tag: by the key that it stands under, else by whether it reads like prose."""
    lists = 0
    for number, token in enumerate(toks):
        if token.text == "[":
            lists += 1
        elif token.text == "]":
            lists -= 1
        if token.kind != "s":
            continue
        before = toks[number - 1].text if number else ""
        after = toks[number + 1].text if number + 1 < len(toks) else ""
        opens = before in ("{", ",", "(", "[", "")
        if after in ("=>", ":", "=") and opens and before:
            continue  # a key
        if before in _COMPARES or after in _COMPARES:
            plan.left.append((token.start, token.end, "it is compared with"))
            continue
        if before in _NAMES_A_FILE:
            plan.left.append((token.start, token.end, f"it follows '{before}'"))
            continue
        key = _key(plan, toks, number) if before in _ASSIGNS else ""
        _judge(plan, token, key, lists > 0)


def _key(plan: Plan, toks: list[_Token], number: int) -> str:
    """The name or quoted key before the mark in front of token ``number``; empty for the second of two answers."""
    if number < 2:
        return ""
    named = toks[number - 2]
    if named.kind == "s":
        around = toks[number - 3].text if number > 2 else ""
        return plan.source[named.start + 1 : named.end - 1] if around in ("{", ",", "(") else ""
    return named.text.rsplit(".", 1)[-1] if named.kind == "n" else ""


def _judge(plan: Plan, token: _Token, key: str, listed: bool) -> None:
    text = plan.source[token.start + 1 : token.end - 1]
    vouched = key_says(key)
    if vouched is None:
        reason = why_not(None, text)
        if reason is not None:
            if text:
                plan.left.append((token.start, token.end, reason))
            return
        key = "text"
    decoder = Decoder()
    decoder.escaped(plan.source, token.start + 1, token.end - 1, _ESCAPE, lambda escape: escape[1])
    value = plan.judge(key, token.start, token.end, decoder.done(), in_list=listed)
    if value is None:
        return
    word = last_word(key)
    value.scope = (
        Scope.ALT
        if word == "alt"
        else Scope.HEADING
        if word in _HEADS
        else Scope.LIST_ITEM
        if listed and key == "text"
        else Scope.PARAGRAPH
    )
    value.level = 4 if value.scope is Scope.HEADING else 0
