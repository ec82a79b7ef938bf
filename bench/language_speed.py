"""How fast text becomes sentences: MB/s of normalise, hidden, sentences and language, and cost at 1x to 8x.

Run it as a script; every figure is the best of five runs on blocks of ordinary length and on one long block.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

from claimlint.language.detect import language
from claimlint.language.hidden import hidden
from claimlint.language.normalise import normalise
from claimlint.language.sentences import sentences

BLOCK = (
    "Dr. Madeup's clinic treats knee pain with 2.5 mg of an invented gel, and most visitors say they feel "
    "better. No trial has tested it against placebo! Ask about side effects, e.g. a rash, before you book. "
)
TEXTS = {
    "ASCII": BLOCK,
    "curly quotes": BLOCK.replace("'", "\u2019").replace("gel,", "\u201cgel\u201d,"),
    "accents, em dash, ®": BLOCK.replace("gel,", "caf\u00e9 gel\u00ae \u2014"),
    "ligatures": BLOCK.replace("effects", "e\ufb00ects"),
    "disguised": BLOCK.replace("pain", "p\u0430in").replace("better", "bet\u200bter"),
    "Cyrillic": "\u043d\u0435 \u043b\u0435\u0447\u0438\u0442 \u0431\u043e\u043b\u044c. " * 12,
    "hostile marks": "c" + "\u0336" * 300,
    "hostile dots": "." * 300 + "x",
    "hostile stops": "a. " * 40 + "." * 80 + " | " * 30,
}


def speed(work: Callable[[str], object], blocks: list[str]) -> float:
    """MB/s (UTF-8), best of five."""
    best = 1e9
    for _ in range(5):
        begun = perf_counter()
        for block in blocks:
            work(block)
        best = min(best, perf_counter() - begun)
    return sum(len(block.encode()) for block in blocks) / 1e6 / best


def main() -> None:
    print(f"{'text':22}{'function':12}{'blocks':>9}{'1x':>8}{'2x':>8}{'4x':>8}{'8x':>8}  MB/s")
    for name, block in TEXTS.items():
        for work in (normalise, hidden, sentences, language):
            row = [speed(work, [block] * 500)]
            row += [speed(work, [block * (times * 100_000 // len(block))]) for times in (1, 2, 4, 8)]
            print(f"{name:22}{work.__name__:12}{row[0]:9.1f}" + "".join(f"{value:8.1f}" for value in row[1:]))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
