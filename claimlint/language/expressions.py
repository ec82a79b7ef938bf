"""Keeps compiled regular expressions between runs: compiling those of all phrases costs a third of a second.

What is kept is the code that this very interpreter made of the source, so the cache that holds it must be
bound to the interpreter (`rules.cache` is); where that code can't be had or used, the source is compiled.
"""

from __future__ import annotations

import re
from typing import Any


def frozen(source: str) -> bytes:
    """The code of ``source`` for `thawed`; empty where this interpreter does not give it away."""
    try:
        from importlib import import_module
        from zlib import compress

        parsed: Any = import_module("re._parser").parse(source, 0)
        code = import_module("re._compiler")._code(parsed, 0)
        if parsed.state.groupdict:
            return b""
        words = (parsed.state.flags, parsed.state.groups, *code)
        return compress(b"".join(word.to_bytes(4, "little") for word in words))
    except (ImportError, AttributeError, TypeError):  # pragma: no cover - another implementation of Python
        return b""


def thawed(source: str, code: bytes) -> re.Pattern[str]:
    """The expression of ``source``, the same as ``re.compile`` gives, from its `frozen` code where there is one."""
    if not code:
        return re.compile(source)
    try:
        import _sre  # type: ignore[import-not-found]
        from sys import byteorder
        from zlib import decompress

        data = decompress(code)
        words = memoryview(data).cast("I").tolist() if byteorder == "little" else _big(data)
        flags, groups = words[:2]
        found: re.Pattern[str] = _sre.compile(source, flags, words[2:], groups - 1, {}, (None,) * groups)
        return found
    except Exception:  # whatever the interpreter says: the source is always right
        return re.compile(source)


def _big(data: bytes) -> list[int]:  # pragma: no cover - few machines
    return [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 4)]
