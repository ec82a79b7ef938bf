"""Reads single-file components: Vue, Svelte and Astro. Their template is HTML, their script JavaScript.

Blocks are told apart by their tags alone; expressions in the template are masked, and strings in bound attributes and in
scripts go through the same policy as in any script.
"""

from __future__ import annotations

import re

from claimlint.model import Comment, Document
from claimlint.readers.copy_js import scan_js
from claimlint.readers.copy_plan import Plan
from claimlint.readers.holes import WORD, template_holes

EXTENSIONS = (".vue", ".svelte", ".astro")
_RAW = re.compile(r"<(script|style|i18n|docs)\b(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.I)
_FRONT = re.compile(r"\s*+---[ \t]*+\r?\n")
_LOCALE = re.compile(r"\blocale\s*+=\s*+[\"']?(?!en\b)[a-z]", re.I)
_YAML = re.compile(r"\blang\s*+=\s*+[\"']?ya?ml", re.I)
_SAID = re.compile(r"""\{\{\s*+(?:"([^"\\{}<\n]*+)"|'([^'\\{}<\n]*+)'|`([^`\\{}$<]*+)`)\s*+\}\}""")
_BOUND = re.compile(
    r"""(?<=\s)(?::|v-bind:|v-html=|v-text=|v-for=|@|v-on:|v-[a-z]++)([\w.:-]*+)(?:=)?(?:"([^"]*+)"|'([^']*+)')"""
)
_LOOP = re.compile(r"\b(?:in|of)\s++(?:[\w$]++\.)*+([\w$]++)")
_LITERAL_LOOP = re.compile(r"\b(?:in|of)\s++(?=[\[{(])")
_EACH = re.compile(r"\{#each\s++(?:[\w$]++\.)*+([\w$]++)")
_HANDS_OVER = re.compile(r"\{(?:\#(each)|@(html|const|render))\b")
_BRACE = re.compile(r"[{}]")
_STRING = re.compile(r"""\{\s*+(?:"([^"\\{}<\n]*+)"|'([^'\\{}<\n]*+)'|`([^`\\{}$<]*+)`)\s*+\}""")
_NOTE = re.compile(r"\{\s*+/\*((?:[^*]++|\*(?!/))*+)\*/\s*+\}")
_TAG = re.compile(r"<(/?)([A-Z][\w.]*+)")


def read(path: str, source: str) -> Document:
    """The copy in ``source``, a component. Linear, never fails."""
    return _plan(path, source).document(path, path.rsplit(".", 1)[-1].lower(), walk=True)


def skipped(path: str, source: str) -> list[tuple[int, int, str]]:
    """The strings that were not taken for copy: (start, end, reason), in order."""
    return _plan(path, source).skipped(walk=True)


def _plan(path: str, source: str) -> Plan:
    plan = Plan(source, self_closing=True)
    kind = path.rsplit(".", 1)[-1].lower()
    at = plan.start
    if kind == "astro":
        fence = _FRONT.match(source, at)
        shut = source.find("\n---", fence.end() - 1) if fence is not None else -1
        if fence is not None and shut >= 0:
            scan_js(plan, fence.end(), shut, jsx=False)
            at = shut + 4
    stretches: list[tuple[int, int]] = []
    for match in _RAW.finditer(source, at):
        if match.start() < at or match.group().endswith("/>"):
            continue
        close = re.compile(rf"</{match.group(1)}\s*>", re.I).search(source, match.end())
        stop = len(source) if close is None else close.start()
        name = match.group(1).lower()
        if name == "i18n":
            _messages(plan, match.group(), match.end(), stop)
        elif name == "script" and "json" not in match.group():
            scan_js(plan, match.end(), stop, jsx=False)
            # The name of the component itself is no copy.
            plan.values[:] = [value for value in plan.values if value.key != "name" or value.level != 1]
        stretches.append((at, match.start()))
        at = len(source) if close is None else close.end()
    stretches.append((at, len(source)))
    for start, end in stretches:
        plan.markup(start, end)
        if kind == "vue":
            _vue(plan, start, end)
        else:
            _braces(plan, start, end)
    return plan


def _messages(plan: Plan, tag: str, start: int, end: int) -> None:
    """Reads the texts of an ``<i18n>`` block, which are JSON where the tag says nothing else."""
    if _LOCALE.search(tag):
        plan.left.append((start, end, "in another language"))
    elif _YAML.search(tag):
        plan.left.append((start, end, "texts in YAML inside a component: keep them in a file of their own"))
    else:
        scan_js(plan, start, end, jsx=False)


def _vue(plan: Plan, start: int, end: int) -> None:
    source = plan.source
    holes, _ = template_holes(source, start, end)
    for first, last, text in holes:
        said = _SAID.fullmatch(source, first, last)
        if said is None:
            plan.masks.append((first, last, None, text))
            if source.startswith("{{", first):
                scan_js(plan, first + 2, last - 2, jsx=False, key="")
        else:  # a string in curly brackets is shown as it stands
            group = said.lastindex or 1
            plan.masks += [(first, said.start(group), None, ""), (said.end(group), last, None, "")]
    # The wrapper of a component's markup is no hidden template.
    for match in re.compile(r"</?template\b", re.I).finditer(source, start, end):
        plan.masks.append((*match.span(), match.group().lower().replace("template", "div     "), ""))
    for match in _BOUND.finditer(source, start, end):
        group = 2 if match.group(2) is not None else 3
        first, last = match.span(group)
        name = match.group(1) or "text"
        if match.group().startswith(("@", "v-on", "v-if", "v-else", "v-model", "v-for", "v-show")):
            plan.masks.append((first, last, None, ""))
            if match.group().startswith("v-for"):
                _loop(plan, first, last)
            continue
        _expression(plan, name, first, last)
        plan.masks.append((match.start(), match.start() + 1, " ", ""))
        plan.masks.append((first, last, None, ""))
    _components(plan, start, end)


def _loop(plan: Plan, start: int, end: int) -> None:
    """Notes which list a ``v-for`` shows, and reads the list that it spells out."""
    shown = _LOOP.search(plan.source, start, end)
    if shown is not None:
        plan.shown.append((shown.group(1), start))
    spelled = _LITERAL_LOOP.search(plan.source, start, end)
    if spelled is not None:
        scan_js(plan, spelled.end(), end, jsx=False, key="")


def _expression(plan: Plan, name: str, start: int, end: int) -> None:
    """Reads a bound expression as the value of an attribute."""
    before = len(plan.values)
    scan_js(plan, start, end, jsx=False, key=name)
    for value in plan.values[before:]:
        value.level = max(value.level, 4) if value.level else 0


def _components(plan: Plan, start: int, end: int) -> None:
    from claimlint.readers.copy_jsx import renamed

    for match in _TAG.finditer(plan.source, start, end):
        shown = renamed(match.group(2))
        if shown != match.group(2):
            plan.masks.append((*match.span(), f"<{match.group(1)}{shown}".ljust(len(match.group())), ""))


def _braces(plan: Plan, start: int, end: int) -> None:
    """Masks ``{...}`` of Svelte and Astro: markup inside an expression stays, the code around it goes."""
    source = plan.source
    depth = 0
    opened = start
    comments = [
        match.span()
        for match in re.compile(r"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)").finditer(source, start, end)
    ]
    for match in _BRACE.finditer(source, start, end):
        at = match.start()
        while comments and comments[0][1] <= at:
            comments.pop(0)
        if comments and comments[0][0] <= at:
            continue
        if match.group() == "{":
            if depth == 0:
                opened = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                _brace(plan, opened, at + 1)
    _components(plan, start, end)


def _brace(plan: Plan, start: int, end: int) -> None:
    source = plan.source
    note = _NOTE.fullmatch(source, start, end)
    if note is not None:
        plan.comments.append(Comment(start, end, note.group(1)))
        plan.masks.append((start, end, None, ""))
        return
    said = _STRING.fullmatch(source, start, end)
    if said is not None and source[start - 1] != "=":
        group = said.lastindex or 1
        plan.masks.append((start, said.start(group), None, ""))
        plan.masks.append((said.end(group), end, None, ""))
        return
    if source[start + 1 : start + 2] in ("#", "/", ":", "@"):
        loop = _EACH.match(source, start, end)
        if loop is not None:
            plan.shown.append((loop.group(1), start))
        said = _HANDS_OVER.match(source, start, end)
        if said is not None:
            scan_js(plan, said.end(), end - 1, jsx=False, key="html" if said.group(2) == "html" else "")
        text = WORD if source.startswith("{@html", start) else " " if source.startswith("{:", start) else ""
        plan.masks.append((start, end, None, text))
        return
    attribute = re.compile(r"[\w:-]{0,60}=\Z").search(source, max(0, start - 61), start)
    key = attribute.group()[:-1] if attribute is not None else ""
    before = len(plan.stretches)
    scan_js(plan, start + 1, end - 1, jsx=True, key=key)
    inner = plan.stretches[before:]
    del plan.stretches[before:]
    if not inner or key:
        plan.masks.append((start, end, None, "" if key else WORD))
        return
    done = start
    for first, last in inner:
        plan.masks.append((done, first, None, ""))
        done = last
    plan.masks.append((done, end, None, ""))
