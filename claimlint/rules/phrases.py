"""Compiles the phrase language of rules and cues (docs/architecture.md, "Phrases") to regular expressions.

Authors write plain words; the one pass over the text looks only for a phrase's anchors (the rarest words
that it can't do without), and its expression runs only on sentences where an anchor stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Between two words of a phrase: spaces, hyphens, apostrophes, quotes, slashes, and the marks that
# `language.text` puts before lexicon terms (private use area) and inside them (underscore).
# A star is enough: every word asks for a word boundary before it, every class for its mark.
# No more than a dozen: where two of them meet, a long row of hyphens would cost its square.
_SEP = r"[\s\-_/\"'(\ue000-\uf8ff]{0,12}"
_GAP = r"(?:[\s\-_/\"'(),%&\ue000-\uf8ff]+[^\W_]+)"
_BEGIN = r"(?<![^\W_])"
_END = r"(?![^\W_])"
_TERM = r"[^\W_]+(?:_[^\W_]+)*"
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|"
    r"dozens?|hundreds?|thousands?|millions?)"
)
_PERCENT = r"\d[\d.,]*\+?(?:\s?[-–]\s?\d[\d.,]*)?[\s\ue000-\uf8ff]?(?:%|percent|per[\s\ue000-\uf8ff]cent)"
_TOKEN = re.compile(
    r"\s*(?:(?P<gap>~\d+)|(?P<cls><[a-z][a-z:-]*>)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<bar>\|)"
    r"|(?P<edge>[\^$])|(?P<mark>[,:!?;%—])|(?P<word>[^\s~<>()\[\]{}|^$,:!?;%—]+))"
)
_PLAIN = re.compile(r"[a-z0-9][a-z0-9'’ -]*\Z")
_MOST_WORDINGS = 120
_COMMON = frozenset(
    "a an the and or of in to for by on at with without from as is are was were be been being it its this that these those we our you your "
    "they their i my he she his her has have had do does did not no can will may more most than all any so if but who which when "
    "up out one only just get gets make makes made there into over about also other some very".split()
)


class PhraseError(ValueError):
    """A phrase that can't be compiled; the message quotes it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One phrase: an expression over tagged text and the anchors that call for it.

    ``anchors`` are folded words (``improv*`` for the start of one) or ``<class>`` names: the phrase can
    match only where one of them stands; ``clauses`` are further sets of which each must have a member in the
    sentence (words between spaces, or classes), a cheap test before the expression runs. The anchors of a
    ``plain`` part are its wordings: it needs no expression.
    """

    source: str
    pattern: str
    anchors: tuple[str, ...]
    plain: bool
    clauses: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class _Node:
    kind: str  # word, seq, alt, opt, mark, gap, cls, edge, punct
    text: str = ""
    items: list[_Node] | None = None


def fold(text: str) -> str:
    """Lower case, every ASCII character that is neither letter nor digit a space, single spaces."""
    return " ".join(re.sub(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]", " ", text.lower()).split())


def compile_phrase(source: str) -> list[Compiled]:
    """``source`` compiled to one or more parts, any of which is a match; raises PhraseError with the reason.

    What can be spelled out in full becomes plain words, which the one pass finds by itself; only the rest needs an
    expression. Classes are left as ``\\x00name\\x00`` in the pattern: `language.lexicon` knows their marks.
    """
    low = source.lower()
    if _PLAIN.match(low):
        return [Compiled(source, "", (fold(low),), plain=True)]
    plain: set[str] = set()
    parts: list[Compiled] = []
    for branch in _branches(_parse(low, source)):
        spelled = _spelled(branch)
        if spelled is not None and all(spelled):
            plain.update(" ".join(words) for words in spelled)
            continue
        anchors = _anchors(branch)
        if spelled is not None or not anchors:
            raise PhraseError(f"the phrase {source!r} needs at least one word that is not optional")
        clauses = tuple(tuple(sorted(map(_whole, clause))) for clause in _needed(branch) if clause != anchors)
        parts.append(Compiled(source, _emit([branch]), tuple(sorted(anchors)), plain=False, clauses=clauses))
    if plain:
        parts.append(Compiled(source, "", tuple(sorted(plain)), plain=True))
    return parts


def _whole(anchor: str) -> str:
    """The anchor as it stands in a padded text: spaces where a word ends."""
    if anchor.startswith("<"):
        return anchor
    return f" {anchor[:-1]}" if anchor.endswith("*") else f" {anchor} "


def _branches(tree: _Node) -> list[_Node]:
    """The alternatives of a phrase that is nothing but alternatives, else the phrase itself."""
    node = tree
    while node.kind in ("seq", "mark") and node.items and len(node.items) == 1:
        node = node.items[0]
    if node.kind == "alt":
        return [found for branch in node.items or [] for found in _branches(branch)]
    return [node if node.kind in ("seq", "alt") else tree]


def _spelled(node: _Node) -> list[list[str]] | None:
    """Every wording of a phrase as folded words, or None where there are too many or it can't be spelled out."""
    if node.kind == "word":
        exact = node.text.replace("'", "").replace("’", "").replace("-", "").isalnum()
        return [fold(node.text.replace("’", "'")).split()] if exact else None
    if node.kind == "alt":
        out: list[list[str]] = []
        for branch in node.items or []:
            found = _spelled(branch)
            if found is None:
                return None
            out += found
        return out if len(out) <= _MOST_WORDINGS else None
    if node.kind == "opt":
        found = _spelled((node.items or [])[0])
        return None if found is None else [[], *found]
    if node.kind == "seq":
        out = [[]]
        for item in node.items or []:
            found = _spelled(item)
            if found is None or len(out) * len(found) > _MOST_WORDINGS:
                return None
            out = [before + after for before in out for after in found]
        return out
    return None


def _needed(node: _Node) -> list[frozenset[str]]:
    """Sets of words or classes, each of which has a member in every match."""
    if node.kind in ("seq", "mark"):
        return [clause for item in node.items or [] if item.kind != "opt" for clause in _needed(item)]
    anchors = _anchors(node)
    return [anchors] if anchors else []


def _parse(low: str, source: str) -> _Node:
    stack: list[tuple[str, list[list[_Node]]]] = [("", [[]])]
    at = 0
    while at < len(low):
        match = _TOKEN.match(low, at)
        if match is None:
            if not low[at:].strip():
                break
            raise PhraseError(f"the phrase {source!r} has {low[at:].strip()[0]!r} where a word is expected")
        at = match.end()
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        here = stack[-1][1][-1]
        if kind == "open":
            stack.append((text, [[]]))
        elif kind == "bar":
            stack[-1][1].append([])
        elif kind == "close":
            opened, branches = stack.pop()
            if not stack or {"(": ")", "[": "]", "{": "}"}[opened] != text:
                raise PhraseError(f"the phrase {source!r} has {text!r} with nothing to close")
            if any(not branch for branch in branches):
                raise PhraseError(f"the phrase {source!r} has an empty alternative: it would match nothing")
            seqs = [_Node("seq", items=branch) for branch in branches]
            inner = seqs[0] if len(seqs) == 1 else _Node("alt", items=seqs)
            name = {"(": "alt", "[": "opt", "{": "mark"}[opened]
            stack[-1][1][-1].append(inner if name == "alt" else _Node(name, items=[inner]))
        else:
            here.append(_Node({"mark": "punct"}.get(kind, kind), text))
    if len(stack) != 1:
        raise PhraseError(f"the phrase {source!r} opens {stack[-1][0]!r} and never closes it")
    branches = stack[0][1]
    if len(branches) > 1:
        raise PhraseError(f"the phrase {source!r} has '|' outside brackets")
    return _Node("seq", items=branches[0])


def _emit(items: list[_Node], bare: bool = False) -> str:
    """A sequence that starts without a separator; each later item brings its own before it."""
    out: list[str] = []
    started = False
    for node in items:
        if node.kind == "edge":
            out.append(r"\A[^\w<]{0,12}" if node.text == "^" else r"[^\w]*\Z")
        elif node.kind == "punct":
            out.append(r"\s*" + re.escape(node.text))
            started = True
        elif node.kind == "gap":
            out.append(f"{_GAP}{{0,{node.text[1:]}}}?")
        elif node.kind == "opt":
            body = _one(node)
            out.append(f"(?:{_SEP}{body})?" if started else f"(?:{body}{_SEP})?")
        else:
            out.append((_SEP if started else "") + _one(node, bare and not started))
            started = True
    return "".join(out)


def _one(node: _Node, bare: bool = False) -> str:
    """One item; ``bare`` leaves out the check that a word begins there, because who asks has made it.

    Alternatives share one check: behind it each begins with a letter, and the matcher skips those that can't be.
    """
    items = node.items or []
    if not bare and node.kind in ("alt", "seq") and _begins(node):
        return _BEGIN + _one(node, bare=True)
    begin = "" if bare else _BEGIN
    if node.kind == "word":
        return begin + _word(node.text)
    if node.kind == "cls":
        name = node.text[1:-1]
        if name == "number":
            return begin + _NUMBER + _END
        if name == "percent":
            return begin + _PERCENT
        return f"\x00{name}\x00{_TERM}{_END}"
    if node.kind == "mark":
        return f"({_one(items[0], bare)})"
    if node.kind == "alt":  # of wordings that begin alike the longest is to be found
        longest_first = sorted(items, key=lambda branch: -len(branch.items or []))
        return "(?:" + "|".join(_emit(branch.items or [], bare) for branch in longest_first) + ")"
    return "(?:" + _emit(items, bare) + ")" if node.kind == "seq" else _one(items[0], bare)


def _begins(node: _Node) -> bool:
    """Whether every wording of an item starts with a word or a number of its own."""
    if node.kind == "cls":
        return node.text in ("<number>", "<percent>")
    if node.kind == "alt":
        return all(map(_begins, node.items or []))
    if node.kind in ("seq", "mark"):
        return bool(node.items) and _begins((node.items or [])[0])
    return node.kind == "word"


def _word(text: str) -> str:
    parts = [part for part in text.replace("’", "'").split("-") if part]
    out = _SEP.join(re.escape(part.rstrip("*")) for part in parts)
    return out + (r"[^\W_]*" if text.endswith("*") else _END)


def _anchors(node: _Node) -> frozenset[str]:
    """The best set of which one must stand in any match: rare words first, classes last."""
    if node.kind == "word":
        words = fold(node.text.rstrip("*")).split()
        if not words:
            return frozenset()
        if node.text.endswith("*"):
            return (
                frozenset({words[-1] + "*"}) if len(words) == 1 else frozenset({max(words[:-1], key=_rarity)})
            )
        return frozenset({max(words, key=_rarity)})
    if node.kind == "cls":
        return frozenset() if node.text in ("<number>", "<percent>") else frozenset({node.text})
    if node.kind in ("seq", "mark"):
        found = [_anchors(item) for item in node.items or [] if item.kind != "opt"]
        found = [anchors for anchors in found if anchors]
        return max(found, key=lambda anchors: min(map(_rarity, anchors))) if found else frozenset()
    if node.kind == "alt":
        found = [_anchors(item) for item in node.items or []]
        return frozenset().union(*found) if all(found) else frozenset()
    return frozenset()


def _rarity(anchor: str) -> float:
    if anchor.startswith("<"):
        return 1.5 if ":" in anchor else 0.5
    word = anchor.rstrip("*")
    return 0.1 if word in _COMMON else len(word)
