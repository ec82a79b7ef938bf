"""Checks a parsed YAML file against one of our JSON Schemas and says what is wrong in plain words.

The schema files are the one source of truth, shared with editors; this reads the few keywords that
they use, because a full validator is slow to import and its messages are not for rule writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.yamlfile import Keys, YamlFile

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "array": (list,),
    "object": (dict,),
}
_NAMES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "array": "a list",
    "object": "a group of keys",
}


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema ``name`` (rule, lexicon, pack or provisions) as published with the package."""
    import json

    text = Path(__file__).with_name(f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def problems(file: YamlFile, name: str) -> Iterator[RuleError]:
    """Everything in ``file`` that breaks the schema ``name``, in the order in which it is looked for."""
    root = schema(name)
    yield from _check(file, file.value, root, root, ())


def _check(
    file: YamlFile, value: Any, rule: Mapping[str, Any], root: Mapping[str, Any], keys: Keys
) -> Iterator[RuleError]:
    while "$ref" in rule:
        rule = _resolve(rule["$ref"], root)
    wanted = rule.get("type")
    if wanted and not _is(value, wanted):
        yield file.error(_wrong_type(file, value, wanted, keys), keys)
        return
    if "enum" in rule and value not in rule["enum"]:
        yield file.error(_unknown(file, value, rule["enum"], keys), keys)
        return
    if isinstance(value, str):
        yield from _check_text(file, value, rule, keys)
    elif isinstance(value, list):
        yield from _check_list(file, value, rule, root, keys)
    elif isinstance(value, dict):
        yield from _check_mapping(file, value, rule, root, keys)
    for part in rule.get("allOf", ()):
        condition = part["if"]["properties"]
        if isinstance(value, dict) and all(
            value.get(key) == test["const"] for key, test in condition.items()
        ):
            then = part["then"]["properties"]
            for key in then.keys() & value.keys():
                if isinstance(value[key], dict):
                    yield from _check(file, value[key], then[key], root, (*keys, key))


_SHAPES = {
    "since": "a version such as 0.1.0",
    "as_of": "a date such as 2026-01-31",
    "last_checked": "a date such as 2026-01-31",
}


def _check_text(file: YamlFile, value: str, rule: Mapping[str, Any], keys: Keys) -> Iterator[RuleError]:
    if len(value.strip()) < rule.get("minLength", 0):
        short = "is empty" if not value.strip() else "says too little"
        yield file.error(f"{_label(keys)} {short}", keys)
    elif "pattern" in rule and not re.search(rule["pattern"], value):
        shape = _SHAPES.get(str(keys[-1]) if keys else "", "lower-case letters, digits and hyphens")
        yield file.error(f"{_label(keys)} must be {shape}, not '{value}'", keys)


def _check_list(
    file: YamlFile, value: list[Any], rule: Mapping[str, Any], root: Mapping[str, Any], keys: Keys
) -> Iterator[RuleError]:
    least = rule.get("minItems", 0)
    if len(value) < least:
        yield file.error(f"{_label(keys)} needs {_count(least)}, and has {len(value) or 'none'}", keys)
    first: dict[str, int] = {}
    for index, item in enumerate(value):
        yield from _check(file, item, rule.get("items", {}), root, (*keys, index))
        if rule.get("uniqueItems") and first.setdefault(repr(item), index) != index:
            yield file.error(f"{_label(keys)} names '{item}' twice", (*keys, index))


def _check_mapping(
    file: YamlFile, value: dict[str, Any], rule: Mapping[str, Any], root: Mapping[str, Any], keys: Keys
) -> Iterator[RuleError]:
    known = rule.get("properties", {})
    inside = f" in {_label(keys)}" if keys else ""
    for key, item in value.items():
        if key in known:
            yield from _check(file, item, known[key], root, (*keys, key))
        elif isinstance(rule.get("additionalProperties"), dict):
            yield from _check(file, item, rule["additionalProperties"], root, (*keys, key))
        elif not rule.get("additionalProperties", True):
            hint = did_you_mean(key, list(known)) or f" (known: {', '.join(sorted(known))})"
            yield file.error(f"unknown key '{key}'{inside}{hint}", (*keys, key))
    for key in rule.get("required", ()):
        if key not in value:
            yield file.error(
                f"the key '{key}' is missing{inside}: {known[key].get('description', 'add it')}", keys
            )
    choices = [option["required"][0] for option in rule.get("anyOf", ())]
    if choices and not any(choice in value for choice in choices):
        listed = f"{', '.join(repr(name) for name in choices[:-1])} or {choices[-1]!r}"
        yield file.error(f"{_label(keys)} needs {listed}", keys)


def _resolve(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    assert isinstance(found, dict)
    return found


def _is(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def _wrong_type(file: YamlFile, value: Any, wanted: str | list[str], keys: Keys) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    must = " or ".join(_NAMES[name] for name in names)
    if "string" in names and keys in file.spelled and value is not None:
        return f'{_label(keys)} must be text: put it in quotes, "{file.spelled[keys]}"'
    if value is None:
        return f"{_label(keys)} is empty: it must be {must}"
    got = next((_NAMES[name] for name in _TYPES if _is(value, name)), "a number")
    if names == ["array"] and isinstance(value, str):
        return f"{_label(keys)} must be a list: write it in square brackets, [{value}]"
    return f"{_label(keys)} must be {must}, not {got}"


def _unknown(file: YamlFile, value: Any, known: list[str], keys: Keys) -> str:
    name = str(file.spelled.get(keys, value)) if not isinstance(value, list | dict) else "this"
    key = str(next((key for key in reversed(keys) if isinstance(key, str)), "value"))
    what, where = _WORDS.get(key, (key.removesuffix("s"), ""))
    hint = did_you_mean(name, known) or f" (one of: {', '.join(known)})"
    return f"unknown {what} '{name}'{where}{hint}"


_WORDS = {
    "unless": ("context", " in 'unless'"),
    "when": ("value", " of 'when'"),
    "lacks": ("signal", ""),
    "unless_signals": ("signal", ""),
}


def _label(keys: Keys) -> str:
    """`match.phrases, item 2`: how a person would point at the place."""
    names = ".".join(str(key) for key in keys if isinstance(key, str))
    position = f", item {keys[-1] + 1}" if keys and isinstance(keys[-1], int) else ""
    return f"'{names}'{position}" if names else "the file"


def _count(least: int) -> str:
    return "at least one entry" if least == 1 else f"at least {least} entries"
