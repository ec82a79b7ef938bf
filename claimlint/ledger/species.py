"""Whose outcome a sentence tells: what was seen in animals or a dish promises nothing to a patient, and is judged as such."""

from __future__ import annotations

import re
from functools import lru_cache

ANIMALS = "animals"
"""``Claim.experiencer`` of a sentence that speaks of laboratory animals or cells alone."""
_ANIMALS = re.compile(
    r"\b(?:in (?:[a-z-]+ ){0,3}(?:mice|mouse|rats?|rodents?|rabbits?|pigs?|monkeys|animals?|animal models?|vitro|"
    r"petri dish(?:es)?|cell cultures?|the laboratory|the lab)|"
    r"(?:mouse|murine|rat|rodent|animal|preclinical|laboratory) (?:study|studies|models?|work|experiments?|data))\b"
)
_PEOPLE = re.compile(
    r"\b(?:patients?|people|persons?|humans?|you|your|yours|yourself|us|our|ours|we|men|women|children|adults|"
    r"participants|volunteers|clinical(?:ly)?|everyone|anyone|pets?|dogs?|cats?|horses?)\b"
)


@lru_cache(maxsize=64)  # every rule asks of the same few sentences
def animals_alone(folded: str) -> bool:
    """Whether a sentence (in lower case) names animals or the laboratory, and no person, reader or seller."""
    return bool(_ANIMALS.search(folded)) and not _PEOPLE.search(folded)
