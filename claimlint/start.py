"""The command as a process of its own: what is done once, before and after the command line runs.

A hook starts the program for every commit, so half of what a user waits for is start and end: regular expressions are
taken from the cache instead of compiled anew, and the process ends without taking its tables apart.
"""

from __future__ import annotations

import atexit
import gc
import os
import re
import sys
from typing import Any, NoReturn

from claimlint.rules import cache

_MOST = 400
"""Expressions that are kept: more than all modules have."""

_Code = tuple[int, int, dict[str, int], bytes]
"""(flags, groups with the whole match, names of groups, the interpreter's code) of one expression."""


def run() -> NoReturn:
    """Runs the command line and ends the process with its exit status."""
    gc.disable()  # nothing that is made on the way to the command is ever thrown away
    known = _recall()
    from claimlint.cli import main

    # Nearly everything made later lives to the end too: looking often finds nothing, and each look reads all tables.
    gc.set_threshold(200_000, 20, 50)
    gc.enable()
    status = main()
    gc.disable()
    _remember(known)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # nobody reads any more: Python knows how to say so
        sys.exit(status)
    atexit._run_exitfuncs()
    os._exit(status)


def _recall() -> frozenset[Any]:
    """Puts the expressions of earlier runs where ``re.compile`` looks first; returns which they are.

    They hold the code that this very interpreter made of the same sources; whatever is wrong with them, ``re`` compiles.
    """
    try:
        import _sre  # type: ignore[import-not-found]

        memory: dict[Any, Any] = re._cache  # type: ignore[attr-defined]
        found: dict[tuple[str | bytes, int], _Code] = cache.kept("expressions", _stamp()) or {}
        for (source, flags), (all_flags, groups, names, code) in found.items():
            index: list[str | None] = [None] * groups
            for name, number in names.items():
                index[number] = name
            words = memoryview(code).cast("I").tolist()
            memory[type(source), source, flags] = _sre.compile(
                source, all_flags, words, groups - 1, names, tuple(index)
            )
        return frozenset(found)
    except Exception:  # the interpreter keeps its own counsel: a slower start is all that comes of it
        return frozenset()


def _remember(known: frozenset[Any]) -> None:
    """Keeps the expressions that this run had to compile, for the next."""
    try:
        compiled = {(source, flags) for _, source, flags in re._cache}  # type: ignore[attr-defined]
        if compiled <= known or len(known) >= _MOST:
            return
        wanted = sorted(compiled | known, key=repr)[:_MOST]
        cache.keep("expressions", _stamp(), {one: _code(*one) for one in wanted})
    except Exception:
        return


def _code(source: str | bytes, flags: int) -> _Code:
    from array import array
    from importlib import import_module

    parsed: Any = import_module("re._parser").parse(source, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    return (
        flags | parsed.state.flags,
        parsed.state.groups,
        dict(parsed.state.groupdict),
        array("I", code).tobytes(),
    )


def _stamp() -> list[bytes]:
    """What the code of an expression depends on, besides the interpreter: the engine that runs it."""
    import _sre

    return [repr((_sre.MAGIC, _sre.CODESIZE)).encode()]
