"""Checks one batch of files: a pure function of the files, their settings and the job.

It holds no state between batches, so that any executor may run batches side by side; whatever goes wrong with
a file is a failure of that file alone.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from claimlint import readers
from claimlint.config import Settings
from claimlint.covered import holds_english, read_in_part, uncovered, unwritten
from claimlint.discovery import Target
from claimlint.errors import ClaimlintError, ReadError
from claimlint.loading import read, read_file
from claimlint.model import Checked, Document, Failure, Rule, replace
from claimlint.not_copy import built_file, own_report
from claimlint.triage import alone, housekeeping, triage


class Job(NamedTuple):
    """What holds for every file of a run. ``accepted`` are the fingerprints of a baseline; ``run`` is a token
    that no other run has, so that engines are remembered for one run and never beyond it."""

    as_of: date
    isolated: bool = False
    cache: bool = True
    debug: bool = False
    accepted: frozenset[str] = frozenset()
    run: bytes = b""
    graded: bool = False
    scorecards: bool = False
    dismissed: tuple[tuple[str, str], ...] = ()


class Item(NamedTuple):
    """A file with its settings; ``distrusted`` is a settings file that --isolated kept out."""

    target: Target
    settings: Settings
    distrusted: str | None = None


class Outcome(NamedTuple):
    """What came of one file: its document checked, or why not; ``passed_over`` where it turned out to be a program,
    or a report of claimlint's own (``own_report`` is its path then)."""

    checked: Checked | None = None
    failure: Failure | None = None
    held_back: int = 0
    passed_over: bool = False
    own_report: str = ""


class Engines:
    """The engines of a run, one for each combination of rules, evidence and profile that occurs."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._made: dict[Any, Any] = {}
        self._rulesets: dict[Any, Any] = {}

    def ruleset(self, settings: Settings) -> Any:
        """The rules that these settings ask for. Raises RuleError for a pack or rule that can't be used."""
        from claimlint import rules

        lexicon = {name: list(items) for name, items in settings.lexicon.items()}
        kinds = settings.plugins.get("matchers", ())
        lawful: tuple[str, ...] = ()
        if settings.jurisdiction is not None:
            from claimlint.jurisdiction import packs_of

            lawful = packs_of(settings.jurisdiction)
        key = (settings.rulesets, repr(lexicon), kinds, lawful)
        if key not in self._rulesets:
            packs = tuple(name for name in settings.rulesets if not os.path.isabs(name) and name != "core")
            folders = tuple(name for name in settings.rulesets if os.path.isabs(name))
            self._rulesets[key] = rules.load(
                ("core", *packs, *lawful),
                folders=folders,
                lexicon=lexicon or None,
                cache=self.job.cache,
                kinds=kinds,
            )
        return self._rulesets[key]

    def engine(self, settings: Settings) -> Any:
        """The engine for these settings, made when it is first asked for."""
        from claimlint import evidence
        from claimlint.engine import Engine

        profile = settings.profile or "team"
        market = settings.jurisdiction if settings.evidence else None  # approvals hold in some markets only
        matchers = settings.plugins.get("matchers", ())
        ruleset = self.ruleset(settings)
        only = None if self.job.graded or self.job.scorecards else alone(ruleset.rules, settings)
        key = (id(ruleset), settings.evidence, market, profile, matchers, only)
        if key not in self._made:
            registry = evidence.load(settings.evidence, cache=self.job.cache, market=market)
            extra: dict[str, Any] = {"graded": self.job.graded, "scorecards": self.job.scorecards}
            if matchers:
                from claimlint import plugins

                extra["matchers"] = plugins.load("matchers", matchers, settings.origin)
            self._made[key] = Engine(
                ruleset, registry, profile=profile, as_of=self.job.as_of, only=only, **extra
            )
        return self._made[key]

    def kept(self) -> Any:
        """The outcomes of earlier runs."""
        if "kept" not in self._made:
            from claimlint.results import Kept

            self._made["kept"] = Kept(self.job, self)
        return self._made["kept"]

    def shared(self, settings: Settings) -> Callable[[str], Checked]:
        """A function that checks a file which other pages show (a footer); each is read once."""

        def check_shared(file: str) -> Checked:
            engine = self.engine(settings)
            key = ("shared", file, id(engine))  # engines live as long as this does
            if key not in self._made:
                target = Target(settings.relative(file), file)
                self._made[key] = engine.check(read(target, settings, self.extra_readers(settings)))
            found: Checked = self._made[key]
            return found

        return check_shared

    def extra_readers(self, settings: Settings) -> dict[str, Any] | None:
        """The readers of plugins that these settings name, by suffix."""
        names = settings.plugins.get("readers", ())
        if not names:
            return None
        key = ("readers", names)
        if key not in self._made:
            from claimlint import plugins

            self._made[key] = plugins.readers(names, settings.origin)
        found: dict[str, Any] = self._made[key]
        return found


@lru_cache(maxsize=1)
def engines_for(job: Job) -> Engines:
    """The engines of a run in this process; a forked child inherits those that its parent made."""
    return Engines(job)


def check_batch(items: Sequence[Item], job: Job, keep: bool = False) -> list[Outcome]:
    """The outcome of each file, in order; ``keep`` them for later runs (`claimlint.results`).

    Raises ClaimlintError only for rules or settings.
    """
    engines = engines_for(job)
    return [check(item, job, engines, keep) for item in items]


def check(item: Item, job: Job, engines: Engines, keep: bool = False) -> Outcome:
    """Reads and checks one file."""
    try:
        data = item.target.data if item.target.data is not None else read_file(item.target)
    except ReadError as error:
        return Outcome(failure=Failure(item.target.path, error.reason))
    outcome = _checked(item, data, job, engines)
    if keep:
        engines.kept().put(item, data, outcome)
    return outcome


def _checked(item: Item, data: bytes, job: Job, engines: Engines) -> Outcome:
    target = item.target
    path = item.settings.relative(target.file)
    settings = item.settings.for_path(path)
    engines.engine(settings)
    try:
        if not target.named and built_file(target.file, data):
            return Outcome(passed_over=True)
        # A page could pretend to be a report: where the material is not trusted, it is read.
        if not (target.named or job.isolated) and own_report(target.file, data):
            return Outcome(passed_over=True, own_report=target.path)
        document = read(target._replace(data=data), settings, engines.extra_readers(settings))
        return judged(document, settings, job, engines, path=path, distrusted=item.distrusted)
    except ReadError as error:
        return Outcome(failure=Failure(target.path, error.reason))
    except ClaimlintError as error:
        return Outcome(failure=Failure(target.path, str(error)))
    except Exception as error:  # one file's trouble must not cost the others their report
        if job.debug:
            import traceback

            traceback.print_exc()
        return Outcome(failure=Failure(target.path, defect(error)))


def judged(
    document: Document,
    settings: Settings,
    job: Job,
    engines: Engines,
    *,
    path: str,
    distrusted: str | None = None,
) -> Outcome:
    """What comes of a document: its findings arranged, or why it can't be judged. ``path`` is relative to the settings' root."""
    engine = engines.engine(settings)
    problem = uncovered(document)
    unread = Failure(document.path, problem) if problem else None
    if unread is not None and not holds_english(document):
        return Outcome(failure=unread)
    told = ""
    if settings.jurisdiction == "auto":
        settings, told = _placed(document, settings, job.cache)
        engine = engines.engine(settings)
    document = read_in_part(document)
    shell = unwritten(document) if job.isolated else None  # one's own repository has the words in other files
    if shell is not None:
        document = replace(document, unread=(*document.unread, shell))
    checked = engine.check(document)
    if shell is not None and not checked.findings:
        return Outcome(failure=Failure(document.path, f"not checked: {shell.reason}"))
    if told:
        note = housekeeping.finding(document, "jurisdiction-told", told, None, None)
        checked = replace(checked, findings=(*checked.findings, note))
    rules: Sequence[Rule] = engine.ruleset.rules
    included = () if job.isolated else _included(checked, rules, settings, path)
    if settings.notices or settings.provided or included:
        from claimlint import notices

        shared = engines.shared(settings)
        checked = notices.heeded(checked, rules, settings, path, shared, engine.elements, included)
    if distrusted:
        checked = replace(checked, findings=(*checked.findings, _distrusted(document, distrusted)))
    stands_on = engine.ruleset.packs.get(settings.jurisdiction or "", {}).get("includes", ())
    triaged = triage(
        checked, settings, rules, path=path, as_of=job.as_of, isolated=job.isolated, accepted=job.accepted,
        stands_on=stands_on, dismissed=job.dismissed,
    )  # fmt: skip
    return Outcome(_with_fixes(triaged.checked, rules, settings), unread, triaged.held_back)


def _included(checked: Checked, rules: Sequence[Rule], settings: Settings, path: str) -> Sequence[str]:
    """The files that the page includes, where a finding says that it lacks something they may hold."""
    document = checked.document
    if document.path == "-" or not path.lower().endswith(readers.INCLUDING):
        return ()
    from claimlint import includes, notices

    if not notices.lacks(checked, rules):
        return ()
    return includes.followed(os.path.join(settings.root, path), document.source, settings)


def _with_fixes(checked: Checked, rules: Sequence[Rule], settings: Settings) -> Checked:
    """With the rewrites that rules, claims and the settings' notice offer."""
    if not checked.findings:
        return checked
    from claimlint import fixes

    return fixes.offer(checked, rules, settings.notices[0] if settings.notices else None)


def defect(error: BaseException) -> str:
    """How a failure of claimlint itself is reported."""
    text = " ".join(str(error).split())[:200]
    return (
        f"not checked: claimlint itself failed ({type(error).__name__}: {text}); this is a defect "
        "of claimlint, please report it (--debug shows where)"
    )


def _placed(document: Document, settings: Settings, cache: bool) -> tuple[Settings, str]:
    """The settings with the jurisdiction that the page shows (None: none), and what the report says of it."""
    from claimlint import jurisdiction

    guess = jurisdiction.tell(document, jurisdiction.packs(cache))
    return settings._replace(jurisdiction=guess.pack), jurisdiction.in_words(guess)


def _distrusted(document: Document, origin: str) -> Any:
    message = f"the settings in {origin} did not count (--isolated)"
    return housekeeping.finding(document, "untrusted-settings", message, None, None)
