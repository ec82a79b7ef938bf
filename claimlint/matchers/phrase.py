"""The ``phrase`` kind: words, dropped where a guarding context holds over them."""

from __future__ import annotations

from collections.abc import Iterator

from claimlint.language.cues import FOR_SIGNALS
from claimlint.language.text import Sentence
from claimlint.matchers import Candidate
from claimlint.model import Reason, Rule

Spans = list[tuple[int, int]]


def match(
    rule: Rule, sentence: Sentence, spans: Spans, certain: Spans, excluded: Spans
) -> Iterator[Candidate]:
    """Candidates of ``rule`` among ``spans`` of its phrases in the sentence (block offsets).

    ``certain`` are spans of ``even_if`` phrases, ``excluded`` those of ``match.exclude``, which cancel what they touch.
    Of overlapping spans the longest stays.
    """
    last = -1
    for start, end in sorted({*spans, *certain}, key=lambda span: (span[0], -span[1])):
        if start < last:
            continue
        if any(low < end and start < high for low, high in excluded):
            continue
        why: tuple[Reason, ...] = ()
        if (start, end) not in certain and rule.unless:
            contexts = sentence.contexts(start, end)
            if rule.unless & contexts.keys():
                continue
            why = tuple(reason for name, reason in contexts.items() if name not in FOR_SIGNALS)
        last = end
        yield Candidate(sentence.place(start, end), sentence.text, why, offers=sentence.offers)
