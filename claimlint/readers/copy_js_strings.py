"""Strings of JavaScript as text: escapes undone, concatenations and templates joined, every place kept.

A sentence is often put together from pieces (``"It ends " + name + " pain"``); a reader of the page sees one.
"""

from __future__ import annotations

import re

from claimlint.readers.copy_js_lex import Token
from claimlint.readers.copy_values import Decoded, Decoder
from claimlint.readers.holes import WORD

_ESCAPE = re.compile(
    r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}"
    r"|\\x[0-9a-fA-F]{2}|\\\r\n|\\[\s\S]"
)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "0": " ", "\n": "", "\r": ""}


def unescape(text: str) -> str:
    """The character that an escape of a JavaScript (or JSON) string stands for."""
    if len(text) >= 12 and text[1] == "u" and text[6] == "\\":
        return (bytes.fromhex(text[2:6]) + bytes.fromhex(text[8:12])).decode("utf-16-be", "replace")
    digits = text[2:].strip("{}")
    if text[1] in "ux" and digits:
        number = int(digits, 16)
        return "\ufffd" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)
    return _PLAIN.get(text[1], text[1])


def text_of(source: str, toks: list[Token], at: int) -> str:
    """The characters of token ``at``; empty where there is none."""
    return source[toks[at][1] : toks[at][2]] if 0 <= at < len(toks) else ""


def joined(source: str, toks: list[Token], at: int) -> tuple[Decoded, int]:
    """The string at token ``at`` with all that is added to it (names as unknown words), and the token behind it."""
    decoder = Decoder()
    at = _literal(source, toks, at, decoder)
    while text_of(source, toks, at) == "+":
        kind = toks[at + 1][0] if at + 1 < len(toks) else ""
        if kind in ("s", "`"):
            at = _literal(source, toks, at + 1, decoder)
        elif kind in ("n", "0"):
            begin = at
            at += 2
            while text_of(source, toks, at) in (".", "?.") and at + 1 < len(toks) and toks[at + 1][0] == "n":
                at += 2
            if text_of(source, toks, at) in ("(", "["):
                break
            decoder.add(WORD, toks[begin][1], toks[at - 1][2])
        else:
            break
    return decoder.done(), at


def is_sum(source: str, inner: list[Token]) -> bool:
    """True for a string, or for strings and names with a plus sign between any two."""
    operands = 0
    for kind, start, end in inner:
        mark = source[start:end]
        if kind in ("s", "n", "0"):
            operands += 1
        elif mark in ("+", ".", "?."):
            operands -= 1
        else:
            return False
        if not 0 <= operands <= 1:
            return False
    return operands == 1 and any(kind == "s" for kind, _, _ in inner)


def _literal(source: str, toks: list[Token], at: int, decoder: Decoder) -> int:
    kind, start, end = toks[at]
    if kind == "s":
        shut = end - 1 if end - start > 1 and source[end - 1] == source[start] else end
        decoder.escaped(source, start + 1, shut, _ESCAPE, unescape)
        return at + 1
    at += 1
    depth = 0
    opened = 0
    while at < len(toks):
        kind, start, end = toks[at]
        at += 1
        if kind == "${":
            opened = opened if depth else start
            depth += 1
        elif kind == "}$":
            depth -= 1
            if depth == 0:
                decoder.add(WORD, opened, end)
        elif depth:
            continue
        elif kind == "t":
            decoder.escaped(source, start, end, _ESCAPE, unescape)
        elif kind == "`":
            break
    return at
