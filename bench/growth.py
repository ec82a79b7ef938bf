"""How the cost of a whole check grows with hostile input: 1x, 2x, 4x and 8x of each case, and the ratio of each doubling.

Run: python bench/growth.py [characters at 1x, default 20000] [case ...]. Exit status 1 where the three doublings together
cost more than 2.3 times each, that is 12.2 times for 8x the text (linear: 8, quadratic: 64). Single doublings are shown
but do not decide: one of them carries the step at which the data outgrow the processor's cache.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from claimlint import evidence
from claimlint.engine import Engine
from claimlint.readers import reader
from claimlint.rules import load

BAR = 2.3
_CLAIM = "Our infusion relieves migraine and boosts energy, and stem cells repair damaged cartilage"
CASES: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "The visit lasts an hour and knee pain is discussed, " * (n // 52),
    "one long line of sentences": lambda n: "The visit lasts an hour. Knee pain is discussed. " * (n // 49),
    "many short lines": lambda n: "Knee pain hurts.\n" * (n // 17),
    "many paragraphs": lambda n: "Knee pain hurts.\n\n" * (n // 18),
    "many bullets": lambda n: "Benefits of acupuncture:\n\n" + "- Relieves migraine\n" * (n // 20),
    "dense claims": lambda n: f"{_CLAIM}. " * (n // 91),
    "dense claims, one sentence": lambda n: f"{_CLAIM}, " * (n // 91),
    "claims between brackets": lambda n: "(relieves migraine " * (n // 19),
    "not not not": lambda n: "not " * (n // 4) + "a cure",
    "may may may": lambda n: "may " * (n // 4) + "cure gout",
    "cure cure cure": lambda n: "cure " * (n // 5),
    "pain pain pain": lambda n: "pain " * (n // 5),
    "reduces reduces": lambda n: "reduces " * (n // 8) + "pain",
    "cures eczema, unbroken": lambda n: "cures eczema " * (n // 13),
    "brackets": lambda n: "(" * n,
    "quotes": lambda n: '"' * n,
    "quoted words": lambda n: '"cure" ' * (n // 7),
    "a a a": lambda n: "a " * (n // 2),
    "commas": lambda n: "pain, " * (n // 6),
    "commas alone": lambda n: "pain" + "," * n,
    "conjunctions": lambda n: "and we but it which " * (n // 20) + "cures gout",
    "no spaces": lambda n: "x" * n,
    "no spaces, words": lambda n: "cure" * (n // 4),
    "hyphens": lambda n: "pain-" * (n // 5),
    "underscores": lambda n: "pain_" * (n // 5),
    "figures": lambda n: "95% " * (n // 4) + "success rate",
    "numbers": lambda n: "1," * (n // 2) + " patients",
    "studies": lambda n: "studies show that " * (n // 18),
    "a study of": lambda n: "one recent study of " * (n // 20),
    "call us": lambda n: "Call us now. " * (n // 13),
    "phone numbers": lambda n: "(555) 010-4477 " * (n // 15),
    "dates": lambda n: "published reviewed updated " * (n // 27),
    "by-lines": lambda n: "by Dr Ima " * (n // 10),
    "if if if": lambda n: "if gout, " * (n // 9),
    "disguised": lambda n: "cu\u200bre p\u0430in " * (n // 11),
    "question marks": lambda n: "cure?" * (n // 5),
}


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    chosen = sys.argv[2:] or list(CASES)
    engine = Engine(load(), evidence.load(), profile="regulator", as_of=date(2026, 11, 24))
    read = reader(".txt")
    engine.check(read("warm.txt", "Our drip relieves migraine. " * 20_000))
    gc.collect()
    gc.freeze()  # the rules are no garbage: collections should cost what the text at hand costs
    high = []
    print(f"{'case':30}{'1x':>9}{'2x':>9}{'4x':>9}{'8x':>9} ms   ratio of each doubling")
    for name, make in CASES.items():
        if name not in chosen:
            continue
        spent = []
        for factor in (1, 2, 4, 8):
            source = make(size * factor)
            runs = []
            for _ in range(3):
                begun = time.process_time()
                engine.check(read("page.txt", source))
                runs.append(time.process_time() - begun)
                if runs[-1] > 3:
                    break
            spent.append(min(runs))
            if spent[-1] > 6:  # the answer is known
                break
        ratios = [after / max(before, 2e-3) for before, after in pairwise(spent)]
        over = spent[-1] / max(spent[0], 2e-3) > BAR ** len(ratios) or len(ratios) < 3
        if over:
            high.append(name)
        shown = "".join(f"{1000 * value:9.1f}" for value in spent)
        print(
            f"{name:30}{shown}      {' '.join(f'{ratio:.2f}' for ratio in ratios)}{'  <--' if over else ''}",
            flush=True,
        )
    print(f"over {BAR} a doubling: {', '.join(high) or 'none'}")
    return 1 if high else 0


if __name__ == "__main__":
    sys.exit(main())
