from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import triage
from claimlint.config import Settings
from claimlint.model import (
    Block,
    Checked,
    Comment,
    Confidence,
    Document,
    Finding,
    Place,
    Rule,
    Scope,
    Severity,
    Signals,
    Unread,
    replace,
)
from claimlint.triage import directives, fingerprint, housekeeping

DAY = date(2030, 1, 15)


def rule(name: str, category: str = "proof", **more) -> Rule:
    values = {
        "title": name,
        "kind": "phrase",
        "severity": Severity.ERROR,
        "confidence": Confidence.HIGH,
        "message": "m",
        "why": "w",
        "match": {},
    }
    return Rule(id=name, category=category, **{**values, **more})


RULES = (rule("core/proof/verb"), rule("core/cure/word", "cure"), rule("core/hype/era", "superiority"))


def document(source: str) -> Document:
    """A page whose lines are blocks, with ``<!-- -->`` comments taken out of the copy."""
    blocks, comments, at = [], [], 0
    for line in source.splitlines(keepends=True):
        start = line.find("<!--")
        text = line.rstrip("\n")
        if start >= 0:
            end = line.index("-->") + 3
            comments.append(Comment(at + start, at + end, line[start + 4 : end - 3]))
            text = line[:start].rstrip()
        if text:
            blocks.append(Block(text, Scope.PARAGRAPH, ((0, at, at + len(text)),)))
        at += len(line)
    return Document("p.md", "markdown", source, tuple(blocks), tuple(comments))


def finding(page: Document, words: str, name: str = "core/proof/verb", nth: int = 0, **more) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = page.source.index(words, start + 1)
    place = None
    for index, block in enumerate(page.blocks):
        first = block.segments[0][1]
        if first <= start < first + len(block.text):
            place = Place(index, start - first, start - first + len(words))
    values = {"severity": Severity.ERROR, "confidence": Confidence.HIGH, "message": "m", "quote": words}
    category = next(item.category for item in RULES if item.id == name)
    return Finding(
        page.path,
        name,
        category,
        start=start,
        end=start + len(words),
        place=place,
        sentence=page.blocks[place.block].text if place else "",
        **{**values, **more},
    )


def run(page: Document, *findings: Finding, settings: Settings | None = None, **more) -> tuple[Finding, ...]:
    checked = Checked(page, Signals(), findings)
    return triage.triage(
        checked, settings or Settings(root="/"), RULES, path="p.md", as_of=DAY, **more
    ).checked.findings


def open_rules(found: tuple[Finding, ...]) -> list[str]:
    return [item.rule for item in found if item.suppressed is None]


def test_select_and_ignore_take_ids_patterns_and_categories():
    """A rule is meant by its id, by a pattern of ids or by its category."""
    page = document("it proves and cures\n")
    both = (finding(page, "proves"), finding(page, "cures", "core/cure/word"))
    for name in ("core/cure/word", "core/cure/*", "cure", "*/word"):
        assert open_rules(run(page, *both, settings=Settings("/", select=(name,)))) == ["core/cure/word"]
        assert open_rules(run(page, *both, settings=Settings("/", ignore=(name,)))) == ["core/proof/verb"]


def test_severity_by_id_beats_category_and_off_drops():
    """The most exact name decides the severity; off is as if the rule weren't there."""
    page = document("it proves and cures\n")
    both = (finding(page, "proves"), finding(page, "cures", "core/cure/word"))
    settings = Settings("/", severity={"core/proof/verb": "note", "proof": "error", "cure": "off"})
    found = run(page, *both, settings=settings)
    assert [(item.rule, item.severity) for item in found] == [("core/proof/verb", Severity.NOTE)]


def test_unsure_findings_wait_for_whoever_asks():
    """The default confidence is medium; low shows all."""
    page = document("it proves\n")
    item = finding(page, "proves", confidence=Confidence.LOW)
    assert run(page, item) == ()
    assert open_rules(run(page, item, settings=Settings("/", profile="regulator"))) == [item.rule]


def test_an_allowed_phrase_covers_what_lies_inside_it_and_no_more():
    """The phrase is matched as whole words in any case; a finding that sticks out stays."""
    page = document("The Cure Street Clinic cures. See The  cure street clinic. The Cure Streets\n")
    settings = Settings("/", allow_phrases=("the cure street clinic",))
    found = run(
        page,
        finding(page, "Cure", "core/cure/word"),
        finding(page, "cure street", "core/cure/word"),
        finding(page, "cures", "core/cure/word"),
        finding(page, "Cure Streets", "core/cure/word"),
        settings=settings,
    )
    assert [item.quote for item in found if item.suppressed is None] == ["cures", "Cure Streets"]
    assert {item.suppressed for item in found} == {None, "allowed phrase: the cure street clinic"}


def test_one_finding_for_a_stretch_and_category():
    """Of findings of one category whose words overlap the gravest and surest stays; other stretches are untouched."""
    page = document("it proves fully and proves again\n")
    found = run(
        page,
        finding(page, "proves", severity=Severity.WARNING),
        finding(page, "proves", message="graver"),
        finding(page, "proves fully", severity=Severity.WARNING),
        finding(page, "proves", "core/cure/word", severity=Severity.NOTE),
        finding(page, "proves again", severity=Severity.WARNING),
    )
    assert [(item.quote, item.rule, item.message) for item in found] == [
        ("proves", "core/cure/word", "m"),
        ("proves", "core/proof/verb", "graver"),
        ("proves again", "core/proof/verb", "m"),
    ]


def test_a_note_inside_an_error_of_its_kind_goes():
    """A lesser remark on words that already carry an error of that category adds nothing."""
    page = document("it proves fully, proves\n")
    note = {"severity": Severity.NOTE}
    found = run(
        page,
        finding(page, "proves fully"),
        finding(page, "fully", **note),
        finding(page, "proves", nth=1, **note),
    )
    assert [item.quote for item in found] == ["proves fully", "proves"]


def test_findings_about_the_document_are_never_merged():
    """Findings without a place are about different things even when they look alike."""
    page = document("text\n")
    bare = replace(finding(page, "text"), start=None, end=None, place=None, quote="")
    assert len(run(page, bare, replace(bare, message="other"))) == 2


def reason(page: Document, words: str, **more) -> list[str | None]:
    found = run(page, *[finding(page, words, nth=n) for n in range(page.source.count(words))], **more)
    return [item.suppressed for item in found if item.quote == words]


IGNORE = 'claimlint: ignore core/proof/verb reason="quoted"'


def test_ignore_covers_the_next_line_with_copy():
    """A comment on its own line silences the next line that holds copy, over blank lines, and no other."""
    page = document(f"<!-- {IGNORE} -->\n\nit proves\nit proves\n")
    assert reason(page, "proves") == ["quoted", None]


def test_ignore_behind_copy_covers_its_own_line():
    """A comment that trails copy silences that line and not the next."""
    page = document(f"it proves <!-- {IGNORE} -->\nit proves\n")
    assert reason(page, "proves") == ["quoted", None]


def test_ignore_next_block_start_end_and_file():
    """The other forms cover a block, a stretch and the whole file."""
    page = document(f"<!-- {IGNORE.replace('ignore', 'ignore-next-block', 1)} -->\nit proves\nit proves\n")
    assert reason(page, "proves") == ["quoted", None]
    page = document(
        f"it proves\n<!-- {IGNORE.replace('ignore', 'ignore-start', 1)} -->\nit proves\nit proves\n"
        "<!-- claimlint: ignore-end core/proof/verb -->\nit proves\n"
    )
    assert reason(page, "proves") == [None, "quoted", "quoted", None]
    page = document(f"it proves\nit proves\n<!-- {IGNORE.replace('ignore', 'ignore-file', 1)} -->\n")
    assert reason(page, "proves") == ["quoted", "quoted"]


def test_only_ignore_file_reaches_findings_about_the_document():
    """A finding without a place can be silenced for the whole file only."""
    for form, silent in (("ignore", None), ("ignore-file", "quoted")):
        page = document(f"<!-- {IGNORE.replace('ignore', form, 1)} -->\nit proves\n")
        bare = replace(finding(page, "proves"), start=None, end=None, place=None)
        found = [item for item in run(page, bare) if item.rule == bare.rule]
        assert [item.suppressed for item in found] == [silent]


def house(page: Document, *findings: Finding, **more) -> list[tuple[str, str]]:
    found = run(page, *findings, **more)
    return [(i.rule.removeprefix("claimlint/"), i.message) for i in found if i.category == "housekeeping"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ignore core/proof/verb", "gives no reason"),
        ('ignore core/proof/verb reason=""', "gives no reason"),
        ('ignore reason="x"', "names no rule"),
        ('ignore * reason="x"', "every rule"),
        ('ignore core/proof/verbs reason="x"', "did you mean 'core/proof/verb'"),
        ('ignored core/proof/verb reason="x"', "did you mean 'ignore'"),
        ('ignore core/proof/verb reason="x', "quotes after reason= open"),
        ('ignore core/proof/verb reason="x" until=tomorrow', "no date"),
        ('ignore core/proof/verb reson="x"', "'reson=', which is unknown"),
        ("", "no instruction"),
        ("ignore-end", "no ignore-start"),
        ('ignore-start core/proof/verb reason="x"', "never closed"),
        ("ignore core/proof/verb " + "x" * 3000, "longer than"),
    ],
)
def test_a_directive_that_cannot_be_followed_silences_nothing(text, says):
    """It is reported at the comment with what to write, and the finding stays."""
    page = document(f"<!-- claimlint: {text} -->\nit proves\n")
    item = finding(page, "proves")
    assert item.rule in open_rules(run(page, item))
    (name, message) = house(page, item)[0]
    assert name == "malformed-suppression"
    assert says in message
    assert run(page, item)[0].start == 0


def test_an_unused_directive_says_where_it_would_work():
    """It names the line of the nearest such finding, or says that there is none."""
    page = document(f"it proves\nplain\n<!-- {IGNORE} -->\nplain\n")
    ((name, message),) = house(page, finding(page, "proves"))
    assert name == "unused-suppression"
    assert "nearest such finding is on line 1: put the comment on the line above it" in message
    assert "remove the comment" in house(page)[0][1]


def test_a_directive_for_a_rule_that_did_not_run_is_not_unused():
    """A comment for a rule of another profile, or one not selected, is left in peace."""
    page = document(f"<!-- {IGNORE} -->\nplain\n")
    assert house(page, settings=Settings("/", select=("cure", "housekeeping"))) == []


def test_what_confidence_or_a_graver_finding_hides_still_uses_a_directive():
    """Lowering the confidence must not turn good comments into unused ones and back."""
    page = document(f"<!-- {IGNORE} -->\nit proves\n")
    assert house(page, finding(page, "proves", confidence=Confidence.LOW)) == []


@pytest.mark.parametrize(
    ("until", "counts"), [("2030-01-14", False), ("2030-01-15", True), ("2031-01-01", True)]
)
def test_permission_ends_on_its_date(until, counts):
    """Until and including its date a directive holds; after it the finding returns and it is reported."""
    page = document(f'<!-- {IGNORE} until={until} by="Dr. Ima Madeup" -->\nit proves\n')
    item = finding(page, "proves")
    assert (item.rule in open_rules(run(page, item))) is not counts
    assert [name for name, _ in house(page, item)] == ([] if counts else ["expired-suppression"])
    if counts:
        assert reason(page, "proves") == [f"quoted (by Dr. Ima Madeup, until {until})"]


def test_prose_about_directives_is_none():
    """Only real comments count, and only those that start with the tool's name."""
    page = document(f"Write {IGNORE} here\n<!-- see claimlint: ignore -->\nit proves\n")
    item = finding(page, "proves")
    assert open_rules(run(page, item)) == [item.rule]


def test_isolated_material_has_no_say():
    """With --isolated a directive silences nothing and is itself shown."""
    page = document(f"<!-- {IGNORE} -->\nit proves\n")
    found = run(page, finding(page, "proves"), isolated=True)
    assert open_rules(found) == ["claimlint/untrusted-suppression", "core/proof/verb"]


def test_curly_quotes_and_lists_are_read():
    """Editors turn quotes curly, and one comment may name several rules."""
    page = document("<!-- claimlint: ignore cure, core/proof/* reason=“it’s quoted” -->\nx\n")
    (found,) = directives.read(page)
    assert (found.rules, found.reason, found.wrong) == (("cure", "core/proof/*"), "it’s quoted", "")


@given(st.text(max_size=200))
def test_any_comment_can_be_read(text):
    """No comment text raises."""
    source = f"claimlint: ignore {text}"
    page = Document("p.md", "markdown", source, (), (Comment(0, len(source), source),))
    assert len(directives.read(page)) == 1


def test_many_directives_are_cut_off_and_told():
    """A page can't make triage slow with thousands of comments."""
    page = document(f"<!-- {IGNORE} -->\nit proves\n" * 1100)
    found = run(page, *[finding(page, "proves")])
    assert any("only the first 1000" in item.message for item in found)


def test_unread_parts_are_notes():
    """What a reader could not read is told, so that it isn't taken for clean."""
    page = replace(document("text\n"), unread=(Unread(0, 4, "an image of text"),))
    (found,) = run(page)
    assert (found.rule, found.severity, found.quote) == ("claimlint/unread-text", Severity.NOTE, "text")


def test_the_order_is_by_place():
    """Findings come by place, then rule; those about the whole document last."""
    page = document("it proves and cures\n")
    bare = replace(finding(page, "proves"), start=None, end=None, place=None)
    found = run(page, bare, finding(page, "cures", "core/cure/word"), finding(page, "proves"))
    assert [item.start for item in found] == [3, 14, None]


def test_fingerprints_survive_moves_and_tell_repeats_apart():
    """Lines above change nothing; path, rule, quote, sentence and repetition do."""
    page, moved = document("it proves\nit proves\n"), document("new line\n\nit  proves\nit proves\n")
    here = [i.fingerprint for i in run(page, finding(page, "proves"), finding(page, "proves", nth=1))]
    there = [i.fingerprint for i in run(moved, finding(moved, "proves"), finding(moved, "proves", nth=1))]
    assert here == there
    assert len(set(here)) == 2
    assert all(len(item) == 32 and set(item) <= set("0123456789abcdef") for item in here)
    one = finding(page, "proves")
    others = [one, replace(one, rule="x"), replace(one, quote="x"), replace(one, sentence="x")]
    prints = {fingerprint.stamp([item], "p.md")[0].fingerprint for item in others}
    assert len(prints | {fingerprint.stamp([one], "q.md")[0].fingerprint}) == 5


def test_a_suppression_does_not_change_the_fingerprint():
    """Silencing one of two alike findings leaves the other's identity as it was."""
    plain = document("it proves\nit proves\n")
    noted = document(f"<!-- {IGNORE} -->\nit proves\nit proves\n")
    before = run(plain, finding(plain, "proves"), finding(plain, "proves", nth=1))[1].fingerprint
    after = run(noted, finding(noted, "proves"), finding(noted, "proves", nth=1))
    assert [i.fingerprint for i in after if i.suppressed is None] == [before]


def test_the_baseline_holds_back_and_counts():
    """An accepted finding is left out and counted; a new one stays."""
    page = document("it proves and cures\n")
    both = (finding(page, "proves"), finding(page, "cures", "core/cure/word"))
    accepted = {run(page, both[0])[0].fingerprint}
    result = triage.triage(
        Checked(page, Signals(), both), Settings("/"), RULES, path="p.md", as_of=DAY, accepted=accepted
    )
    assert (open_rules(result.checked.findings), result.held_back) == (["core/cure/word"], 1)


def test_a_jurisdiction_narrows_the_provisions_named():
    """Only provisions of the asked jurisdiction stay; the finding itself does."""
    page = document("it proves\n")
    item = finding(
        page, "proves", provisions=({"id": "a", "jurisdiction": "us"}, {"id": "b", "jurisdiction": "uk"})
    )
    (found,) = run(page, item, settings=Settings("/", jurisdiction="uk"))
    assert [p["id"] for p in found.provisions] == ["b"]
    assert len(run(page, item, settings=Settings("/", jurisdiction="auto"))[0].provisions) == 2


def test_housekeeping_rules_are_rules():
    """They can be listed, explained, graded and ignored like any other."""
    page = document(f"<!-- {IGNORE} -->\nplain\n")
    assert all(item.why and item.title for item in housekeeping.RULES)
    assert house(page, settings=Settings("/", ignore=("housekeeping",))) == []
    settings = Settings("/", severity={"claimlint/unused-suppression": "error"})
    assert run(page, settings=settings)[0].severity is Severity.ERROR


PLACED = st.builds(
    lambda start, length, severity, confidence, category, name, silent, law: Finding(
        "p.md",
        name,
        category,
        severity,
        confidence,
        "m",
        quote="",
        start=start,
        end=start + length,
        suppressed="known" if silent else None,
        provisions=({"id": law},) if law else (),
    ),
    st.integers(0, 9),
    st.integers(1, 5),
    st.sampled_from(list(Severity)),
    st.sampled_from(list(Confidence)),
    st.sampled_from(["cure", "proof"]),
    st.sampled_from(["a", "b", "c"]),
    st.booleans(),
    st.sampled_from(["", "x", "y"]),
)


@given(st.lists(PLACED, max_size=9))
def test_doubles_are_told_as_one_by_one_comparison_tells_them(findings):
    """The gravest, surest, longest stays, and has the law of each finding of its sort whose words overlap it and that went."""
    kept: list[Finding] = []
    laws: list[list[str]] = []

    def weight(one):
        return (one.severity.rank, one.confidence.rank, one.end - one.start, one.rule)

    for one in sorted(findings, key=weight, reverse=True):
        rivals = [
            at
            for at, other in enumerate(kept)
            if (one.category, one.suppressed) == (other.category, other.suppressed)
            and max(one.start, other.start) < min(one.end, other.end)
        ]
        if not rivals:
            kept.append(one)
            laws.append([record["id"] for record in one.provisions])
        else:
            first = min(rivals, key=lambda at: (kept[at].start, kept[at].end))
            laws[first] += [r["id"] for r in one.provisions if r["id"] not in laws[first]]
    found = triage.distinct(findings)
    told = sorted(
        (f.start, f.end, f.rule, f.category, str(f.suppressed), [r["id"] for r in f.provisions])
        for f in found
    )
    assert told == sorted(
        (f.start, f.end, f.rule, f.category, str(f.suppressed), law)
        for f, law in zip(kept, laws, strict=True)
    )


@pytest.mark.parametrize(
    ("low", "high", "covered"), [(3, 9, True), (2, 9, False), (3, 10, False), (4, 8, True)]
)
def test_an_allowed_phrase_covers_to_its_very_ends(low, high, covered):
    """One character beyond the phrase on either side is not covered."""
    page = document("it proves it\n")
    one = finding(page, "proves")._replace(place=Place(0, low, high))
    (item,) = run(page, one, settings=Settings("/", allow_phrases=("proves",)))
    assert (item.suppressed is not None) is covered


def test_a_reviewers_dismissal_adds_to_what_a_comment_says():
    """What a comment silenced keeps its reason; what nobody decided stays open."""
    page = document("it proves and proves and cures\n")
    three = (
        finding(page, "proves"),
        finding(page, "proves", nth=1),
        finding(page, "cures", "core/cure/word"),
    )
    marked = tuple(one._replace(fingerprint=str(at)) for at, one in enumerate(three))
    silenced = (marked[0]._replace(suppressed="comment"), *marked[1:])
    told = triage.decided(silenced, (("0", "reviewer"), ("1", "reviewer")))
    assert [one.suppressed for one in told] == ["comment", "reviewer", None]
    assert triage.decided(silenced, ()) == silenced
