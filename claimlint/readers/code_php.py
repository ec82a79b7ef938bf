"""Reads PHP and Blade pages: the markup between code, and the strings in code that are shown.

Code is a hole in the markup; a hole that echoes stands for one unknown word, or for its text where it echoes a literal.
"""

from __future__ import annotations

from claimlint.model import Document
from claimlint.readers.copy_blade import scan_blade
from claimlint.readers.copy_php import SPEAKS, inline, scan_php
from claimlint.readers.copy_php_lex import Token, regions
from claimlint.readers.copy_plan import Plan
from claimlint.readers.holes import WORD

EXTENSIONS = (".php", ".phtml", ".blade.php", ".inc")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a PHP or Blade page. Linear, never fails."""
    form = "blade" if path.lower().endswith(".blade.php") else "php"
    return _plan(path, source).document(path, form, walk=True)


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return _plan(path, source).skipped(walk=True)


def _plan(path: str, source: str) -> Plan:
    plan = Plan(source)
    at = plan.start
    code = regions(source, at, len(source))
    toks: list[Token] = []
    for start, end, found in code:
        plan.markup(at, start)
        at = end
        if inline(plan, start, end, found):
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
