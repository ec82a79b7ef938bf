"""Masks what is Blade in a page: directives, echoes and comments; reads the strings that directives hand over.

``@section('title', 'Text')`` and ``@include('part', ['title' => 'Text'])`` are where Laravel sites keep half their copy.
"""

from __future__ import annotations

import re

from claimlint.model import Scope
from claimlint.readers.copy_php import inline, scan_php
from claimlint.readers.copy_php_lex import Token, code
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import key_says
from claimlint.readers.holes import WORD, template_holes

_DIRECTIVE = re.compile(
    r"(?<![\w@.])@(?:if|elseif|else|endif|foreach|endforeach|forelse|empty|endforelse|for|endfor|while|endwhile|section|endsection|show|stop"
    r"|yield|extends|include\w*|push|endpush|prepend|endprepend|stack|php|endphp|csrf|method|auth|endauth|guest|endguest|isset|endisset"
    r"|endempty|unless|endunless|switch|endswitch|case|break|default|component|endcomponent|slot|endslot|lang|error|enderror|can|cannot"
    r"|endcan|once|endonce|props|vite|env|endenv|production|endproduction|verbatim|endverbatim|json|class|style|selected|checked|disabled"
    r"|required|continue|parent|livewire\w*|inject|each|hasSection|sectionMissing|session|endsession|aware|choice|dd|dump|overwrite|append"
    r"|role|endrole|asset|use|fragment|endfragment)\b"
)
_PHP = re.compile(r"(?<![\w@])@php\b(?![ \t]*+\()")
_BOUND = re.compile(r"(?<=\s):([\w-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_COMPONENT = re.compile(r"<x-[\w.:-]++((?:\s++[\w:@.-]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))?+)*+)")
_ARGUMENT = re.compile(r"""[()\[\]]|"(?:[^"\\]++|\\[\s\S])*+"|'(?:[^'\\]++|\\[\s\S])*+'""")
_LARGEST = 20_000
_DEEPEST = 30


def scan_blade(plan: Plan, regions: list[tuple[int, int, list[Token]]]) -> None:
    """Notes the Blade of plan.source, apart from the stretches of PHP in ``regions``. Linear."""
    source = plan.source
    taken = [(start, end) for start, end, _ in regions]
    holes, comments = template_holes(source, plan.start)
    plan.comments.extend(found for found in comments if source.startswith("{{--", found.start))
    hidden = [(found.start, found.end) for found in comments]
    hidden_at = {found.start for found in comments}
    for start, end, text in holes:
        if source.startswith("<?", start):
            continue
        if start in hidden_at or not text:
            plan.masks.append((start, end, None, text))
            continue
        inner = (start + 3, end - 3) if source.startswith("{!!", start) else (start + 2, end - 2)
        _echo(plan, start, end, *inner)
    for component in _COMPONENT.finditer(source, plan.start):
        for bound in _BOUND.finditer(source, *component.span(1)):
            group = bound.lastindex or 2
            toks, _ = code(source, *bound.span(group))
            scan_php(plan, toks, bound.group(1))
            plan.masks.append((*bound.span(group), None, ""))
    at = plan.start
    while True:
        match = _DIRECTIVE.search(source, at)
        if match is None:
            return
        start, at = match.span()
        while hidden and hidden[0][1] <= start:
            hidden.pop(0)
        while taken and taken[0][1] <= start:
            taken.pop(0)
        if (hidden and hidden[0][0] <= start) or (taken and taken[0][0] <= start):
            continue
        at = _directive(plan, match.group(), start, at)


def _echo(plan: Plan, start: int, end: int, first: int, last: int) -> None:
    """Handles what prints source[first:last], an expression, in the place of source[start:end]."""
    toks, _ = code(plan.source, first, last)
    if not inline(plan, start, end, toks, prints=True):
        plan.masks.append((start, end, None, WORD))
        scan_php(plan, toks, "text")


def _directive(plan: Plan, name: str, start: int, at: int) -> int:
    source = plan.source
    if _PHP.match(source, start):
        end = source.find("@endphp", at)
        end = len(source) if end < 0 else end + len("@endphp")
        toks, _ = code(source, at, max(at, end - len("@endphp")))
        scan_php(plan, toks)
        plan.masks.append((start, end, None, ""))
        return end
    after = at
    while source.startswith((" ", "\t"), after):
        after += 1
    if not source.startswith("(", after):
        plan.masks.append((start, at, None, " " if name == "@else" else ""))
        return at
    close = _close(source, after)
    if close is None:
        plan.masks.append((start, at, None, ""))
        return at
    if name == "@lang":
        _echo(plan, start, close + 1, after + 1, close)
        return close + 1
    toks, _ = code(source, after + 1, close)
    _strings(plan, name, toks)
    plan.masks.append((start, close + 1, None, ""))
    return close + 1


def _close(source: str, at: int) -> int | None:
    """Where the bracket that opens at ``at`` closes; None where that is too far or too deep to be meant."""
    depth = 0
    for match in _ARGUMENT.finditer(source, at, min(len(source), at + _LARGEST)):
        mark = match.group()
        if mark in "([":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif mark in ")]":
            depth -= 1
            if depth <= 0:
                return match.start()
    return None


def _strings(plan: Plan, name: str, toks: list[Token]) -> None:
    if name in ("@section", "@yield") and len(toks) > 2 and toks[0][0] == "s":
        key = plan.source[toks[0][1] + 1 : toks[0][2] - 1]
        before = len(plan.values)
        scan_php(plan, toks[2:], key if key_says(key) else "text")
        for value in plan.values[before:]:
            value.scope = Scope.TITLE if "title" in key else Scope.META if "desc" in key else Scope.PARAGRAPH
        return
    if name.startswith(
        ("@include", "@component", "@each", "@php", "@props", "@foreach", "@forelse", "@slot", "@push")
    ):
        scan_php(plan, toks)
