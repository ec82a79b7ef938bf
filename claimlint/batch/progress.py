"""How far a run is, on standard error: done, rate and time left, on one line where that is a terminal."""

from __future__ import annotations

import sys
import time

_PAUSE_TERMINAL = 0.5
_PAUSE_LOG = 15.0


class Progress:
    """Counts what is done of ``total``; ``done`` was done before and does not count for the rate."""

    def __init__(self, doing: str, total: int, *, done: int = 0, unit: str) -> None:
        self._doing, self._total, self._unit = doing, total, unit
        self._before = done
        self._now = 0
        self._begun = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._pause = _PAUSE_TERMINAL if self._terminal else _PAUSE_LOG
        self._said = self._begun
        self._line = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line:
            print(file=sys.stderr)

    def add(self, count: int) -> None:
        """So many more are done."""
        self._now += count
        self._say()

    def skip(self, count: int) -> None:
        """So many were done in an earlier run."""
        self._before += count

    def line(self, seconds: float) -> str:
        """What is said after so many seconds."""
        done = self._before + self._now
        rate = self._now / seconds if seconds > 0 else 0.0
        text = f"claimlint: {self._doing}: {done:,} of {self._total:,} {self._unit}s"
        if rate > 0:
            text += f", {rate:,.1f} a second"
            if done < self._total:
                text += f", {_left((self._total - done) / rate)} left"
        return text

    def _say(self) -> None:
        now = time.monotonic()
        if now - self._said < self._pause:
            return
        self._said = now
        text = self.line(now - self._begun)
        if self._terminal:
            print(f"\r{text:<79}", end="", flush=True, file=sys.stderr)
            self._line = True
        else:
            print(text, file=sys.stderr)


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5_400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3_600:.1f} h"
