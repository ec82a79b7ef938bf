"""Reads TOML: strings that are copy, with exact places, which the library of the language does not give.

A scanner of tokens is enough: TOML's strings, tables and arrays can be told apart without parsing the rest.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_tree import Tree
from claimlint.readers.copy_values import Decoder

EXTENSIONS = (".toml",)
_TOKEN = re.compile(
    r"""(?P<m>\"{3}(?:[^"\\]++|\\[\s\S]|"(?!""))*+(?:"{3}|\Z)|'{3}(?:[^']++|'(?!''))*+(?:'{3}|\Z))"""
    r"""|(?P<s>"(?:[^"\\\n]++|\\[^\n])*+"?+|'[^'\n]*+'?+)|(?P<c>\#[^\n]*+)|(?P<n>\n)"""
    r"""|(?P<w>[A-Za-z0-9_.-]++)|(?P<p>[=\[\]{},])|(?P<z>[^\S\n]++|.)"""
)
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[ \t]*+\r?\n\s*+|\\[\s\S]")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "e": " "}


def read(path: str, source: str) -> Document:
    """The copy in ``source``, TOML. Linear, never fails."""
    return _plan(source).document(path, "toml")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(source).left)


def _plan(source: str) -> Plan:
    plan = Plan(source)
    tree = Tree(plan)
    tree.open("map")
    brackets = 0
    fresh = True
    header = ""
    key = ""
    for match in _TOKEN.finditer(source, plan.start):
        kind, text = match.lastgroup, match.group()
        start, end = match.span()
        if kind == "n":
            if brackets == 0:
                fresh, key, header = True, "", ""
        elif kind == "c":
            plan.comments.append(Comment(start, end, text[1:]))
        elif kind in ("s", "m"):
            if fresh or (tree.top.kind == "map" and brackets):
                key = text.strip("\"'")
                if fresh or not tree.top.key:
                    fresh = False
                    continue
            tree.string(start, end, _decoded(source, start, end, text, kind == "m").done())
        elif text == "[" and fresh:
            header = "["
        elif header:
            if kind == "w":
                while len(tree.frames) > 2:
                    tree.close()
                tree.key(text.rsplit(".", 1)[-1])
                tree.open("map")
            elif text == "]":
                fresh = False
        elif kind == "w":
            if fresh or (tree.top.kind == "map" and brackets):
                key = text
            fresh = False
        elif text == "=":
            tree.key(key.rsplit(".", 1)[-1])
        elif text in ("[", "{"):
            tree.open("list" if text == "[" else "map")
            brackets += 1
        elif text in ("]", "}") and brackets:
            tree.close()
            brackets -= 1
        elif text == "," and tree.top.kind == "map":
            tree.top.key = ""
    while tree.close() is not None:
        pass
    return plan


def _decoded(source: str, start: int, end: int, text: str, multiline: bool) -> Decoder:
    width = 3 if multiline else 1
    mark = text[:width]
    shut = end - width if len(text) >= 2 * width and text.endswith(mark) else end
    decoder = Decoder()
    decoder.escaped(source, start + width, shut, _ESCAPE if mark[0] == '"' else None, _unescape)
    return decoder


def _unescape(text: str) -> str:
    if text[1] in "uU" and len(text) > 2:
        number = int(text[2:], 16)
        return "\ufffd" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)
    return "" if "\n" in text else _PLAIN.get(text[1], text[1])
