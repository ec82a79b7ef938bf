"""Expressions kept as the interpreter's own code: the same as compiling them, and never worse."""

from __future__ import annotations

import re
from zlib import compress

import pytest

from claimlint.language.expressions import frozen, thawed
from tests.corecheck import engine


def test_a_kept_expression_is_the_compiled_one() -> None:
    """Every shipped expression comes back equal to what compiling its source gives, groups included."""
    parts = [part for phrase in engine()._book.tables["parts"] for part in phrase]
    assert len(parts) > 100
    for source, code, _ in parts[::7]:
        compiled = re.compile(source)
        found = thawed(source, code)
        assert code
        assert found == compiled
        assert found.groups == compiled.groups


@pytest.mark.parametrize("code", [b"", b"rubbish", frozen("a")[:-3], compress(bytes(80)), compress(b"odd")])
def test_without_usable_code_the_source_is_compiled(code: bytes) -> None:
    """Missing or damaged code costs time and nothing else."""
    assert thawed("a+(b)?", code).fullmatch("aab")


def test_named_groups_are_not_kept() -> None:
    """An expression with names is compiled from its source, because the names are no part of the code."""
    assert frozen("(?P<word>a)") == b""
