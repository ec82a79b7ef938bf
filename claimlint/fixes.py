"""What could stand instead of the words that were found: rewrites as data on the finding.

A rewrite is offered only where the words stand in the source letter for letter and the sentence around them
has a shape that is sure to stay grammatical; ``claimlint.commands.fixing`` applies it and looks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from claimlint.model import Block, Checked, Document, Finding, Fix, Rule, Strength, replace
from claimlint.spans import to_source

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_LAST = re.compile(rf"({_WORD})[ ]\Z")
_START = re.compile(r"[.!?:;•–—|]\s?\Z")
_BACK = 60  # characters that are looked at before a word
_NEVER_AFTER = frozenset(
    "the more most less least very so too as how and or but nor not is are was were be been being am quite rather truly "
    "really".split()
)
"""Words after which an adjective can't be taken out without breaking the sentence or raising the claim."""
_NO_MAY = frozenset(
    "to can could may might must shall should will would do does did not never help helps helped let lets make makes made "
    "and or we you i who please".split()
)
_VOWEL = re.compile(r"(?!uni|use|usu|eu|one\b|ur[aeiou])[aeiou]|hour|honest|heir", re.I)


DRAFT = "A draft to put to your lawyer:"
"""How the suggestion of a ``notice`` rule begins that may be inserted."""


def offer(checked: Checked, rules: Sequence[Rule], notice: str | None = None) -> Checked:
    """``checked`` with the rewrites that its findings allow. ``notice`` is the text of a required notice."""
    by_id = {rule.id: rule for rule in rules if rule.fix or rule.kind == "notice"}
    findings = []
    for item in checked.findings:
        fixes = () if item.suppressed is not None else tuple(_fixes(checked.document, item, by_id, notice))
        findings.append(replace(item, fixes=fixes) if fixes else item)
    return replace(checked, findings=tuple(findings))


def _fixes(document: Document, item: Finding, rules: Mapping[str, Rule], notice: str | None) -> Iterator[Fix]:
    rule = rules.get(item.rule)
    if rule is not None and rule.kind == "notice":
        yield from _drafted(document, item, rule)
        return
    if item.category == "missing-notice" and notice is not None:
        found = _inserted(document, notice, "add the notice from the settings", safe=True)
        if found is not None:
            yield found
    if item.place is None:
        return
    block = document.blocks[item.place.block]
    if rule is not None:
        made = _dropped(block, item, rule) or _replaced(block, item, rule)
        if made is not None:
            start, end, text, said = made
            fix = _fix(document, block, start, end, text, said, safe=bool(rule.fix.get("safe")))
            if fix is not None:
                yield fix
    hedged = (
        None
        if any(entry.get("allowed") == Strength.NONE.value for entry in item.evidence)
        else _hedged(block, item)
    )
    if hedged is not None:  # where no benefit may be claimed, "may" is no better
        start, end, text = hedged
        allows = bool(item.evidence) and all(
            entry.get("allowed") in (Strength.HEDGED.value, Strength.CAUSAL.value) for entry in item.evidence
        )
        fix = _fix(document, block, start, end, text, f"write '{text.strip()}'", safe=allows)
        if fix is not None:
            yield fix


def _fix(
    document: Document, block: Block, start: int, end: int, text: str, said: str, *, safe: bool
) -> Fix | None:
    """The rewrite in source offsets; None where the source doesn't hold these very words in one run."""
    low, high = to_source(block, start, end)
    if document.source[low:high] != block.text[start:end]:
        return None
    return Fix(low, high, text, said, safe)


Change = tuple[int, int, str, str]
"""Start and end in block text, the new text, and what it does in words."""


def _dropped(block: Block, item: Finding, rule: Rule) -> Change | None:
    """An adjective taken out before its noun; the article before it is put right."""
    place = item.place
    words, nouns = tuple(rule.fix.get("drop", ())), tuple(rule.fix.get("before", ()))
    if place is None or not (words and nouns):
        return None
    text = block.text
    for match in _droppable(words, nouns).finditer(text, place.start, min(len(text), place.end + 60)):
        start, end = match.span(1)
        if start >= place.end:
            break
        noun = text[end : match.end()]
        said = f"take out '{match[1].strip()}'"
        opens, last, at = _before(text, start)
        if opens:
            return start, end + 1, noun[0].upper() if match[1][0].isupper() else noun[0], said
        if last is None or last in _NEVER_AFTER or last.endswith("ly"):
            continue
        if last in ("a", "an"):
            article = "an" if _VOWEL.match(noun) else "a"
            return at, end, f"{article.capitalize() if text[at].isupper() else article} ", said
        return start, end, "", said
    return None


def _before(text: str, start: int) -> tuple[bool, str | None, int]:
    """Whether a sentence or item opens at ``start``; else the word right before it, in lower case, and its start."""
    low = max(0, start - _BACK)
    window = text[low:start]
    if start == 0 or _START.search(window):
        return True, None, start
    last = _LAST.search(window)
    return (False, None, start) if last is None else (False, last[1].lower(), low + last.start(1))


@lru_cache(maxsize=64)
def _droppable(words: tuple[str, ...], nouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])((?:{_any(words)})[ ])(?:{_any(nouns)})(?![\w'’-])", re.IGNORECASE)


def _any(words: Sequence[str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\-", "[ -]") for word in listed)


def _replaced(block: Block, item: Finding, rule: Rule) -> Change | None:
    """The first listed words that touch the finding, replaced in the case in which they stand."""
    place = item.place
    table: Mapping[str, str] = rule.fix.get("replace", {})
    if place is None or not table:
        return None
    pattern = re.compile(rf"(?<![\w'’-])(?:{_any(tuple(table))})(?![\w'’-])", re.IGNORECASE)
    for match in pattern.finditer(block.text, max(0, place.start - 40), min(len(block.text), place.end + 40)):
        if match.end() <= place.start:
            continue
        if match.start() >= place.end:
            break
        key = match[0].lower()
        new = next(
            (value for name, value in table.items() if name.lower() in (key, key.replace(" ", "-"))), None
        )
        if new is not None:
            new = new[0].upper() + new[1:] if match[0][0].isupper() else new
            return match.start(), match.end(), new, f"write '{new}'"
    return None


def _hedged(block: Block, item: Finding) -> tuple[int, int, str] | None:
    """The claim's verb behind "may", where it is a plain verb with its subject right before it."""
    if item.category not in ("efficacy", "evidence", "mechanism"):
        return None
    effect = next((reason for reason in item.why if reason.kind == "effect"), None)
    if effect is None or item.place is None or effect.place.block != item.place.block:
        return None
    start, end = effect.place.start, effect.place.end
    verb = block.text[start:end]
    if not verb.isalpha() or verb.isupper():
        return None
    opens, last, at = _before(block.text, start)
    if not opens:
        if last is None or last.endswith("ly"):
            return None
        if last in ("can", "will"):
            return at, at + len(last), "may"
        if last in _NO_MAY:
            return None
    base = _base(verb.lower())
    if base is None:
        if opens or not _is_base(verb.lower()):
            return None
        base = verb
    if opens and verb[0].isupper():
        return start, end, f"May {base}"
    return start, end, f"may {base}"


def _base(verb: str) -> str | None:
    """The base form of a third person singular (reduces: reduce); None where ``verb`` is none."""
    from claimlint.rules.morphology import third_person

    if not verb.endswith("s") or verb.endswith("ss") or _is_noun(verb[:-1]):
        return None
    for base in (verb[:-1], verb[:-2], f"{verb[:-3]}y"):
        if len(base) > 2 and third_person(base) == verb:
            return base
    return None


def _is_base(verb: str) -> bool:
    from claimlint.rules.irregular import VERB_PAST

    past = {form for base, forms in VERB_PAST.items() for form in forms if form != base}
    return not verb.endswith(("ed", "ing", "s")) and verb not in past and not _is_noun(verb)


def _is_noun(word: str) -> bool:
    """Whether a word of effect names the effect ("pain reduction", "improvements in mood"): it takes no "may"."""
    return word == "relief" or word.endswith(("ion", "ment", "ness", "ance", "ence", "ity"))


def _drafted(document: Document, item: Finding, rule: Rule) -> Iterator[Fix]:
    """The draft of a notice that the law asks for, where the page has none; never safe, since a lawyer has to see it.

    A team's own notice is no answer to it: its elements are others.
    """
    draft = next((text for text in rule.suggest if text.startswith(DRAFT)), None)
    if draft is None or item.place is not None or rule.match.get("barred"):
        return
    text = draft.removeprefix(DRAFT).strip()
    found = _inserted(document, text, "add a draft of the notice, for your lawyer to look at", safe=False)
    if found is not None:
        yield found


def _inserted(document: Document, notice: str, said: str, *, safe: bool) -> Fix | None:
    """A required notice as a paragraph of its own at the end of the copy."""
    source = document.source
    newline = "\r\n" if "\r\n" in source else "\n"
    if document.format in ("text", "markdown"):
        at = len(source.rstrip())
        return Fix(at, len(source), f"{newline}{newline}{notice}{newline}", said, safe)
    if document.format == "html":
        from html import escape

        found = [match.start() for match in re.finditer(r"</main\s*>|</body\s*>", source, re.IGNORECASE)]
        at = found[0] if found else len(source)
        return Fix(at, at, f"<p>{escape(notice, quote=False)}</p>{newline}", said, safe)
    return None
