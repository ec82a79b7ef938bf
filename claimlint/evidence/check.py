"""Checks tiers, evidence and seed records, and tells what is wrong with file and line.

A registry decides whether copy is called false, so a bad date, a dangling reference or a misspelt key
must be found before it is used; the same check guards loading and `claimlint evidence check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.evidence.check_approved import approved_problems
from claimlint.rules.yamlfile import Keys, YamlFile, parse

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}
_NAMES = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a group of keys",
}
_TREES = ("interventions", "conditions", "mechanisms")


def problems(path: str) -> list[str]:
    """What is wrong with one file, or with every YAML file of a folder; empty where nothing is.

    Each problem reads "file:line: what, and what to do". A folder's files are checked against each
    other too: every reference from the registry to a seed record must exist.
    """
    place = Path(path)
    if not place.is_dir():
        return [str(error) for error in _file_problems(path)]
    files = sorted(str(file) for file in place.glob("*.yaml"))
    if not files:
        return [f"{path}: there is no .yaml file in this folder: name a folder of evidence records"]
    found = [str(error) for file in files for error in _file_problems(file)]
    return found or [str(error) for error in _cross(files)]


def checked(path: str) -> YamlFile:
    """The parsed file, once it is sound; RuleError at its first problem."""
    errors = _file_problems(path)
    if errors:
        raise errors[0]
    return _read(path)


def _file_problems(path: str) -> list[RuleError]:
    try:
        file = _read(path)
        kind = _kind(file)
    except RuleError as error:
        return [error]
    found = list(_against(file, file.value, _schema(kind), _schema(kind), ()))
    if not found and kind == "evidence":
        found = list(_evidence(file))
    if not found and kind == "seed":
        found = list(_seed(file))
    if not found and kind == "approved":
        found = list(approved_problems(file))
    return sorted(found, key=lambda error: error.line or 0)


def _read(path: str) -> YamlFile:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RuleError(f"can't be read ({error.strerror}): mend the path", path) from None
    return parse(path, data)


def _kind(file: YamlFile) -> str:
    value = file.value if isinstance(file.value, dict) else {}
    for key, kind in (
        ("assertions", "seed"),
        ("records", "evidence"),
        ("evidence", "tiers"),
        ("wanting", "designs"),
        ("claims", "approved"),
    ):
        if key in value:
            return kind
    raise file.error(
        "neither 'records' (evidence), 'claims' (approved by a team), 'assertions' (a seed) nor "
        "'evidence' (tiers) is there: add one"
    )


def _schema(name: str) -> dict[str, Any]:
    import json

    path = Path(__file__).parents[1] / "schemas" / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def _against(
    file: YamlFile, value: Any, rule: Mapping[str, Any], root: Mapping[str, Any], keys: Keys
) -> Iterator[RuleError]:
    """The part of JSON Schema that the evidence schemas use, in words for people."""
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rpartition("/")[2]]
    label = _label(keys)
    if "enum" in rule:
        if value not in rule["enum"] or isinstance(value, bool):
            known = [str(one) for one in rule["enum"] if one is not None]
            hint = did_you_mean(str(value), known) or f" (one of: {', '.join(known)})"
            yield file.error(f"{label} can't be '{value}'{hint}", keys)
        return
    wanted = rule["type"]
    if not _is(value, wanted):
        if wanted == "string" and keys in file.spelled and value is not None:
            yield file.error(f'{label} must be text: put it in quotes, "{file.spelled[keys]}"', keys)
        else:
            yield file.error(f"{label} must be {_NAMES[wanted]}", keys)
        return
    if wanted == "string":
        if not value.strip():
            yield file.error(f"{label} is empty", keys)
        elif "pattern" in rule and not re.search(rule["pattern"], value):
            yield file.error(f"{label} can't be '{value}': it must be {_shape(rule, keys)}", keys)
        elif "description" in rule and not _is_date(value, rule):
            yield file.error(f"{label} can't be '{value}': there is no such date", keys)
    elif wanted == "integer" and value < rule.get("minimum", value):
        yield file.error(f"{label} must be at least {rule['minimum']}", keys)
    elif wanted == "array":
        if len(value) < rule.get("minItems", 0):
            yield file.error(f"{label} needs at least one entry", keys)
        for index, item in enumerate(value):
            yield from _against(file, item, rule["items"], root, (*keys, index))
    elif wanted == "object":
        known = list(rule["properties"])
        for key, item in value.items():
            if key in rule["properties"]:
                yield from _against(file, item, rule["properties"][key], root, (*keys, key))
            else:
                hint = did_you_mean(key, known) or f" (known: {', '.join(sorted(known))})"
                yield file.error(f"unknown key '{key}'{hint}", (*keys, key))
        for key in rule["required"]:
            if key not in value:
                yield file.error(f"the key '{key}' is missing from {label}", keys)


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == "boolean"
    return isinstance(value, _TYPES[wanted])


def _shape(rule: Mapping[str, Any], keys: Keys) -> str:
    if keys[-1] == "url":
        return "an address that starts with http:// or https://"
    return str(rule.get("description", "lower-case letters, digits and hyphens"))


def _is_date(value: str, rule: Mapping[str, Any]) -> bool:
    if not str(rule["description"]).startswith("a day") and not str(rule["description"]).startswith("a year"):
        return True
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _label(keys: Keys) -> str:
    names = ".".join(str(key) for key in keys if isinstance(key, str))
    position = f", item {keys[-1] + 1}" if keys and isinstance(keys[-1], int) else ""
    return f"'{names}'{position}" if names else "the file"


def _evidence(file: YamlFile) -> Iterator[RuleError]:
    value = file.value
    ids: dict[str, set[str]] = {}
    for name in (*_TREES, "records", "mechanism_records"):
        ids[name] = set()
        for index, entry in enumerate(value.get(name, ())):
            if entry["id"] in ids[name] or (name == "mechanism_records" and entry["id"] in ids["records"]):
                yield file.error(f"the id '{entry['id']}' is there twice", (name, index, "id"))
            ids[name].add(entry["id"])
    yield from _trees(file, ids)
    by_id = {record["id"]: record for record in value["records"]}
    for name in ("records", "mechanism_records"):
        for index, record in enumerate(value.get(name, ())):
            yield from _record(file, record, (name, index), ids, by_id)


def _trees(file: YamlFile, ids: Mapping[str, set[str]]) -> Iterator[RuleError]:
    for name in ("interventions", "conditions"):
        above = {entry["id"]: entry.get("broader") for entry in file.value.get(name, ())}
        for index, entry in enumerate(file.value.get(name, ())):
            for key in ("broader", "groups"):
                targets = entry.get(key, [])
                for target in [targets] if isinstance(targets, str) else targets:
                    if target not in ids[name]:
                        hint = did_you_mean(target, frozenset(ids[name]))
                        yield file.error(
                            f"'{key}' names '{target}', which isn't listed{hint}", (name, index, key)
                        )
            step, seen = entry["id"], set()
            while step and step not in seen:
                seen.add(step)
                step = above.get(step)
            if step == entry["id"]:
                yield file.error(f"'{entry['id']}' is broader than itself: break the circle", (name, index))


def _record(
    file: YamlFile, record: Mapping[str, Any], at: Keys, ids: Mapping[str, set[str]], by_id: Mapping[str, Any]
) -> Iterator[RuleError]:
    for key, tree in (
        ("intervention", "interventions"),
        ("condition", "conditions"),
        ("mechanism", "mechanisms"),
    ):
        # A team's own file may add records alone: it then relies on the shipped lists.
        if key in record and file.value.get(tree) and record[key] not in ids[tree]:
            hint = did_you_mean(record[key], frozenset(ids[tree]))
            yield file.error(
                f"'{key}' names '{record[key]}', which isn't listed in '{tree}'{hint}", (*at, key)
            )
    target = record.get("superseded_by")
    if target is not None:
        if target == record["id"] or target not in by_id:
            yield file.error(
                f"'superseded_by' names '{target}', which is no other record", (*at, "superseded_by")
            )
        elif "S" not in by_id[target].get("flags", ()):
            yield file.error(f"'{target}' replaces this record: flag it S", (*at, "superseded_by"))
    for index, entry in enumerate(record.get("regulatory", ())):
        if entry.get("since", "") > entry["as_of"]:
            yield file.error("'since' is later than 'as_of'", (*at, "regulatory", index, "since"))
    if record["verified"]["tier"] in ("E3", "E4") and not record["sources"]:
        yield file.error(f"tier {record['verified']['tier']} needs a source", at)


def _seed(file: YamlFile) -> Iterator[RuleError]:
    seen: set[str] = set()
    for index, entry in enumerate(file.value["assertions"]):
        at = ("assertions", index)
        if entry["id"] in seen:
            yield file.error(f"the id '{entry['id']}' is there twice", (*at, "id"))
        seen.add(entry["id"])
        if not entry["id"].startswith(f"{file.value['id']}:"):
            yield file.error(f"'{entry['id']}' must start with '{file.value['id']}:'", (*at, "id"))
        if not 0 <= entry["at"]["start"] < entry["at"]["end"] <= file.value["characters"]:
            yield file.error("the offsets don't lie within the document", (*at, "at"))


def _cross(paths: list[str]) -> Iterator[RuleError]:
    files = [(file, _kind(file)) for file in map(_read, paths)]
    asserted = {entry["id"] for file, kind in files if kind == "seed" for entry in file.value["assertions"]}
    for file, kind in files:
        if kind != "evidence":
            continue
        for name in ("records", "mechanism_records"):
            for index, record in enumerate(file.value.get(name, ())):
                for seed in record.get("claimed", {}).get("seeds", ()):
                    if seed not in asserted:
                        yield file.error(
                            f"no seed record holds the assertion '{seed}'", (name, index, "claimed", "seeds")
                        )
