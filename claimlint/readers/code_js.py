"""Reads JavaScript, TypeScript and JSX: the text of components, and the strings of data modules.

The tokenizer is our own (``copy_js_lex`` says why not tree-sitter); ``copy_js`` decides what is copy.
"""

from __future__ import annotations

import re

from claimlint.model import Document
from claimlint.readers.copy_js import scan_js
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import VENDORED

EXTENSIONS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts")
_NAMED = re.compile(
    r"[.-]min\.|[/-](?:src-)?min/|\.bundle\.|(?:^|/)(?:jquery|bootstrap|vendor|polyfill)[\w.-]*\.c?js$", re.I
)
_BUILT = re.compile(
    r"/\*!|@license|@preserve|__webpack|webpackBootstrap|typeof exports|define\.amd|\b(?:jQuery|\$)\.fn\b|\bace\.define\("
    r"|Copyright (?:\(c\)|©)|\(c\) \d{4}",
)
_TESTS = re.compile(r"\.(?:test|spec|stories|config|d)\.[cm]?[jt]sx?$")
_HEAD = 3_000
_NO_JSX = (".ts", ".mts")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a script. Linear, never fails."""
    return _plan(path, source).document(path, "javascript")


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(path, source).left)


def is_program(path: str, source: str) -> bool:
    """True for scripts that hold no copy of the site: libraries, minified and generated files, tests."""
    name = path.replace("\\", "/")
    if _TESTS.search(name):
        return True
    if not name.endswith(("js", "JS")):
        return False
    if VENDORED.search(name) or _NAMED.search(name) or _BUILT.search(source[:_HEAD]):
        return True
    length = len(source)
    if length < 2 * _HEAD or length < 400 * (source.count("\n") + 1):
        return False
    sample = source[length // 4 : length // 4 + 20_000]
    return sample.count(" ") * 12 < len(sample)


def _plan(path: str, source: str) -> Plan:
    plan = Plan(source)
    if is_program(path, source):
        plan.left.append((0, len(source), "the file is a library, a built file or a test"))
        return plan
    scan_js(plan, plan.start, len(source), not path.lower().endswith(_NO_JSX))
    return plan
