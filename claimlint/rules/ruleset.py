"""What loading yields: the rules in force and the terms that they speak of, as plain frozen data.

It stands apart from the loader so that the matchers and the term finder can name these shapes and
flags without importing anything that reads files.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from claimlint.model import Rule

CAPS = 1
"""The term matches only where the text has it in capitals (a plural ``s`` at its end aside)."""
AMBIGUOUS = 2
"""The word has other common senses: it fills a slot only beside a strong verb."""
PREFIX = 4
"""The form is the start of a word (written ``improv*``)."""
VERB = 8
NOUN = 16
ADJ = 32
GERUND = 64
"""The form in -ing of a verb."""
PAST = 128
"""The past or the participle of a verb."""
BASE = 256
"""The base form of a verb."""
THIRD = 512
"""The third person singular of a verb (treats)."""
WEAK = 1024
"""The effect asserts little by itself (support, help): it needs a strong object."""

Term = tuple[str, str, str, str, str, int]
"""(folded form, concept id, kind, class, direction or scope, flags)."""

Cue = tuple[str, str, str, str, int, tuple[str, ...], tuple[str, ...]]
"""(kind: cue or signal, concept id, class, scope, reach in words or 0, unless, phrases as written)."""


class Terms(Sequence[Term]):
    """Terms that are read when first asked for: a run whose tables are made already asks for none."""

    __slots__ = ("_found", "_read")

    def __init__(self, read: Callable[[], list[Term]]) -> None:
        self._read: Callable[[], list[Term]] | None = read
        self._found: list[Term] = []

    def _all(self) -> list[Term]:
        if self._read is not None:
            self._found = self._read()
            self._read = None
        return self._found

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Term]:
        return iter(self._all())


class Ruleset(NamedTuple):
    """The rules in force, sorted by id, with the data that they share.

    ``terms`` are folded forms (`morphology.fold`) of every lexicon concept; one form may stand for
    concepts of several kinds, but only once a kind. ``cues`` are the concepts of cues and signals with
    their phrases. ``packs`` maps a pack's name to its pack.yaml, ``provisions`` an id to its record.
    ``fingerprint`` changes whenever any of this could change. ``resting`` says what law a rule's severity rests on
    (`bearing.Borne`), for rules that name any.
    """

    rules: tuple[Rule, ...]
    terms: Sequence[Term]
    cues: Sequence[Cue] = ()
    packs: Mapping[str, Mapping[str, Any]] = {}
    provisions: Mapping[str, Mapping[str, Any]] = {}
    fingerprint: str = ""
    resting: Mapping[str, Any] = {}
