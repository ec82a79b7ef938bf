"""What is wrong with a rule file is told with file, line and the nearest name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimlint.errors import RuleError, UsageError
from claimlint.rules import load

Write = Callable[[str, str], Path]

BROKEN = [
    # what to replace, by what, the line and the message that follow
    ("title: Promise", "titel: Promise", 1, "unknown key 'titel' (did you mean 'title'?)"),
    ("title: Promise of a lasting result\n", "", 1, "the key 'title' is missing: Names the offence"),
    ("title: Promise of a lasting result", "title: ''", 1, "'title' is empty"),
    ("title: Promise of a lasting result", "title: Hm", 1, "'title' says too little"),
    ("title: Promise of a lasting result", "title:", 1, "'title' is empty: it must be text"),
    ("title: Promise of a lasting result", "title: [a, b]", 1, "'title' must be text, not a list"),
    (
        "title: Promise of a lasting result",
        "title: 1.0",
        1,
        "'title' must be text: put it in quotes, \"1.0\"",
    ),
    ("kind: phrase", "kind: phrases", 2, "unknown kind 'phrases' (did you mean 'phrase'?)"),
    ("kind: phrase", "kind: signal", 2, "unknown kind 'signal'"),
    ("category: efficacy", "category: eficacy", 3, "unknown category 'eficacy' (did you mean 'efficacy'?)"),
    ("category: efficacy", "category: zzz", 3, "unknown category 'zzz' (one of: cure, proof,"),
    ("severity: warning", "severity: warn", 4, "unknown severity 'warn' (did you mean 'warning'?)"),
    ("confidence: medium", "confidence: 3", 5, "unknown confidence '3' (one of: low, medium, high)"),
    ("{quote}", "{qoute}", 6, "'{qoute}' isn't known in 'message' (did you mean 'quote'?)"),
    ("{quote}", "{quote", 6, "'message' has a brace too many or too few"),
    ("match:", "match: [x]\nmatsch:", 9, "'match' must be a group of keys, not a list"),
    ("  phrases:", "  phrase:", 9, "unknown key 'phrase' in 'match' (did you mean 'phrases'?)"),
    (
        "  phrases:\n    - (lasts|lasting) forever",
        "  case: true",
        8,
        "'match' needs 'phrases' or 'regex'",
    ),
    ("    - (lasts|lasting) forever", "    []", 9, "'match.phrases' needs at least one entry, and has none"),
    (
        "    - (lasts|lasting) forever",
        "    lasts",
        9,
        "'match.phrases' must be a list: write it in square brackets, [lasts]",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - no",
        10,
        "'match.phrases', item 1 must be text: put it in quotes, \"no\"",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - fine\n    - (lasts|lasting forever",
        11,
        "'(lasts|lasting forever'",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - <condtion> goes",
        10,
        "no lexicon has '<condtion>' (did you mean 'condition'?)",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - fine\n  regex: ['a(b']",
        11,
        "the regular expression can't compile: ",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - fine\n  regex: ['b*']",
        11,
        "the regular expression matches nothing at all",
    ),
    (
        "    - (lasts|lasting) forever",
        "    - fine\n  case: 'yes'",
        11,
        "'match.case' must be true or false, not text",
    ),
    (
        "unless: [negated, question]",
        "unless: [negate]",
        11,
        "unknown context 'negate' in 'unless' (did you mean 'negated'?)",
    ),
    ("unless: [negated, question]", "unless: [negated, negated]", 11, "'unless' names 'negated' twice"),
    (
        "unless: [negated, question]",
        "scope: [headings]",
        11,
        "unknown scope 'headings' (did you mean 'heading'?)",
    ),
    (
        "unless: [negated, question]",
        "profiles: [regulators]",
        11,
        "unknown profile 'regulators' (did you mean 'regulator'?)",
    ),
    (
        "unless: [negated, question]",
        "when: promotion",
        11,
        "unknown value 'promotion' of 'when' (did you mean 'promotional'?)",
    ),
    ("unless: [negated, question]", "since: '1'", 11, "'since' must be a version such as 0.1.0, not '1'"),
    ("unless: [negated, question]", "even_if: ['(a']", 11, "'(a'"),
    (
        "unless: [negated, question]",
        "unless: [negated]\nunless: [question]",
        12,
        "the key 'unless' is there twice",
    ),
    ("unless: [negated, question]", "unless: &a [negated]\nscope: *a", 12, "anchors and aliases"),
    ("unless: [negated, question]", "unless: [negated", 12, "not valid YAML: "),
    (
        "unless: [negated, question]",
        "unless: !!binary aGk=",
        11,
        "'tag:yaml.org,2002:binary' isn't used here",
    ),
    ("unless: [negated, question]", "? [a]\n: b", 11, "a key must be plain text"),
    ('    - "Bliss [[lasting forever]]."\n', "", 13, "'examples.flag' needs at least 2 entries, and has 1"),
    ("[[lasts forever]]", "lasts forever", 14, "mark the words that must be found: [[so]]"),
    ("[[lasts forever]]", "[[lasts forever", 14, "the marks don't pair: [["),
    ("[[lasts forever]]", "[[lasts [[forever]]", 14, "the marks don't pair: [["),
    ("[[lasts forever]]", "lasts forever]]", 14, "the marks don't pair: [["),
    ("[[lasts forever]]", "lasts forever[[ ]]", 14, "there is nothing between [[ and ]]"),
    ("It never lasts long", "It never [[lasts]] long", 17, "a 'pass' example has no [[marked]] words"),
    ("Nothing is said here", "It never lasts long", 18, "the example is there twice"),
    (
        '"Nothing is said here."',
        "{text: Nothing, format: pdf}",
        18,
        "unknown format 'pdf' (one of: md, html, txt)",
    ),
    (
        '"Nothing is said here."',
        "{txt: Nothing}",
        18,
        "unknown key 'txt' in 'examples.pass', item 2 (did you mean 'text'?)",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), BROKEN)
def test_broken_rule(
    write: Write, sound: str, tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    """Each way to break a sound rule yields an error at its file and line that says what to do."""
    assert old in sound
    path = write("bad.yaml", sound.replace(old, new, 1))
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert (caught.value.path, caught.value.line) == (path.as_posix(), line)
    assert message in caught.value.reason


MATCHES = [
    ("effects: [curee]", "unknown effect 'curee' (did you mean 'cure'?)"),
    ("targets: [condtion]", "unknown target 'condtion' (did you mean 'condition'?)"),
    (
        "conditions: [multiple-sclerosi]",
        "unknown condition 'multiple-sclerosi' (did you mean 'multiple-sclerosis'?)",
    ),
    ("strength: [strong]", "unknown strength 'strong'"),
    ("strength: causal", "'match.strength' must be a list: write it in square brackets, [causal]"),
    ("contexts: [hedge]", "unknown context 'hedge' (did you mean 'hedged'?)"),
    ("verdicts: [support]", "unknown verdict 'support' (did you mean 'supported'?)"),
    ("min_confidence: lowest", "unknown min_confidence 'lowest' (did you mean 'low'?)"),
    ("negated: maybe", "'match.negated' must be true or false, not text"),
    ("effect: [cure]", "unknown key 'effect' in 'match' (did you mean 'effects'?)"),
]


@pytest.mark.parametrize(("match", "message"), MATCHES)
def test_broken_claim_match(write: Write, sound: str, tmp_path: Path, match: str, message: str) -> None:
    """The slots of a claim rule are checked against the schema and the lexicons."""
    start, end = sound.index("match:"), sound.index("unless:")
    write("bad.yaml", sound[:start].replace("phrase", "claim") + f"match:\n  {match}\n" + sound[end:])
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert message in caught.value.reason
    assert caught.value.line == 9


@pytest.mark.parametrize(
    ("kind", "match", "message"),
    [
        ("required", "{when: [promotes]}", "'match' needs 'lacks' or 'says'"),
        ("required", "{says: []}", "'match.says' needs at least one entry, and has none"),
        ("required", "{says: ['(not approved']}", "'(not approved'"),
        ("required", "{lacks: date, within: 3}", "'match.within' goes with 'says'"),
        (
            "required",
            "{when: [promote], lacks: date}",
            "unknown value 'promote' of 'when' (did you mean 'promotes'?)",
        ),
        ("call-to-action", "{lacks: harm}", "unknown signal 'harm' (did you mean 'harms'?)"),
        ("call-to-action", "{lack: harms}", "unknown key 'lack' in 'match' (did you mean 'lacks'?)"),
        ("hidden-text", "{kinds: [zerowidth]}", "unknown kind 'zerowidth' (did you mean 'zero-width'?)"),
    ],
)
def test_broken_match_of_other_kinds(
    write: Write, sound: str, tmp_path: Path, kind: str, match: str, message: str
) -> None:
    """Every kind has its own keys under `match`, and no other."""
    start, end = sound.index("match:"), sound.index("unless:")
    text = sound[:start].replace("phrase", kind) + f"match: {match}\n" + sound[end:]
    write("bad.yaml", text)
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert message in caught.value.reason


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"title: a\nwhy: \xff\n", 2, "the file isn't UTF-8"),
        (b"- a\n- b\n", 1, "the file must be a group of keys, not a list"),
        (b"a: 1\n---\nb: 2\n", 2, "not valid YAML: "),
        (b"title: a\x00b\n", None, "not valid YAML: "),
        (b"a: " + b"[" * 60 + b"]" * 60, 1, "nested too deeply"),
        (b"a: " + b"[" * 100_000, 1, "exceeded maximum nesting depth"),
        (b"- " * 900 + b"a", 1, "nested too deeply"),
        (b"#" * 4_000_001, None, "larger than 4 MB"),
    ],
)
def test_files_that_are_no_rules(
    write: Write, tmp_path: Path, data: bytes, line: int | None, message: str
) -> None:
    """Files that are not even readable YAML get one plain message, never a traceback."""
    write("bad.yaml", "").write_bytes(data)
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert message in caught.value.reason
    assert caught.value.line == line


def test_one_bad_rule_is_reported_alone(write: Write, sound: str, tmp_path: Path) -> None:
    """Sound rules beside it add nothing to the message about the bad one."""
    write("a.yaml", sound)
    write("b.yaml", sound.replace("severity: warning", "severity: grave"))
    write("c.yaml", sound)
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert str(caught.value).endswith("b.yaml:4: unknown severity 'grave' (one of: error, warning, note)")


def test_further_problems_are_counted(write: Write, sound: str, tmp_path: Path) -> None:
    """The first problem is told in full, the others by their number."""
    write(
        "a.yaml", sound.replace("severity: warning", "severity: grave").replace("kind: phrase", "kind: prose")
    )
    write("b.yaml", "- x\n")
    with pytest.raises(RuleError, match=r"a\.yaml:2: unknown kind 'prose'.*"):
        load(folders=[str(tmp_path / "own")], cache=False)


def test_unknown_provision(write: Write, sound: str, tmp_path: Path) -> None:
    """A provision that no file in _provisions has is an error with the nearest one."""
    write("_provisions/x.yaml", "provisions:\n- {id: zz-advertising-1, title: An invented rule}\n")
    write("a.yaml", sound.replace("unless:", "provisions: [zz-advertising-2]\nunless:"))
    with pytest.raises(
        RuleError, match=r"a\.yaml:11: unknown provision .* \(did you mean 'zz-advertising-1'\?\)"
    ):
        load(folders=[str(tmp_path / "own")], cache=False)


def test_a_plugins_kind_is_its_own_business(write: Write, sound: str, tmp_path: Path) -> None:
    """A kind that a plugin adds is accepted with whatever `match` it wants, and only then."""
    start, end = sound.index("match:"), sound.index("unless:")
    write("a.yaml", sound[:start].replace("phrase", "readability") + "match: {grade: 9}\n" + sound[end:])
    with pytest.raises(RuleError, match="unknown kind 'readability'"):
        load(folders=[str(tmp_path / "own")], cache=False)
    (rule,) = [
        rule
        for rule in load(folders=[str(tmp_path / "own")], kinds=["readability"], cache=False).rules
        if rule.id == "own/a"
    ]
    assert rule.match == {"grade": 9}


def test_a_plugin_may_not_take_a_reserved_kind() -> None:
    """The name kept for a later version can't be taken."""
    with pytest.raises(UsageError, match="reserved"):
        load(kinds=["signal"])
