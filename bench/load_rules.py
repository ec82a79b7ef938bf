"""How long loading the rules takes: from YAML, from the cache, and in a fresh process.

    python bench/load_rules.py [--runs 15]

Prints medians in milliseconds. A hit of the cache has a budget of 6 ms for 70 rules and 9,000 terms.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable


def median_ms(action: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


_FRESH = """
import time, click, ahocorasick_rs
began = time.perf_counter()
from claimlint.rules import load
load()
print((time.perf_counter() - began) * 1000)
"""


def fresh_ms(runs: int) -> float:
    """Import and load in a new process, as one run of the command sees it."""
    taken = [
        float(
            subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True).stdout
        )
        for _ in range(runs)
    ]
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLAIMLINT_CACHE_DIR"] = folder
        from claimlint.rules import load

        ruleset = load()
        print(f"rules {len(ruleset.rules)}, terms {len(ruleset.terms)}, cues {len(ruleset.cues)}")
        print(f"from YAML       {median_ms(lambda: load(cache=False), max(3, runs // 5)):8.2f} ms")
        print(f"from the cache  {median_ms(load, runs):8.2f} ms")
        print(f"fresh process   {fresh_ms(runs):8.2f} ms  (imports of claimlint.rules included)")


if __name__ == "__main__":
    main()
