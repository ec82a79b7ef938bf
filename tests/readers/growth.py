"""How long reading takes, for the tests that ask how its cost grows."""

from __future__ import annotations

import gc
import time

from claimlint.readers import reader

FLOOR = 0.003
"""Seconds that the small case counts for at least: less is noise."""


def seconds(suffix: str, source: str) -> float:
    """The lesser of two readings, in seconds of processor time, and no less than `FLOOR`."""
    read = reader(suffix)
    spent = []
    gc.disable()  # what other tests left in memory is none of this one's cost
    try:
        for _ in range(2):
            begin = time.process_time()
            read("case" + suffix, source)
            spent.append(time.process_time() - begin)
    finally:
        gc.enable()
    return max(min(spent), FLOOR)
