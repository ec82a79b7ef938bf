from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimlint import config
from claimlint.config import Settings, find
from claimlint.config.check import KEYS, load
from claimlint.errors import ConfigError


def yaml(folder: Path, text: str) -> str:
    path = folder / ".claimlint.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def toml(folder: Path, text: str) -> str:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def named_files(folder: Path) -> None:
    """What the settings of these tests name exists."""
    (folder / "compliance").mkdir()
    for name in ("ours.yaml", "approved.yaml"):
        (folder / name).touch()


def test_all_keys_are_read(tmp_path):
    """Every documented key reaches the settings, with folders made absolute."""
    named_files(tmp_path)
    found = load(
        yaml(
            tmp_path,
            """\
rulesets: [./compliance, eu]
select: [proof]
ignore: [core/status/*]
profile: reviewer
min-confidence: low
jurisdiction: auto
fail_on: warning
show: suppressed
encoding: cp1252
include: ["*.md"]
exclude: [drafts/]
severity: {proof: off, core/x: note}
lexicon: {products: [Lumora Serum], conditions: [desk fatigue]}
allow_phrases: ["The Cure Street Clinic"]
evidence: [ours.yaml]
notices: ["Not evaluated by any authority."]
plugins: {readers: [rtf]}
overrides:
  - paths: [blog/]
    profile: regulator
""",
        )
    )
    assert found is not None
    assert found.rulesets == (str(tmp_path / "compliance"), "eu")
    assert found.evidence == (str(tmp_path / "ours.yaml"),)
    assert found.min_confidence == "low"
    assert found.severity == {"proof": "off", "core/x": "note"}
    assert found.lexicon == {"products": ("Lumora Serum",), "conditions": ("desk fatigue",)}
    assert found.overrides[0].profile == "regulator"
    assert found.root == str(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("profile: team\nfail_onn: error\n", 2, "did you mean 'fail_on'"),
        ("select: proof\n", 1, "must be a list"),
        ("select:\n  - proof\n  - 3\n", 3, "quotes round 3"),
        ("\nprofile: lawyer\n", 2, "team, reviewer, regulator"),
        ("severity:\n  proof: grave\n", 2, "error, warning, note, off"),
        ("lexicon:\n  product: [x]\n", 2, "did you mean 'products'"),
        ("overrides:\n  - profile: team\n", 2, "'paths'"),
        ("overrides:\n  - paths: [a]\n    fail_on: note\n", 3, "unknown setting 'fail_on'"),
        ("encoding: klingon\n", 1, "no text encoding"),
        ("encoding: base64\n", 1, "no text encoding"),
        ("profile: team\nprofile: team\n", 2, "second time"),
        ("a: &x [1]\nb: *x\n", 2, "aliases"),
        ("select: [a\nignore: [b]\n", None, "valid YAML"),
        ("- a\n", 1, "key: value"),
        ("exclude: " + "[" * 40 + "]" * 40, 1, "nested"),
    ],
)
def test_a_mistake_is_an_error_with_its_line(tmp_path, text, line, words):
    """Whatever is unknown, mistyped or out of range names the file, the line and what would be right."""
    with pytest.raises(ConfigError) as caught:
        load(yaml(tmp_path, text))
    assert words in str(caught.value)
    assert caught.value.path.endswith(".claimlint.yaml")
    if line:
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[tool.claimlint]\nprofile = "team"\nfail-onn = "x"\n', 3, "did you mean 'fail_on'"),
        ('[tool.other]\nprofile = 1\n\n[tool.claimlint]\nprofile = "x"\n', 5, "must be one of"),
        ('[tool.claimlint.severity]\n"core/x" = "grave"\n', 2, "must be one of"),
        (
            '[[tool.claimlint.overrides]]\npaths = ["a"]\n[[tool.claimlint.overrides]]\npaths = ["b"]\nshow = "x"\n',
            5,
            "unknown setting 'show'",
        ),
        ("[tool.claimlint]\nprofile = \n", 2, "valid TOML"),
    ],
)
def test_toml_mistakes_have_lines_too(tmp_path, text, line, words):
    """A mistake in pyproject.toml is placed although its parser keeps no positions."""
    with pytest.raises(ConfigError, match=words) as caught:
        load(toml(tmp_path, text))
    assert caught.value.line == line


def test_a_pyproject_of_others_is_left_alone(tmp_path):
    """A pyproject.toml without a claimlint table holds no settings, even where it isn't valid."""
    assert load(toml(tmp_path, "[project]\nname = 'claimlint-user'\n")) is None
    assert load(toml(tmp_path, "# claimlint\nthis is no toml\n")) is None
    assert find(str(tmp_path)) is None


def test_two_settings_in_one_folder_are_an_error(tmp_path):
    """Settings in two files of one folder would leave it unclear which count."""
    yaml(tmp_path, "profile: team\n")
    toml(tmp_path, '[tool.claimlint]\nprofile = "team"\n')
    with pytest.raises(ConfigError, match="keep one"):
        find(str(tmp_path))


def test_an_empty_file_means_defaults(tmp_path):
    """A settings file with nothing in it is valid and changes nothing."""
    assert load(yaml(tmp_path, "# nothing yet\n")) == Settings(
        root=str(tmp_path), origin=str(tmp_path / ".claimlint.yaml")
    )


def test_overrides_stack_in_order(tmp_path):
    """A later override that fits wins over an earlier one, and one that doesn't fit changes nothing."""
    found = load(
        yaml(
            tmp_path,
            "overrides:\n- {paths: [blog/], profile: reviewer, ignore: [proof]}\n"
            "- {paths: ['*.law.md'], profile: regulator, severity: {proof: note}}\n",
        )
    )
    assert found is not None
    both = found.for_path("blog/x.law.md")
    assert (both.profile, both.ignore, both.severity) == ("regulator", ("proof",), {"proof": "note"})
    assert found.for_path("other/x.md") == found


def test_the_regulator_sees_everything():
    """The regulator profile lowers the least confidence, unless one is set."""
    assert Settings(root="/", profile="regulator").least_confidence == "low"
    assert Settings(root="/", profile="team").least_confidence == "medium"
    assert Settings(root="/", profile="regulator", min_confidence="high").least_confidence == "high"


def test_the_published_schema_knows_the_same_keys():
    """The JSON Schema that editors use and the validator accept the same names and values."""
    path = Path(config.__file__).parents[1] / "config.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(KEYS)
    assert schema["additionalProperties"] is False
    assert tuple(schema["properties"]["profile"]["enum"]) == config.PROFILES
    assert tuple(schema["properties"]["show"]["enum"]) == config.SHOW
    assert tuple(schema["properties"]["fail_on"]["enum"]) == config.FAIL_ON
    override = schema["properties"]["overrides"]["items"]["properties"]
    assert set(override) == set(config.Override._fields)


def test_the_starter_file_is_valid(tmp_path):
    """What init writes loads, and so does the same file with its examples switched on."""
    named_files(tmp_path)
    from claimlint.commands.scaffold import SETTINGS

    assert load(yaml(tmp_path, SETTINGS)) is not None
    lines = SETTINGS.splitlines()[2:]
    assert load(yaml(tmp_path, "\n".join(line.removeprefix("# ") for line in lines))) is not None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("profile: team\nrulesets:\n- core\n- ./nowhere\n", 4, "rule folder .*nowhere' doesn't exist"),
        ("profile: team\nrulesets: [core, cor]\n", 2, "no rule pack 'cor'"),
        ("profile: team\nevidence: [nowhere.yaml]\n", 2, "evidence file .*nowhere.yaml' doesn't exist"),
    ],
)
def test_what_is_named_must_exist(tmp_path, text, line, message):
    """A folder of rules or a file of evidence that isn't there is an error at the line that names it."""
    with pytest.raises(ConfigError, match=message) as raised:
        load(yaml(tmp_path, text))
    assert raised.value.line == line
