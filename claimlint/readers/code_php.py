"""Reads PHP and Blade pages: the markup between code, and the strings in code that are shown.

Code is a hole in the markup; a hole that echoes stands for one unknown word, or for its text where it echoes a literal.
"""

from __future__ import annotations

import re

from claimlint.model import Document
from claimlint.readers.copy_blade import scan_blade
from claimlint.readers.copy_php import SPEAKS, comment, literal, scan_php
from claimlint.readers.copy_php_lex import Token, regions
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_values import Decoder
from claimlint.readers.holes import WORD

EXTENSIONS = (".php", ".phtml", ".blade.php", ".inc")
_TAG = re.compile(r"<[a-zA-Z/]")
_FILE = re.compile(r"\s*+(?:namespace|declare|use|(?:abstract |final )?class|interface|trait)\b")
_CLOSING = 3


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a PHP or Blade page. Linear, never fails."""
    form = "blade" if path.lower().endswith(".blade.php") else "php"
    return _plan(path, source).document(path, form, walk=True)


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return sorted(_plan(path, source).left)


def _plan(path: str, source: str) -> Plan:
    plan = Plan(source)
    at = plan.start
    code = regions(source, at, len(source))
    toks: list[Token] = []
    for start, end, found in code:
        plan.markup(at, start)
        at = end
        if _inline(plan, start, end, found):
            continue
        first = next((token for token in found if token[0] != "c"), ("o", start, start))
        word = source[first[1] : first[2]] if first[0] == "n" else ""
        plan.masks.append((start, end, None, WORD if SPEAKS.fullmatch(word) else ""))
        toks.extend(found)
        toks.append(("o", end - 1, end - 1))
        scan_php(plan, found)
    plan.markup(at, len(source))
    if code:
        # Holes are parts of the stretch around them: an attribute or a sentence may go on behind one.
        plan.stretches[:] = [(plan.start, len(source))]
    if path.lower().endswith(".blade.php"):
        scan_blade(plan, code)
    else:
        scan_tags(plan)
    return plan


def scan_tags(plan: Plan) -> None:
    """Masks template tags of other languages that stand in a page of PHP."""
    from claimlint.readers.holes import template_holes

    if "{{" not in plan.source and "{%" not in plan.source:
        return
    holes, _ = template_holes(plan.source, plan.start)
    plan.masks.extend(
        (start, end, None, text)
        for start, end, text in holes
        if plan.source[start : start + 2] in ("{{", "{%")
    )


def _inline(plan: Plan, start: int, end: int, toks: list[Token]) -> bool:
    """Masks all but the text of ``<?= 'text' ?>`` and its like, so that it reads as part of its sentence."""
    source = plan.source
    shown = [token for token in toks if token[0] != "c"]
    strings = [token for token in shown if token[0] == "s"]
    if not strings or end - start > 2_000 or any(token[0] in ("v", "h", "d") for token in shown):
        return False
    names = [source[token[1] : token[2]] for token in shown if token[0] == "n"]
    if (
        not names
        or len(names) > 2
        or len(strings) > 1 + (len(names) == 2 or names[0] not in ("echo", "=", "print"))
    ):
        return False
    if not all(
        re.fullmatch(
            r"=|echo|print|_e|__|esc_html_e|esc_html__|esc_html|esc_attr|esc_attr_e|esc_attr__|e|trans", name
        )
        for name in names
    ):
        return False
    if any(source[token[1] : token[2]] not in ("(", ")", ";", ",") for token in shown if token[0] == "o"):
        return False
    kind, first, last = strings[0]
    decoder = Decoder()
    literal(source, (kind, first, last), decoder)
    text, segments = decoder.done()
    if not text or _TAG.search(text) or WORD in text:
        return False
    for token in toks:
        if token[0] == "c":
            comment(plan, token[1], token[2])
    done = start
    stops = [at for at, _, _ in segments[1:]] + [len(text)]
    for (at, low, high), stop in zip(segments, stops, strict=True):
        plan.masks.append((done, low, None, ""))
        if high - low != stop - at:
            plan.masks.append((low, high, None, text[at:stop]))
        done = high
    plan.masks.append((done, end, None, ""))
    return True
