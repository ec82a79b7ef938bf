"""Rules times one document: the pure heart of the linter, with no file, clock or setting of its own.

Read this first: everything before it prepares a document, everything after it arranges findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any

from claimlint import spans
from claimlint.language.reader import Reader
from claimlint.language.text import Sentence
from claimlint.ledger import Entry, Ledger, Remembering
from claimlint.ledger.species import ANIMALS
from claimlint.ledger.status import of_approval
from claimlint.matchers import Candidate, page
from claimlint.matchers import claim as claim_kind
from claimlint.matchers import phrase as phrase_kind
from claimlint.model import (
    Block,
    Checked,
    Document,
    Finding,
    Place,
    Rule,
    Scope,
    Signals,
    Strength,
    Verdict,
    replace,
)
from claimlint.phrasebook import Phrasebook, Spans
from claimlint.rules.bearing import aged
from claimlint.rules.ruleset import Ruleset
from claimlint.severity import NOT_SELLING, offered, severity_of
from claimlint.signals import signals

_SUPPORTABLE = frozenset({"efficacy"})
_APPROVABLE = frozenset({"efficacy", "superiority", "mechanism", "statistic"})
_ABOUT_STATUS = frozenset({"status", "proof"})
_RELATED = re.compile(r"\b(?:associat|correlat|linked\b)", re.I)
_BORNE_OUT = "Say at most what the record bears out:"
_IN_ANIMALS = "Say that this was seen in animals or the laboratory, and that it shows no benefit to patients."


class Engine:
    """A compiled rule set and evidence registry, ready to check any number of documents.

    ``graded`` asks for the strength of every sentence (the claims ledger), ``scorecards`` for the credibility of every
    document; rules need neither. With ``only``, no other rules run. ``matchers`` are a plugin's rule kinds:
    name -> function(rule, document, signals) that yields `matchers.Candidate`.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        registry: Any,
        *,
        profile: str,
        as_of: date,
        graded: bool = False,
        scorecards: bool = False,
        only: Set[str] | None = None,
        matchers: Mapping[str, Any] | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.registry = registry
        self.profile = profile
        self.as_of = as_of
        run = [rule for rule in ruleset.rules if only is None or rule.id in only]
        in_profile = [rule for rule in run if not rule.profiles or profile in rule.profiles]
        self._law = aged(in_profile, ruleset.resting, ruleset.provisions, as_of)
        self._rules = self._law.rules
        self._judges = any(rule.kind == "claim" for rule in self._rules)
        self._book = Phrasebook(ruleset, self._rules)
        self._reader = Reader(ruleset.terms, self._book.tables, self._book.cue_of)
        self._ledger = Ledger(registry, as_of)
        self._graded = graded
        self._grader: Any = None
        self._scorecards = scorecards
        self._matchers = dict(matchers or {})

    def check(self, document: Document) -> Checked:
        """Everything the rules find in ``document``, unfiltered, in order of place."""
        everything = self._reader.read(document, every=self._graded)
        sentences = [one for one in everything if one.touched] if self._graded else everything
        facts = signals(document, sentences, self._book.signal_of)
        entries = self._ledger.entries(document, sentences) if self._judges or self._graded else []
        found = list(self._findings(document, sentences, facts, entries))
        found.sort(key=lambda f: (f.start if f.start is not None else -1, f.end or 0, f.rule))
        records: dict[str, Mapping[str, Any]] = {}
        if self._graded:
            from claimlint.claims.grade import Grader

            selling = facts.speaker not in NOT_SELLING
            self._grader = self._grader or Remembering(Grader(self.ruleset))
            entries = self._ledger.graded(
                document, everything, entries, self._grader, selling, facts.speaker == "seller"
            )
            verdicts = {entry.verdict for entry in entries if entry.verdict is not None}
            records = {one["record"]: one for verdict in verdicts for one in self._ledger.evidence(verdict)}
        claims = tuple((entry.claim, entry.verdict) for entry in entries)
        credibility: Mapping[str, Any] = {}
        if self._scorecards:
            from claimlint.credibility import scorecard

            credibility = scorecard(document, facts)
        return Checked(document, facts, tuple(found), claims, credibility, records)

    def elements(self, rule: Rule, document: Document) -> frozenset[str]:
        """The elements of a ``notice`` rule that stand, unaltered, in a document that others show (a footer)."""
        stated, contrary = self._book.stated(rule, self._reader.read(document))
        from claimlint.matchers import notice

        found, _ = notice.sorted_out(rule.match["elements"], stated, contrary)
        return frozenset(found)

    def _findings(
        self, document: Document, sentences: list[Sentence], facts: Signals, entries: list[Entry]
    ) -> Iterator[Finding]:
        claims = [rule for rule in self._rules if rule.kind == "claim"]
        told: set[Place] = set()
        for number, sentence in enumerate(sentences):
            for rule, parts in self._book.candidates(sentence):
                here = not rule.scope or sentence.block.scope in rule.scope
                if here and self._book.behind(rule, sentences, number):
                    for candidate in self._phrased(rule, sentence, parts):
                        verdict = candidate.verdict
                        if rule.category in _ABOUT_STATUS:
                            verdict = self._ledger.approval(sentences, number)
                        if verdict is not None and verdict.verdict == "supported":
                            if rule.category == "status" and of_approval(candidate.words(document)):
                                continue  # it is true on the record
                            verdict = None
                        if candidate.place is not None and rule.category == "status":
                            told.add(candidate.place)
                        yield self._finding(document, facts, rule, replace(candidate, verdict=verdict))
        for entry in self._ledger.false_approvals(document, sentences) if claims else ():
            at = entry.claim.place
            if not any(p.block == at.block and p.start < at.end and at.start < p.end for p in told):
                yield from self._claimed(document, facts, entry, claims)
        for rule in self._rules:
            if rule.kind == "phrase" and rule.match.get("regex"):
                yield from self._expressed(document, facts, rule)
        for entry in entries:
            yield from self._claimed(document, facts, entry, claims)
        named = offered(sentences)
        for rule in self._rules:
            for candidate in self._page(rule, document, facts, sentences, named):
                yield self._finding(document, facts, rule, candidate)

    def _phrased(
        self, rule: Rule, sentence: Sentence, parts: tuple[Spans, Spans, Spans]
    ) -> Iterator[Candidate]:
        """A rule's phrases in one sentence, but for what the evidence supports or the team has approved."""
        spans, certain, excluded = parts
        told: dict[Place, Verdict] = {}
        if rule.category in _SUPPORTABLE:
            spans, told = self._ledger.weighed(sentence, spans)
        for candidate in phrase_kind.match(rule, sentence, spans, certain, excluded):
            if rule.category not in _APPROVABLE or not self._ledger.approved(sentence, candidate.place):
                yield (
                    replace(candidate, verdict=told[candidate.place])
                    if candidate.place in told
                    else candidate
                )

    def _expressed(self, document: Document, facts: Signals, rule: Rule) -> Iterator[Finding]:
        """Findings of a rule's own regular expressions, which look at every block."""
        for index, block in enumerate(document.blocks):
            if block.scope is Scope.CODE or (rule.scope and block.scope not in rule.scope):
                continue
            spans_found = self._book.express(rule, self._reader.plain(block).text)
            if not spans_found:
                continue
            sentences = self._reader.whole(index, block)
            starts = [one.start for one in sentences]
            for start, end in spans_found:
                holder = sentences[max(0, bisect_right(starts, start) - 1)]
                if start < holder.end:
                    for candidate in phrase_kind.match(rule, holder, [(start, min(end, holder.end))], [], []):
                        yield self._finding(document, facts, rule, candidate)

    def _claimed(
        self, document: Document, facts: Signals, entry: Entry, rules: list[Rule]
    ) -> Iterator[Finding]:
        """Findings about one claim: what its evidence says joins the finding that names the offence, if there is one."""
        scope = document.blocks[entry.claim.place.block].scope
        fired = claim_kind.fired(rules, entry.claim, entry.verdict, entry.text, scope)
        found = [self._finding(document, facts, rule, candidate) for rule, candidate in fired]
        judged = [finding for finding in found if finding.category == "evidence"]
        others = [finding for finding in found if finding.category != "evidence"]
        if judged and self._within(entry):
            yield from others
            return
        if not (judged and others):
            yield from found
            return
        worst = max(judged, key=lambda finding: finding.severity.rank)
        detail = entry.verdict.detail if entry.verdict else ""
        for finding in others:
            severity = max(finding.severity, worst.severity, key=lambda level: level.rank)
            yield replace(finding, severity=severity, message=f"{finding.message} {detail}".strip())

    def _within(self, entry: Entry) -> bool:
        """Whether the whole sentence, which the ledger grades, says no more than its record allows ("was associated with")."""
        allowed = entry.verdict.allowed if entry.verdict else None
        if allowed is None or not _RELATED.search(entry.text):
            return False
        from claimlint.claims.grade import Grader

        self._grader = self._grader or Remembering(Grader(self.ruleset))
        grade = self._grader.grade(entry.text)
        return grade is not None and Strength.NONE.rank < grade.strength.rank <= allowed.rank

    def _page(
        self, rule: Rule, document: Document, facts: Signals, sentences: list[Sentence], named: Set[str]
    ) -> Iterable[Candidate]:
        if rule.kind == "required":
            if rule.match.get("says"):
                return page.says(rule, facts, sentences, self._book.said(rule, sentences))
            return page.required(rule, facts, named)
        if rule.kind == "call-to-action":
            return page.call_to_action(rule, facts)
        if rule.kind in ("gate", "notice"):  # packs of law have these; core alone needs neither
            from claimlint.matchers import gate, notice

            if rule.kind == "gate":
                return gate.gate(rule, facts, sentences, self._book.said(rule, sentences))
            return notice.notice(rule, document, facts, sentences, *self._book.stated(rule, sentences))
        if rule.kind == "hidden-text":
            return page.hidden_text(rule, document, self._reader.finder.knows)
        matcher = self._matchers.get(rule.kind)
        return matcher(rule, document, facts) if matcher else ()

    def _finding(self, document: Document, facts: Signals, rule: Rule, found: Candidate) -> Finding:
        start = end = None
        quote = ""
        if found.place is not None:
            block: Block = document.blocks[found.place.block]
            start, end = spans.to_source(block, found.place.start, found.place.end)
            quote = block.text[found.place.start : found.place.end]
        severity = severity_of(rule, facts, found, self.profile)
        confidence = rule.confidence
        if found.confidence is not None and found.confidence.rank < confidence.rank:
            confidence = found.confidence
        evidence: tuple[Mapping[str, Any], ...] = ()
        message = f"{rule.message} {found.detail}" if found.detail else rule.message
        if found.verdict is not None:
            evidence = self._ledger.evidence(found.verdict)
            approved = any(name.startswith("approved/") for name in found.verdict.records)
            if found.verdict.detail and (rule.category == "evidence" or found.claim is None or approved):
                message = f"{message} {found.verdict.detail}"
        if rule.id in self._law.since:
            since = self._law.since[rule.id]
            message += f" It weighs less than usual: the law behind it was to be checked again by {since}."
        return Finding(
            path=document.path,
            rule=rule.id,
            category=rule.category,
            severity=severity,
            confidence=confidence,
            message=message.replace("{quote}", _short(quote)).replace("{title}", rule.title),
            start=start,
            end=end,
            quote=quote,
            sentence=found.sentence,
            place=found.place,
            why=found.why,
            suggest=self._suggest(rule, found),
            evidence=evidence,
            provisions=tuple(self._provisions(rule, found.sentence)),
        )

    def _provisions(self, rule: Rule, sentence: str) -> Iterator[Mapping[str, Any]]:
        """The rule's provisions, but for those that speak of diseases (``speaks_of``) which the sentence doesn't name."""
        for name in rule.provisions:
            record = self._law.provisions.get(name, {"id": name})
            words = record.get("speaks_of")
            if not words or any(word in sentence.lower() for word in words):
                yield record

    def _suggest(self, rule: Rule, found: Candidate) -> tuple[str, ...]:
        """What to do instead: words that the record bears out come first, where the claim was held against one."""
        if found.claim is None or found.verdict is None:
            return rule.suggest
        if found.claim.experiencer == ANIMALS:
            return (_IN_ANIMALS,)
        overdue = found.verdict.verdict == "stale"  # what it bore out may no longer hold
        wording = None if overdue else self._ledger.wording(found.verdict)
        return rule.suggest if wording is None else (f"{_BORNE_OUT} {wording}", *rule.suggest)


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:77].rstrip() + "..."
