"""Which asterisks, underscores and tildes of Markdown are emphasis, by the rules of CommonMark.

Only marks that found a partner disappear; all others are characters that the reader sees. The search for a
partner looks a bounded way down, so that rows of openers stay linear.
"""

from __future__ import annotations

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TRIPLE = 3
_DEEPEST_LOOK = 20

Cut = tuple[int, int, str]
"""(start, end, what): "" is not seen, "tag" goes to the HTML walk, "code" is text without markup."""


class _Run:
    """A run of emphasis marks that may open emphasis: how many are left, and what it may do."""

    __slots__ = ("closes", "left", "length", "mark", "start")

    def __init__(self, mark: str, start: int, length: int, closes: bool) -> None:
        self.mark = mark
        self.start = start
        self.length = self.left = length
        self.closes = closes


class Emphasis:
    """Pairs runs of emphasis marks in ``text`` and appends the marks that vanish to ``cuts``."""

    __slots__ = ("counts", "cuts", "openers", "text")

    def __init__(self, text: str, cuts: list[Cut]) -> None:
        self.text = text
        self.cuts = cuts
        self.openers: list[_Run] = []
        self.counts = {"*": 0, "_": 0, "~": 0}

    def read(self, at: int, mark: str) -> int:
        """Deals with the run of ``mark`` at ``at``; returns where it ends."""
        text = self.text
        length = run_length(text, at)
        end = at + length
        before, after = text[at - 1 : at] or " ", text[end : end + 1] or " "
        left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
        right = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
        opens = left and (mark != "_" or not right or _is_mark(before))
        closes = right and (mark != "_" or not left or _is_mark(after))
        if mark == "~" and length > 2:
            return end
        run = _Run(mark, at, length, closes)
        used = 0
        while closes and run.left and self.counts[mark]:
            opener = self._opener(run, opens)
            if opener is None:
                break
            size = min(opener.left, run.left, 2) if mark != "~" else min(opener.left, run.left)
            opener.left -= size
            run.left -= size
            inner = opener.start + opener.left
            self._cut(inner, inner + size)
            self._cut(at + used, at + used + size)
            used += size
            if not opener.left:
                self.openers.pop()
                self.counts[mark] -= 1
        if opens and run.left:
            run.start += used
            self.openers.append(run)
            self.counts[mark] += 1
        return end

    def _opener(self, run: _Run, opens: bool) -> _Run | None:
        """The nearest opener that ``run`` closes; those above it open nothing and are dropped."""
        openers = self.openers
        for depth in range(1, min(len(openers), _DEEPEST_LOOK) + 1):
            other = openers[-depth]
            if other.mark != run.mark:
                continue
            if run.mark == "~" and other.left != run.left:
                continue
            both = opens or other.closes
            if both and (other.length + run.length) % _TRIPLE == 0 and run.length % _TRIPLE:
                continue
            for dropped in openers[len(openers) - depth + 1 :]:
                self.counts[dropped.mark] -= 1
            del openers[len(openers) - depth + 1 :]
            return other
        return None

    def _cut(self, start: int, end: int) -> None:
        self.cuts.append((start, end, ""))


def run_length(text: str, at: int) -> int:
    """How often the character at ``at`` is repeated."""
    mark = text[at]
    end = at + 1
    while text.startswith(mark, end):
        end += 1
    return end - at


def _is_mark(char: str) -> bool:
    return char in PUNCTUATION or not (char.isalnum() or char.isspace() or char in "\ufdd0\ufdd1")
