"""Reads JSON (comments allowed): values that are copy, under the headings that their objects give them.

A scanner of tokens instead of ``json``: it keeps places, reads what is broken as far as it goes, and never recurses.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document
from claimlint.readers.copy_js_strings import unescape
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_tree import Tree
from claimlint.readers.copy_values import Decoded, Decoder

EXTENSIONS = (".json", ".jsonc", ".json5", ".webmanifest")
_TOKEN = re.compile(
    r"""(?P<s>"(?:[^"\\]++|\\[\s\S])*+"?+)|(?P<c>//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"""
    r"|(?P<p>[{}\[\],:])|(?P<w>[^\"{}\[\],:/]++|/)"
)
ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\s\S]")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, JSON. Linear, never fails."""
    return _plan(source).document(path, "json")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(source).left)


def scan_defaults(plan: Plan, start: int, end: int) -> None:
    """Notes the prose that JSON in plan.source[start:end] has under ``default``: what a form shows before it is filled in."""
    source = plan.source
    key, named = "", False
    for match in _TOKEN.finditer(source, start, end):
        kind, text = match.lastgroup, match.group()
        if kind == "s" and key == '"default"' and named:
            decoded = _decoded(source, *match.span())
            plan.judge("html" if "<" in decoded[0] else "default", *match.span(), decoded, in_list=True)
        if text == ":":
            named = True
        elif kind != "c" and text.strip():
            key, named = (text if kind == "s" and not named else ""), False


def _decoded(source: str, start: int, end: int) -> Decoded:
    shut = end - 1 if end - start > 1 and source[end - 1] == '"' else end
    decoder = Decoder()
    decoder.escaped(source, start + 1, shut, ESCAPE, unescape)
    return decoder.done()


def _plan(source: str) -> Plan:
    plan = Plan(source)
    tree = Tree(plan)
    key: tuple[int, int] | None = None
    for match in _TOKEN.finditer(source, plan.start):
        kind, text = match.lastgroup, match.group()
        start, end = match.span()
        if kind == "s":
            if tree.top.kind == "map" and key is None:
                key = (start + 1, max(start + 1, end - 1))
                continue
            tree.string(start, end, _decoded(source, start, end))
        elif kind == "c":
            inner = (
                text[2:-2] if text.startswith("/*") and text.endswith("*/") and len(text) > 3 else text[2:]
            )
            plan.comments.append(Comment(start, end, inner))
        elif text in ("{", "["):
            tree.open("map" if text == "{" else "list")
            key = None
        elif text in ("}", "]"):
            tree.close()
            key = (start, start)
        elif text == ":" and key is not None:
            tree.key(source[key[0] : key[1]])
        elif text == ",":
            key = None
    while tree.close() is not None:
        pass
    return plan
