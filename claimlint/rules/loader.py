"""Loads rule packs, a team's own rules, lexicons and provisions into one Ruleset.

Sources are read once and hashed; YAML is parsed only when that hash is new, and each file is judged
by itself so that one bad rule is reported alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimlint import __version__
from claimlint.errors import RuleError, UsageError
from claimlint.rules import cache as store
from claimlint.rules.locate import data_path
from claimlint.rules.ruleset import Ruleset, Term, Terms

CORE = "core"
RESERVED_KINDS = frozenset({"signal"})
_SUFFIXES = (".yaml", ".yml")
_MAX_DEPTH = 8
_INCLUDES = re.compile(rb"^includes: \[([a-z-]+)\]", re.MULTILINE)

Source = tuple[str, str, str, bytes]
"""(what it is: rule, pack, lexicon or provisions; id or name; path as shown; contents)."""


def load(
    packs: Sequence[str] = (CORE,),
    *,
    folders: Sequence[str] = (),
    lexicon: Mapping[str, Sequence[str]] | None = None,
    cache: bool = True,
    kinds: Sequence[str] = (),
) -> Ruleset:
    """The rules of ``core``, of the named packs and of a team's own folders, with all shared data.

    A name in ``packs`` is a folder below rulesets/; one that holds a slash or is an existing folder
    is a team's own, as ``folders`` are. ``lexicon`` adds own words (``products``, ``conditions``).
    ``kinds`` are rule kinds that plugins add. Raises UsageError for an unknown pack or folder and
    RuleError, with file and line, for the first file that can't be used.
    """
    for kind in kinds:
        if kind in RESERVED_KINDS:
            raise UsageError(f"a plugin may not add the rule kind '{kind}': that name is reserved")
    sources = list(_sources(packs, folders))
    parts = [word.encode() for word in (__version__, *sorted(kinds))]
    for what, name, shown, data in sources:
        parts += [what.encode(), os.fsencode(name), os.fsencode(shown), data]

    made: dict[str, Any] = {}

    def build() -> dict[str, Any]:
        from claimlint.rules.build import compile_sources

        made.update(compile_sources(sources, kinds))
        return {name: value for name, value in made.items() if name != "terms"}

    def build_terms() -> list[Term]:
        if not made:
            build()
        found: list[Term] = made["terms"]
        return found

    mark = store.digest(parts)
    if not cache:
        return _ruleset(build(), build_terms(), mark.hex(), lexicon)
    variant = "\n".join((*packs, "", *folders, "", *kinds))
    compiled = store.through("rules", variant, [mark], build)
    terms = Terms(lambda: store.through("terms", variant, [mark], build_terms))
    return _ruleset(compiled, terms, mark.hex(), lexicon)


def _ruleset(
    data: dict[str, Any],
    terms: Sequence[Term],
    fingerprint: str,
    lexicon: Mapping[str, Sequence[str]] | None,
) -> Ruleset:
    from claimlint.rules.build import rule_from

    if lexicon:
        from claimlint.rules.lexicon import own_terms

        own = own_terms(lexicon, terms)
        terms = [*terms, *own]
        fingerprint = store.digest([fingerprint.encode(), repr(own).encode()]).hex()
    rules = tuple(map(rule_from, data["rules"]))
    return Ruleset(
        rules, terms, data["cues"], data["packs"], data["provisions"], fingerprint, data["resting"]
    )


def _sources(packs: Sequence[str], folders: Sequence[str]) -> Iterator[Source]:
    """Every file that counts, read, in an order that depends on nothing but names."""
    base = data_path("rulesets")
    names, own = {CORE}, []
    for pack in packs:
        shipped = os.path.isdir(os.path.join(base, pack))
        if "/" in pack or os.sep in pack or pack in (".", "..") or (not shipped and os.path.isdir(pack)):
            own.append(pack)
        else:
            names.add(pack)
    _include(names, base)
    for name in sorted(names):
        folder = os.path.join(base, name)
        if not name or name[0] in "_." or not os.path.isdir(folder):
            raise UsageError(no_pack(name))
        yield from _folder(folder, name, f"rulesets/{name}")
    yield from _shared(
        base, "rulesets", ("lexicon", "provisions") if own or folders or len(names) > 1 else ("lexicon",)
    )
    seen: dict[str, str] = {}
    for path in dict.fromkeys([*own, *folders]):
        if not os.path.isdir(path):
            what = "is a file: name the folder that holds it" if os.path.exists(path) else "doesn't exist"
            raise UsageError(f"the rule folder '{path}' {what}")
        name = _slug(os.path.basename(os.path.abspath(path)))
        if name in names or name in seen:
            other = seen.get(name, f"the pack '{name}'")
            raise UsageError(
                f"the rule folder '{path}' has the same name as {other}: rename it, for ids start with it"
            )
        seen[name] = path
        shown = path.replace(os.sep, "/").rstrip("/") or "/"
        yield from _folder(path, name, shown)
        yield from _shared(path, shown, ("lexicon", "provisions"))


def _folder(folder: str, name: str, shown: str) -> Iterator[Source]:
    for relative, path in _walk(folder, "", 0):
        stem = relative.rpartition(".")[0]
        what = "pack" if stem == "pack" else "rule"
        identity = name if what == "pack" else f"{name}/{stem}"
        yield what, identity, f"{shown}/{relative}", _contents(path, f"{shown}/{relative}")


def _include(names: set[str], base: str) -> None:
    """Adds the packs that packs stand on (a state's on its federation's); read without YAML, as every start pays for it."""
    for name in sorted(names - {CORE}):
        path = os.path.join(base, name, "pack.yaml")
        if name and name[0] not in "_." and os.path.isfile(path):
            with open(path, "rb") as file:
                names.update(found.decode() for found in _INCLUDES.findall(file.read()))


def shipped() -> tuple[str, ...]:
    """The names of the packs that ship with the program, ``core`` among them, sorted."""
    base = data_path("rulesets")
    return tuple(
        sorted(e for e in os.listdir(base) if e[0] not in "_." and os.path.isdir(os.path.join(base, e)))
    )


def _shared(folder: str, shown: str, kinds: Sequence[str]) -> Iterator[Source]:
    for what in kinds:
        below = os.path.join(folder, f"_{what}")
        if os.path.isdir(below):
            for relative, path in _walk(below, "", 0):
                place = f"{shown}/_{what}/{relative}"
                yield what, relative, place, _contents(path, place)


def _walk(folder: str, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    """(relative path, path) of the YAML files below ``folder``; names that start with _ or . are left out."""
    if depth > _MAX_DEPTH:
        raise UsageError(f"the rule folder '{folder}' is nested too deeply")
    with os.scandir(folder) as entries:
        found = sorted((entry.name, entry) for entry in entries if entry.name[0] not in "_.")
    for name, entry in found:
        if name.endswith(_SUFFIXES):
            if entry.is_file():
                yield prefix + name, entry.path
        elif entry.is_dir():
            yield from _walk(entry.path, f"{prefix}{name}/", depth + 1)


def _contents(path: str, shown: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise RuleError(f"can't be read: {error.strerror}", shown) from None


def _slug(name: str) -> str:
    cleaned = "".join(char if char.isascii() and char.isalnum() else "-" for char in name.lower())
    return "-".join(filter(None, cleaned.split("-"))) or "own"


def no_pack(name: str) -> str:
    """What to say of a pack that isn't there."""
    from claimlint.errors import did_you_mean

    known = shipped()
    hint = did_you_mean(name, known) or f" (there are: {', '.join(known)})"
    return (
        f"there is no rule pack '{name}'{hint}; a folder of your own rules is written with a slash: ./{name}"
    )
