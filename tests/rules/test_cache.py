"""The cache may only ever save time: what is stale, corrupt or out of reach changes nothing."""

import marshal
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimlint.errors import RuleError
from claimlint.rules import load
from claimlint.rules.cache import cached, folder

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of each test's own."""
    place = tmp_path / "cache"
    monkeypatch.setenv("CLAIMLINT_CACHE_DIR", str(place))
    return place


class Builder:
    """Counts how often it had to build."""

    def __init__(self, value: Any) -> None:
        self.value, self.calls = value, 0

    def __call__(self) -> Any:
        self.calls += 1
        return self.value


@pytest.mark.parametrize("value", [{"a": [1, ("b", 2.5)]}, None, [], "é", b"\x00", (True, False)])
def test_built_once(value: Any) -> None:
    """The second time comes from the cache and is equal, whatever the value."""
    build = Builder(value)
    assert [cached("x", (), build), cached("x", (), build)] == [value, value]
    assert build.calls == 1


def test_rebuilt_when_a_source_changes(tmp_path: Path) -> None:
    """Another content, another key or another set of sources is another entry."""
    source, build = tmp_path / "s.yaml", Builder(1)
    source.write_text("a", "utf-8")
    cached("x", [source], build)
    os.utime(source, (1, 1))
    cached("x", [source], build)
    assert build.calls == 1
    source.write_text("b", "utf-8")
    cached("x", [source], build)
    assert build.calls == 2
    cached("x", [source], build, key="k")
    assert build.calls == 3
    source.unlink()
    cached("x", [source], build)
    assert build.calls == 4


def test_switched_off(cache_folder: Path) -> None:
    """Without the cache nothing is read or written."""
    build = Builder(1)
    cached("x", (), build, enabled=False)
    cached("x", (), build, enabled=False)
    assert build.calls == 2
    assert not cache_folder.exists()


def test_one_file_an_entry_and_no_leftovers(tmp_path: Path, cache_folder: Path) -> None:
    """A new content replaces the old entry, so the cache does not grow."""
    source = tmp_path / "s.yaml"
    for content in "abc":
        source.write_text(content, "utf-8")
        cached("x", [source], Builder(content))
    assert len(list(cache_folder.iterdir())) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(at=st.integers(0, 400), junk=st.binary(max_size=8), cut=st.booleans())
def test_damage_is_never_trusted(cache_folder: Path, at: int, junk: bytes, cut: bool) -> None:
    """Whatever happens to an entry's bytes, the value is right afterwards."""
    value = {"rules": ["text"] * 20, "n": 7}
    cached("x", (), Builder(value))
    (entry,) = cache_folder.iterdir()
    data = entry.read_bytes()
    at %= len(data)
    entry.write_bytes(data[:at] + junk + (b"" if cut else data[at + len(junk) :]))
    assert cached("x", (), Builder(value)) == value


def test_a_forged_payload_is_not_loaded(cache_folder: Path) -> None:
    """A payload that doesn't match the hash in its head is not even decoded."""
    cached("x", (), Builder("right"))
    (entry,) = cache_folder.iterdir()
    data = entry.read_bytes()
    payload = marshal.dumps("right")
    assert data.endswith(payload)
    entry.write_bytes(data[: -len(payload)] + marshal.dumps("wrong"))
    assert cached("x", (), Builder("right")) == "right"


def test_unwritable_folder_is_fine(cache_folder: Path) -> None:
    """Where no entry can be written (here: a file stands in the way), every run builds anew."""
    cache_folder.write_text("in the way", "utf-8")
    build = Builder(1)
    assert [cached("x", (), build), cached("x", (), build)] == [1, 1]
    assert build.calls == 2


def test_a_value_that_cannot_be_written_is_fine(cache_folder: Path) -> None:
    """An object that marshal can't write is returned all the same."""
    value = object()
    assert cached("x", (), Builder(value)) is value
    assert not cache_folder.exists() or not list(cache_folder.iterdir())


def test_errors_of_the_builder_pass() -> None:
    """A broken source is reported on every run, never cached."""

    def build() -> None:
        raise RuleError("broken", "a.yaml", 3)

    for _ in range(2):
        with pytest.raises(RuleError, match=r"a\.yaml:3: broken"):
            cached("x", (), build)


@pytest.mark.parametrize(
    ("platform", "settings_", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/claimlint"),
        ("linux", {"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/claimlint"),
        ("linux", {"HOME": "/h"}, "/h/.cache/claimlint"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/claimlint"),
        ("win32", {"LOCALAPPDATA": r"C:\L"}, r"C:\L\claimlint\cache"),
        ("win32", {}, None),
        ("linux", {"HOME": "/h", "CLAIMLINT_CACHE_DIR": "/c"}, "/c"),
    ],
)
def test_folder(
    monkeypatch: pytest.MonkeyPatch, platform: str, settings_: dict[str, str], expected: str | None
) -> None:
    """Each platform's usual place, unless CLAIMLINT_CACHE_DIR names another."""
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA", "CLAIMLINT_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings_.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert folder() == expected


def test_a_ruleset_from_the_cache_is_the_same(
    write: Write, sound: str, tmp_path: Path, cache_folder: Path
) -> None:
    """Loaded, cached and uncached rulesets are equal; a changed rule is seen at once."""
    path = write("a.yaml", sound)
    own = str(tmp_path / "own")
    plain, first, second = load(folders=[own], cache=False), load(folders=[own]), load(folders=[own])
    assert plain == first == second
    assert len(list(cache_folder.iterdir())) == 2  # the rules, and the terms apart
    path.write_text(sound.replace("lasts|", "stays|"), "utf-8")
    assert load(folders=[own]).rules[-1].match == {"phrases": ["(stays|lasting) forever"]}
    path.write_text("- broken", "utf-8")
    with pytest.raises(RuleError):
        load(folders=[own])


def test_the_folder_does_not_grow_without_bound(cache_folder: Path) -> None:
    """However many variants were used, a hundred entries are kept, the newest, and no other file is touched."""
    cache_folder.mkdir()
    other = cache_folder / "a-0.bin"
    other.write_bytes(b"somebody else's")
    os.utime(other, (1, 1))
    for number in range(200):
        cached("x", (), Builder(number), key=str(number))
    assert other.exists()
    assert 50 < len(list(cache_folder.iterdir())) < 120
    newest = Builder(199)
    assert cached("x", (), newest, key="199") == 199
    assert newest.calls == 0
