"""Reads JavaScript, TypeScript and JSX: the text of components, and the strings of data modules.

The tokenizer is our own (``copy_js_lex`` says why not tree-sitter); ``copy_js`` decides what is copy.
"""

from __future__ import annotations

from claimlint.model import Document
from claimlint.readers.copy_js import scan_js
from claimlint.readers.copy_plan import Plan

EXTENSIONS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts")
_NO_JSX = (".ts", ".mts")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a script. Linear, never fails."""
    return _plan(path, source).document(path, "javascript")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return _plan(path, source).skipped()


def _plan(path: str, source: str) -> Plan:
    plan = Plan(source, self_closing=True)
    scan_js(plan, plan.start, len(source), not path.lower().endswith(_NO_JSX))
    return plan
