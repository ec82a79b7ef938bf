"""The published schemas are sound, and our own reading of them agrees with a full validator."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimlint.commands import rule_tests
from claimlint.model import Scope, Signals
from claimlint.rules import load
from claimlint.rules.schema import problems, schema
from claimlint.rules.yamlfile import YamlFile

NAMES = ["rule", "lexicon", "pack", "provisions"]
SIGNALS = {name for name, default in Signals._field_defaults.items() if default is False}


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    """Each published schema is itself a valid JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_schema_knows_the_models_words() -> None:
    """Scopes and signals of the schema are those of the model, so neither can drift."""
    rule = schema("rule")
    assert set(rule["properties"]["scope"]["items"]["enum"]) == {scope.value for scope in Scope}
    assert set(rule["$defs"]["call-to-action"]["properties"]["lacks"]["enum"]) == SIGNALS


def test_every_key_of_a_rule_is_described() -> None:
    """Editors show the description of each key, so each needs one."""
    assert [key for key, value in schema("rule")["properties"].items() if not value.get("description")] == []


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from(
        ["", "x", "phrase", "claim", "required", "cure", "error", "any", "title", "0.1.0", "negated"]
    ),
    st.lists(st.sampled_from(["a", "negated", "title", "promotes", 3, "causal"]), max_size=3),
    st.dictionaries(
        st.sampled_from(["phrases", "regex", "lacks", "text", "flag"]), st.just(["words here"]), max_size=2
    ),
)


@given(data=st.data())
def test_our_validator_agrees_with_a_full_one(data: st.DataObject) -> None:
    """A rule with a few changed or missing parts is found broken exactly when jsonschema says so."""
    rule: dict[str, Any] = {
        "title": "Promise",
        "kind": "phrase",
        "category": "cure",
        "severity": "error",
        "confidence": "high",
        "message": "This promises too much.",
        "why": "Nobody can promise that to anyone.",
        "match": {"phrases": ["a b"]},
        "examples": {"flag": ["a", "b"], "pass": ["c", {"text": "d", "format": "md"}]},
    }
    rule = copy.deepcopy(rule)
    keys = sorted(schema("rule")["properties"])
    for key in data.draw(
        st.lists(st.sampled_from([*keys, "match.phrases", "examples.flag", "extra"]), max_size=3)
    ):
        *outer, last = key.split(".")
        target: Any = rule
        for step in outer:
            target = target.get(step) if isinstance(target, dict) else None
        if isinstance(target, dict):
            if data.draw(st.booleans()):
                target.pop(last, None)
            else:
                target[last] = data.draw(VALUES)
    full = list(jsonschema.Draft202012Validator(schema("rule")).iter_errors(rule))
    ours = list(problems(YamlFile("a.yaml", rule, {}, {}), "rule"))
    blank = [error for error in ours if error.reason.endswith("is empty")]
    assert bool(full) == bool(ours) or (blank and len(blank) == len(ours))


def test_shipped_data_passes_a_full_validator(data: Callable[[str], list[Path]]) -> None:
    """Every shipped file is valid for editors and other tools too, not only for our reading of the schema."""
    for name in NAMES:
        validator = jsonschema.Draft202012Validator(schema(name))
        for path in data(name):
            value = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8"))))
            assert [error.message for error in validator.iter_errors(value)] == [], path


def test_template_is_a_rule_whose_examples_hold(tmp_path: Path) -> None:
    """The template that people copy passes the schema and its own examples."""
    path = Path(__file__).parents[2] / "rulesets" / "_template.yaml"
    jsonschema.Draft202012Validator(schema("rule")).validate(yaml.safe_load(path.read_text("utf-8")))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "lasting.yaml").write_text(path.read_text("utf-8"), "utf-8")
    ruleset = load(folders=[str(tmp_path / "own")], cache=False)
    rules = [rule for rule in ruleset.rules if rule.id == "own/lasting"]
    assert len(rules) == 1
    assert list(rule_tests.problems(ruleset, rules)) == []
