"""How the cost of every shipped regular expression grows with input made to be evil for it: 1x, 2x, 4x and 8x.

For each expression of a phrase, cue or signal, and each that claimlint's own modules compile, texts are made from its own parse:
what it repeats is repeated (after what must stand before it, and before a sign that spoils the match), and so are all beginnings
of a match. Few of them cost anything; those that do are measured at four sizes.

Run: python bench/growth_rules.py [characters at 8x, default 16000] [own|phrases, default both].
Exit status 1 where three doublings cost more than 2.4 times
each (linear: 2, quadratic: 4), that is linear within a fifth.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BAR = 2.4
CHEAP = 0.004
"""Seconds at 8x below which an expression can't be quadratic in a way that anybody would notice (16,000 characters)."""
PATIENCE = 2.0
_CHARS = " a1-e,.'\"<>/={}[]()|&;:*_#!?%\n\t\r\0\u00e9\u0430\u03b1\u200b\u00ad\u0301\ue000" + "".join(
    map(chr, range(33, 127))
)
BOUNDED = {
    ("claimlint.fixes", "_LAST"),
    ("claimlint.language.spelt", "_LEFT"),
    ("claimlint.readers.copy_jsx", "_FIELD"),
}
"""Expressions that search, but only the last 60 characters of anything."""
_MOST = 40
"""Texts tried for one expression."""

Pattern = Any


class Recorder:
    """Notes every expression that claimlint's modules compile, at import and while reading."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], str] = {}
        self._compile = re.compile

    def __call__(self, source: Any, flags: int = 0) -> Pattern:
        made = self._compile(source, flags)
        frame = sys._getframe(1)
        name = frame.f_globals.get("__name__", "")
        if name.startswith("claimlint") and isinstance(made.pattern, str):
            self.found.setdefault((made.pattern, made.flags), f"{name}:{frame.f_lineno}")
        return made


def own_patterns() -> dict[tuple[str, int], str]:
    """(source, flags) of every expression of the program itself, with the place that compiles it."""
    recorder = Recorder()
    re.compile = recorder  # type: ignore[assignment]
    try:
        import claimlint

        for module in walk_packages(claimlint.__path__, "claimlint."):
            if not module.name.endswith("__main__"):
                try:
                    import_module(module.name)
                except ImportError:  # an optional part that isn't installed
                    print(f"not looked at: {module.name}")
        _read_everything()
    finally:
        re.compile = recorder._compile  # type: ignore[assignment]
    return recorder.found


def _read_everything() -> None:
    """Reads and checks all sample files, so that what is compiled on first use is compiled."""
    from claimlint import evidence, readers
    from claimlint.engine import Engine
    from claimlint.errors import ClaimlintError
    from claimlint.rules import load

    engine = Engine(
        load(), evidence.load(), profile="regulator", as_of=date(2026, 11, 24), graded=True, scorecards=True
    )
    for folder in ("examples", "tests/readers/fixtures"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and readers.known(file.name):
                try:
                    engine.check(readers.read(str(file), file.read_bytes()))
                except ClaimlintError:
                    continue
    engine.check(
        readers.reader(".txt")(
            "x.txt", "Our s\u0435rum c\u200bures ec\u00adzema \uff43\uff55\uff52\uff45s. " * 3
        )
    )


def searched(place: str) -> bool:
    """Whether the expression compiled at ``module:line`` is used anywhere but at one given place of a text.

    What is only asked to match at a place has no beginning to try at every character.
    """
    module, _, line = place.rpartition(":")
    file = ROOT / (module.replace(".", "/") + ".py")
    if not file.exists():
        file = ROOT / module.replace(".", "/") / "__init__.py"
    lines = file.read_text(encoding="utf-8").split("\n")
    at = int(line) - 1
    while at > 0 and not re.match(r"\w+(?:: [^=]+)? = ", lines[at]):
        at -= 1
    name = lines[at].split(" ", 1)[0].rstrip(":")
    use = re.compile(rf"\b{re.escape(name)}\b(?:\[[^\]]*\]|\))?\.(\w+)\(")
    if (module, name) in BOUNDED:
        return False
    texts = (file.read_text(encoding="utf-8"),) if name.startswith("_") else _sources()
    used = {how for text in texts for how in use.findall(text)}
    return not used or not used <= {"match", "fullmatch"}


@cache
def _sources() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in (ROOT / "claimlint").rglob("*.py"))


def phrases() -> dict[tuple[str, int], str]:
    """The same for the phrases of all shipped packs, cues and signals."""
    from claimlint import evidence
    from claimlint.engine import Engine
    from claimlint.rules import load
    from claimlint.rules.loader import shipped

    engine = Engine(load(shipped()), evidence.load(), profile="regulator", as_of=date(2026, 11, 24))
    parts = engine._book.tables["parts"]
    return {
        (source, int(re.UNICODE)): f"phrase {number}"
        for number, found in enumerate(parts)
        for source, _, _ in found
    }


def evil(source: str, flags: int) -> list[tuple[str, str, str]]:
    """(before, repeated, after): texts that the expression may spend long on."""
    tree = parser.parse(source, flags)
    out: dict[tuple[str, str, str], None] = {}
    for before, body in _repeats(tree, ""):
        for after in ("", "\0", "!"):
            out[before, body, after] = None
            out["", before + body, after] = None
    start = ""
    for item in tree:
        start += _sample([item])
        out["", start, ""] = None
        out["", start + " ", ""] = None
    return [one for one in out if one[1]][:_MOST]


def _repeats(items: Sequence[Any], before: str) -> Iterator[tuple[str, str]]:
    """(what stands before it, one turn of it) for each repetition."""
    for op, value in items:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if most > 20:
                yield before, _sample(inner)
                for other in _others(inner):
                    yield before, other
            yield from _repeats(inner, before)
        elif name == "SUBPATTERN":
            yield from _repeats(value[3], before)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(value, before)
        elif name == "BRANCH":
            for branch in value[1][:12]:
                yield from _repeats(branch, before)
        elif name == "ASSERT":
            yield from _repeats(value[1], before)
        before += _sample([(op, value)])


def _others(items: Sequence[Any]) -> Iterator[str]:
    """Further turns of a repetition: each branch of a choice, and several characters of a class."""
    if len(items) == 1:
        op, value = items[0]
        if str(op) == "BRANCH":
            yield from (_sample(branch) for branch in value[1][:6])
        elif str(op) == "SUBPATTERN":
            yield from _others(value[3])
        elif str(op) in ("IN", "NOT_LITERAL", "ANY"):
            yield from [char for char in "a 1-\n<" if _takes(op, value, char)][:4]


def _sample(items: Sequence[Any]) -> str:
    """A text that the items match, or nearly."""
    out = ""
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            out += chr(value)
        elif name in ("IN", "NOT_LITERAL", "ANY", "CATEGORY"):
            out += next((char for char in _CHARS if _takes(op, value, char)), "")
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            out += _sample(inner) * min(max(least, 1), most, 50)
        elif name == "SUBPATTERN":
            out += _sample(value[3])
        elif name == "ATOMIC_GROUP":
            out += _sample(value)
        elif name == "BRANCH":
            out += _sample(value[1][0])
        elif name == "ASSERT" and value[0] > 0:
            out += _sample(value[1])
    return out


def _takes(op: Any, value: Any, char: str) -> bool:
    name = str(op)
    if name == "ANY":
        return char != "\n"
    if name == "NOT_LITERAL":
        return ord(char) != value
    items, wanted = value if name == "IN" else [(op, value)], True
    for kind, what in items:
        word = str(kind)
        if word == "NEGATE":
            wanted = False
        elif (
            (word == "LITERAL" and ord(char) == what)
            or (word == "RANGE" and what[0] <= ord(char) <= what[1])
            or (word == "CATEGORY" and _category(str(what), char))
        ):
            return wanted
    return not wanted


def _category(name: str, char: str) -> bool:
    kinds = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
    kind = next(kinds[key] for key in kinds if name.endswith(key))
    return (re.match(kind, char) is not None) != ("NOT" in name)


class TooLongError(Exception):
    """A search that was stopped."""


def _stop(_signal: int, _frame: object) -> None:
    raise TooLongError


def seconds(pattern: Pattern, text: str, everywhere: bool = True, runs: int = 1) -> float:
    """Processor time of finding all matches, or of matching at the start alone; infinite where patience ends."""
    best = float("inf")
    for _ in range(runs):
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        began = time.process_time()
        try:
            if everywhere:
                for _match in pattern.finditer(text):
                    pass
            else:
                pattern.match(text)
            best = min(best, time.process_time() - began)
        except TooLongError:
            return best
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return best


def grown(pattern: Pattern, parts: tuple[str, str, str], size: int, everywhere: bool) -> list[float]:
    """The cost at 1x, 2x, 4x and 8x."""
    before, body, after = parts
    texts = [before + body * max(1, size * factor // 8 // len(body)) + after for factor in (1, 2, 4, 8)]
    return [seconds(pattern, text, everywhere, 5) for text in texts]


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 16_000
    signal.signal(signal.SIGPROF, _stop)
    over = texts = looked = 0
    what = sys.argv[2] if len(sys.argv) > 2 else "all"
    own = own_patterns() if what != "phrases" else {}
    found = own | (phrases() if what != "own" else {})
    for (source, flags), place in sorted(found.items(), key=lambda item: item[1]):
        pattern = re.compile(source, flags & ~re.DEBUG)
        everywhere = (source, flags) not in own or searched(place)
        worst: tuple[float, tuple[str, str, str]] | None = None
        for parts in evil(source, flags):
            texts += 1
            before, body, after = parts
            spent = seconds(pattern, before + body * max(1, size // len(body)) + after, everywhere)
            if spent > CHEAP and (worst is None or spent > worst[0]):
                worst = spent, parts
        if worst is None:
            continue
        looked += 1
        times = grown(pattern, worst[1], size, everywhere)
        if times[-1] > CHEAP and times[-1] > times[0] * BAR**3:
            over += 1
            shown = " ".join(f"{1000 * one:9.2f}" for one in times)
            print(f"{place:40} {shown} ms  {worst[1]!r:.90}\n    {source[:300]!r}", flush=True)
    print(
        f"{len(found):,} expressions, {texts:,} texts; {looked} cost more than {1000 * CHEAP:g} ms at {size:,} characters, "
        f"{over} of them grow by more than {BAR} a doubling"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
