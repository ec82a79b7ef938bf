"""How many of the rules' own examples are still found when a word of theirs is disguised, kind by kind.

Each example that must be found has the longest word of its marked words disguised in every way below. It counts where the same rule
finds it at a place that covers the disguised word; beside it stands how often the disguise itself is noted (core/evasion/disguised-word).

Run: python bench/evasion.py [every Nth example, default 1]. Exit status 1 where a kind is below 90 per cent.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from claimlint import evidence
from claimlint.engine import Engine
from claimlint.model import Rule
from claimlint.readers import reader
from claimlint.rules import load
from claimlint.rules.testing import Example, examples

BAR = 0.9
NOTE = "core/evasion/disguised-word"
_ALIKE = {
    "a": "\u0430", "c": "\u0441", "e": "\u0435", "i": "\u0456", "o": "\u043e", "p": "\u0440", "s": "\u0455", "x": "\u0445", "y": "\u0443",
    "B": "\u0412", "C": "\u0421", "E": "\u0415", "H": "\u041d", "K": "\u041a", "M": "\u041c", "O": "\u041e", "P": "\u0420", "S": "\u0405",
    "T": "\u0422", "X": "\u0425", "h": "\u04bb", "j": "\u0458", "l": "\u04cf", "d": "\u0501", "q": "\u051b", "w": "\u051d", "u": "\u057d",
    "n": "\u0578", "v": "\u03bd", "A": "\u0410", "I": "\u0406", "N": "\u039d",
}  # fmt: skip
_LEET = {
    "a": "4",
    "e": "3",
    "i": "1",
    "o": "0",
    "s": "5",
    "t": "7",
    "A": "4",
    "E": "3",
    "I": "1",
    "O": "0",
    "S": "5",
    "T": "7",
}
Disguise = Callable[[random.Random, str], str]


def _some(rng: random.Random, word: str, table: dict[str, str]) -> str:
    places = [at for at, char in enumerate(word) if char in table]
    chosen = set(rng.sample(places, min(len(places), rng.choice((1, 2))))) if places else set()
    return "".join(table[char] if at in chosen else char for at, char in enumerate(word))


def _between(signs: str) -> Disguise:
    return lambda rng, word: word[: (at := rng.randrange(1, len(word)))] + rng.choice(signs) + word[at:]


KINDS: dict[str, Disguise] = {
    "homoglyphs": lambda rng, word: _some(rng, word, _ALIKE),
    "zero-width": _between("\u200b\u200c\u200d\u2060\ufeff"),
    "soft hyphens": lambda rng, word: "\u00ad".join(word),
    "spaced letters": lambda rng, word: " ".join(word),
    "hyphenated letters": lambda rng, word: "-".join(word),
    "dotted letters": lambda rng, word: ".".join(word),
    "leet": lambda rng, word: _some(rng, word, _LEET),
    "full width": lambda rng, word: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word),
    "combining marks": lambda rng, word: "".join(char + "\u0336" for char in word),
    "hashtag": lambda rng, word: f"#{word}",
    "entities": lambda rng, word: "".join(f"&#{ord(char)};" for char in word),
    "hidden split": lambda rng, word: f'{word[:2]}<span style="display:none">zq</span>{word[2:]}',
}
IN_HTML = frozenset({"entities", "hidden split"})
NOT_NOTED = frozenset({"hashtag"})
"""What hides nothing from a reader or a filter: found, but no disguise."""


class Case(NamedTuple):
    """A disguised example: the word that is disguised stands at source[start:end]."""

    rule: Rule
    form: str
    source: str
    start: int
    end: int


def cases(rules: list[Rule], kind: str, step: int = 1) -> Iterator[Case]:
    """The rules' examples with a word disguised; those that have no word which the kind changes are left out."""
    rng = random.Random(kind)
    for rule in rules:
        for example in [one for one in examples(rule) if one.must_fire and one.spans and one.format == "txt"][
            ::step
        ]:
            made = _case(rng, rule, example, kind)
            if made is not None:
                yield made


def _case(rng: random.Random, rule: Rule, example: Example, kind: str) -> Case | None:
    low, high = example.spans[0]
    words = sorted(_words(example.text, low, high), key=lambda place: place[0] - place[1])
    for start, end in words:
        word = example.text[start:end]
        written = KINDS[kind](rng, word)
        if end - start > 3 and word.isascii() and written != word:
            before, after = example.text[:start], example.text[end:]
            form = ".txt"
            if kind in IN_HTML:
                form = ".html"
                before, after = "<p>" + _escaped(before), _escaped(after) + "</p>"
            return Case(rule, form, before + written + after, len(before), len(before) + len(written))
    return None


def _words(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    at = low
    while at < high:
        end = at
        while end < high and text[end].isalpha():
            end += 1
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "</p><p>")


def result(engine: Engine, case: Case) -> tuple[bool, bool]:
    """Whether the rule still finds the example at the disguised word, and whether the disguise is noted there."""
    found = engine.check(reader(case.form)("case" + case.form, case.source)).findings
    there = {
        one.rule
        for one in found
        if one.start is not None and one.end is not None and one.start < case.end and case.start < one.end
    }
    return case.rule.id in there, NOTE in there


def judged(rules: list[Rule]) -> list[Rule]:
    """The rules about words, of which each example says where it is found."""
    return [rule for rule in rules if rule.kind in ("phrase", "claim") and rule.category != "evasion"]


def main() -> int:
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    ruleset = load()
    engine = Engine(ruleset, evidence.load(), profile="regulator", as_of=date(2026, 11, 24))
    low = 0
    print(f"{'disguise':22}{'examples':>9}{'found':>8}{'noted':>8}")
    for kind in KINDS:
        results = [result(engine, case) for case in cases(judged(list(ruleset.rules)), kind, step)]
        share = sum(found for found, _ in results) / len(results)
        noted = sum(note for _, note in results) / len(results)
        under = share < BAR or (kind not in NOT_NOTED and noted < BAR)
        low += under
        print(f"{kind:22}{len(results):9,}{share:8.1%}{noted:8.1%}{'  <--' if under else ''}", flush=True)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
