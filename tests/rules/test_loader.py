"""Which packs and folders make a ruleset, what their rules are called, and what goes wrong."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimlint.errors import RuleError, UsageError
from claimlint.model import Confidence, Scope, Severity
from claimlint.rules import Ruleset, load
from claimlint.rules.locate import data_folder
from claimlint.rules.testing import examples, unmark

Write = Callable[[str, str], Path]


def own(ruleset: Ruleset) -> list[str]:
    """The ids of the rules that are not core's."""
    return [rule.id for rule in ruleset.rules if not rule.id.startswith("core/")]


def test_core_always_loads(write: Write, sound: str, tmp_path: Path) -> None:
    """Whatever is named, the rules of core are there, sorted by id, with their pack."""
    write("a.yaml", sound)
    for ruleset in (
        load(cache=False),
        load((), cache=False),
        load((), folders=[str(tmp_path / "own")], cache=False),
    ):
        assert "core" in ruleset.packs
        ids = [rule.id for rule in ruleset.rules]
        assert ids == sorted(set(ids))
        assert len(ids) - len(own(ruleset)) == len(load(cache=False).rules)


def test_ids_are_paths_that_begin_with_the_folders_name(write: Write, sound: str, tmp_path: Path) -> None:
    """A rule is called by its path, its folder's name first; names with _ or . in front are no rules."""
    for name in ("b/c.yaml", "a.yml", "_draft.yaml", ".hidden.yaml", "_old/x.yaml", "notes.txt"):
        write(name, sound)
    write("pack.yaml", "title: House rules\njurisdiction: zz\n")
    ruleset = load(folders=[str(tmp_path / "own")], cache=False)
    assert own(ruleset) == ["own/a", "own/b/c"]
    assert ruleset.packs["own"] == {"title": "House rules", "jurisdiction": "zz"}
    assert ruleset.rules[-1].origin == f"{tmp_path.as_posix()}/own/b/c.yaml"


@pytest.mark.parametrize("named", ["./own", "own", "own/", "../{parent}/own"])
def test_a_folder_may_stand_among_the_packs(
    write: Write, sound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """A pack name with a slash, or that is a folder and no pack, is a team's own folder."""
    write("a.yaml", sound)
    monkeypatch.chdir(tmp_path)
    assert own(load([named.format(parent=tmp_path.name)], cache=False)) == ["own/a"]


def test_a_shipped_pack_wins_over_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`core` means the shipped pack also where a folder of that name stands about."""
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "junk.yaml").write_text("- junk", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert load(["core"], cache=False).fingerprint == load(cache=False).fingerprint


def test_all_fields_arrive(write: Write, sound: str, tmp_path: Path) -> None:
    """What a rule file says stands in the Rule, as the model's types."""
    more = (
        "suggest: [Say how long.]\nsources: ['https://example.org']\neven_if: [lasts for ever]\n"
        "scope: [heading, alt]\n"
        "when: promotional\nprofiles: [regulator]\nsince: 0.1.0\nunless:"
    )
    write("a.yaml", sound.replace("unless:", more))
    rule = load(folders=[str(tmp_path / "own")], cache=False).rules[-1]
    assert (rule.title, rule.kind, rule.category) == ("Promise of a lasting result", "phrase", "efficacy")
    assert (rule.severity, rule.confidence) == (Severity.WARNING, Confidence.MEDIUM)
    assert rule.match == {"phrases": ["(lasts|lasting) forever"]}
    assert (rule.suggest, rule.sources, rule.even_if) == (
        ("Say how long.",),
        ("https://example.org",),
        ("lasts for ever",),
    )
    assert rule.scope == {Scope.HEADING, Scope.ALT}
    assert (rule.when, rule.profiles, rule.since) == ("promotional", {"regulator"}, "0.1.0")
    assert rule.unless == {"negated", "question"}


def test_examples_are_unmarked(write: Write, sound: str, tmp_path: Path) -> None:
    """Examples come without marks, with the marked span, their format and their side."""
    text = sound.replace(
        '"Bliss [[lasting forever]]."', "{text: '<p>It [[lasts forever]]</p>', format: html}"
    )
    write("a.yaml", text)
    first, second, third, _ = examples(load(folders=[str(tmp_path / "own")], cache=False).rules[-1])
    assert (first.text, first.span, first.format, first.must_fire) == (
        "A result that lasts forever.",
        (14, 27),
        "txt",
        True,
    )
    assert second.text[slice(*(second.span or (0, 0)))] == "lasts forever"
    assert second.format == "html"
    assert (third.text, third.span, third.must_fire) == ("It never lasts long.", None, False)


def test_several_spans_in_one_example() -> None:
    """An example may mark several stretches; each keeps its place in the text without marks."""
    text, spans = unmark("[[Never]] again, [[for ever]]!")
    assert text == "Never again, for ever!"
    assert [text[start:end] for start, end in spans] == ["Never", "for ever"]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(write: Write, sound: str, tmp_path: Path) -> None:
    """Rules may be written with any editor."""
    path = write("a.yaml", "")
    path.write_bytes(b"\xef\xbb\xbf" + sound.replace("\n", "\r\n").encode())
    assert own(load(folders=[str(tmp_path / "own")], cache=False)) == ["own/a"]


def test_document_rules_need_no_mark(write: Write, sound: str, tmp_path: Path) -> None:
    """A rule about whole pages has no words to mark in its examples."""
    start, end = sound.index("match:"), sound.index("unless:")
    text = sound.replace("[[", "").replace("]]", "").replace("phrase\n", "required\n")
    start, end = text.index("match:"), text.index("unless:")
    write("a.yaml", text[:start] + "match: {when: [promotes], lacks: date}\n" + text[end:])
    assert own(load(folders=[str(tmp_path / "own")], cache=False)) == ["own/a"]


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("coer", r"there is no rule pack 'coer' \(did you mean 'core'\?\); .*written with a slash: \./coer"),
        ("_lexicon", "there is no rule pack '_lexicon'"),
        ("", "there is no rule pack ''"),
        ("./missing", r"the rule folder '\./missing' doesn't exist"),
    ],
)
def test_unknown_packs_and_folders(named: str, message: str) -> None:
    """A name that stands for nothing is an error that says what there is."""
    with pytest.raises(UsageError, match=message):
        load([named], cache=False)


def test_a_file_is_no_folder(write: Write, sound: str) -> None:
    """Naming the rule file itself is answered with what to name instead."""
    path = write("a.yaml", sound)
    with pytest.raises(UsageError, match="is a file: name the folder"):
        load(folders=[str(path)], cache=False)


def test_two_folders_of_one_name(tmp_path: Path) -> None:
    """Ids begin with the folder's name, so two folders of one name can't both be in force."""
    for parent in "ab":
        (tmp_path / parent / "own").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"has the same name as .*a/own: rename it"):
        load(folders=[str(tmp_path / "a" / "own"), str(tmp_path / "b" / "own")], cache=False)
    (tmp_path / "core").mkdir()
    with pytest.raises(UsageError, match="has the same name as the pack 'core'"):
        load(folders=[str(tmp_path / "core")], cache=False)


def test_names_that_make_no_id(write: Write, sound: str, tmp_path: Path) -> None:
    """A file name with other characters than ids may have is an error; so are two files for one id."""
    write("Bad Name.yaml", sound)
    with pytest.raises(RuleError, match="rename the file: the id 'own/Bad Name'"):
        load(folders=[str(tmp_path / "own")], cache=False)
    (tmp_path / "own" / "Bad Name.yaml").unlink()
    write("a.yaml", sound)
    write("a.yml", sound)
    with pytest.raises(RuleError, match=r"a\.yml:1: the rule 'own/a' is there already, in .*a\.yaml"):
        load(folders=[str(tmp_path / "own")], cache=False)


def test_folder_with_spaces_gets_a_plain_first_segment(tmp_path: Path, sound: str) -> None:
    """The folder's name is made fit for ids, since people name folders as they like."""
    (tmp_path / "Our Rules (2)").mkdir()
    (tmp_path / "Our Rules (2)" / "a.yaml").write_text(sound, "utf-8")
    assert own(load(folders=[str(tmp_path / "Our Rules (2)")], cache=False)) == ["our-rules-2/a"]


def test_a_link_to_itself_ends(write: Write, sound: str, tmp_path: Path) -> None:
    """A folder that holds itself is refused instead of being walked for ever."""
    write("a.yaml", sound)
    os.symlink(tmp_path / "own", tmp_path / "own" / "loop", target_is_directory=True)  # noqa: PTH211
    with pytest.raises(UsageError, match="nested too deeply"):
        load(folders=[str(tmp_path / "own")], cache=False)


def test_fingerprint_follows_contents(write: Write, sound: str, tmp_path: Path) -> None:
    """The fingerprint is the same for the same contents and another for any change."""
    path = write("a.yaml", sound)
    folder = str(tmp_path / "own")
    first = load(folders=[folder], cache=False).fingerprint
    assert load(folders=[folder], cache=False).fingerprint == first
    path.write_text(sound.replace("medium", "high"), "utf-8")
    assert load(folders=[folder], cache=False).fingerprint != first


def test_own_provisions_are_known(write: Write, sound: str, tmp_path: Path) -> None:
    """A team's own provisions stand beside the shipped ones, with their file's jurisdiction."""
    write("_provisions/house.yaml", "jurisdiction: house\nprovisions:\n- {id: house-1, title: Be honest}\n")
    write("a.yaml", sound.replace("unless:", "provisions: [house-1]\nunless:"))
    ruleset = load(folders=[str(tmp_path / "own")], cache=False)
    assert ruleset.provisions["house-1"] == {"jurisdiction": "house", "id": "house-1", "title": "Be honest"}


def test_data_folders_are_found() -> None:
    """Both data folders are found, and a wrong name is an error that says what to do."""
    assert (data_folder("rulesets") / "core" / "pack.yaml").is_file()
    assert data_folder("seeds").is_dir()
    with pytest.raises(RuleError, match="the installation is incomplete: its folder 'nothing' is missing"):
        data_folder("nothing")
