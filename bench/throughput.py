"""How fast plain text is checked with all core rules: MB/s, warm, on one core.

Run: python bench/throughput.py [megabytes at a time, default 2]. The text is generated from a vocabulary of its own, as dense in health
words as clinics' pages are; "dense" has a claim in nearly every sentence. Each figure is the best of three runs in processor time,
each over pages that were not seen before, with the collector set as the command sets it.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from datetime import date

from claimlint import evidence
from claimlint.engine import Engine
from claimlint.readers import reader
from claimlint.rules import load

PLAIN = """
The centre opened its doors in a quiet street behind the market. Parking is free for the first two hours.
Visitors are asked to arrive ten minutes early.
A nurse will show you to a room and answer the first questions.
Every room has a window and a chair for a companion. The garden is open on dry days.
Our reception desk speaks four languages. Letters are answered within three working days.
The building was once a school, and the clock still works.
Ask at the desk for a printed copy of the price list. Payment by card is welcome.
The lift goes to the third floor, where the library is.
"""
HEALTH = """
Knee pain keeps many people from walking as far as they would like.
Arthritis is a common reason for it, and age plays a part.
The first visit lasts about an hour and includes an examination.
Most people with back pain get better within six weeks. Ask your doctor before you change any medicine.
Side effects include bruising and a sore arm. The therapist explains each exercise twice.
Migraine can last for hours or for days.
Results may vary from one person to the next. Sleep and diet are discussed as well.
Blood pressure is measured at every visit.
"""
CLAIMS = """
Our infusion relieves migraine and boosts your energy.
Stem cell therapy may reduce joint pain in some patients. The laser smooths wrinkles without downtime.
Acupuncture has been proven to ease anxiety. Book your free consultation today.
Exosomes repair damaged cartilage and restore mobility.
We treat arthritis with a natural, safe and effective programme.
This breakthrough resets the immune system. Say goodbye to back pain once and for all.
"""
MIXES = {"sparse": (12, 3, 0), "clinic page": (6, 5, 2), "dense": (0, 1, 9)}


def _sentences(pool: str) -> list[str]:
    return [sentence.strip() for sentence in pool.split(".") if sentence.strip()]


def text(mix: tuple[int, int, int], size: int, seed: int = 7) -> str:
    """About ``size`` characters in paragraphs of five sentences, with words shuffled a little so that nothing repeats."""
    rng = random.Random(seed)
    pools = [
        sentence.split()
        for pool, weight in zip((PLAIN, HEALTH, CLAIMS), mix, strict=True)
        for sentence in _sentences(pool) * weight
    ]
    out: list[str] = []
    length = 0
    while length < size:
        words = list(rng.choice(pools))
        words.insert(
            rng.randrange(len(words) + 1),
            rng.choice(("quietly", "nearby", f"{rng.randrange(9999)}", "often", "of course")),
        )
        sentence = " ".join(words).rstrip(".") + ("." if rng.random() < 0.95 else "?")
        out.append(sentence + ("\n\n" if rng.random() < 0.2 else " "))
        length += len(out[-1])
    return "".join(out)


def main() -> None:
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 2_000_000
    gc.set_threshold(200_000, 20, 50)  # claimlint/start.py
    engine = Engine(load(), evidence.load(), profile="team", as_of=date(2026, 11, 24))
    read = reader(".txt")
    engine.check(read("warm.txt", text(MIXES["clinic page"], 600_000)))
    print(f"{'text':14}{'MB/s':>8}{'findings per 1000 words':>26}")
    for name, mix in MIXES.items():
        count, best, found, words = size // 20_000, 0.0, 0, 0
        for turn in range(3):
            pages = [text(mix, 20_000, turn * count + number) for number in range(count)]
            begun = time.process_time()
            found += sum(len(engine.check(read("page.txt", page)).findings) for page in pages)
            best = max(best, sum(map(len, pages)) / 1e6 / (time.process_time() - begun))
            words += sum(page.count(" ") for page in pages)
        print(f"{name:14}{best:8.2f}{1000 * found / words:26.1f}")


if __name__ == "__main__":
    main()
