"""What each frame of a sentence claims: who acts, how strongly it is put, under which contexts, and how sure that is.

Which claims are an offence is for rules to say; nothing here knows of severities.
"""

from __future__ import annotations

import re

from claimlint.claims.agent import Agent, agent_after, agent_before
from claimlint.claims.frames import Frame, frames
from claimlint.language.cues import FOR_SIGNALS
from claimlint.language.text import Sentence
from claimlint.model import Claim, Confidence, Reason, Strength
from claimlint.rules.ruleset import AMBIGUOUS, WEAK

_ABSOLUTE = re.compile(
    r"\b(?:always|guaranteed?|guarantees|100\s?%|completely|permanently|permanent|forever|every (?:single )?(?:patient|time|case)|"
    r"once and for all|never fails|proven|all patients|instantly cures?)\b"
)
_MORE = re.compile(
    r"\b(?:better|improved|more|greater|stronger|increased|enhanced|fuller|faster|higher|lower|longer|renewed|restored|less|fewer)\b"
)
_GAINED = frozenset({"provide", "restore"})
_UNDERGONE = re.compile(r"\b(?:experienc(?:ed?|ing)|report(?:ed)?|saw|noticed?|enjoy(?:ed)?|felt|had)\s$")
_AUXILIARY = re.compile(r"may|might|could|(?:do|does|did|will|can|could|would|should)(?:n't| not)|cannot|not")
_JOINED = re.compile(r"(?:\b(?:and|but|yet)|,)\s+(?:also\s|even\s|then\s|actually\s|[a-z]+ly\s)?\Z")
_BEFORE = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def claims(sentence: Sentence) -> list[Claim]:
    """What the sentence claims, effect by effect, without anything inherited from around it."""
    out: list[Claim] = []
    previous: Agent | None = None
    last_end = sentence.start
    for frame in frames(sentence):
        bounds = [at for at in sentence.bounds if at <= frame.subject_to]
        low = max(bounds[-1] if bounds else sentence.start, last_end)
        agent = agent_before(sentence, low, frame.subject_to, previous)
        if frame.shape == "subject":
            agent = agent_after(sentence, frame.end) or agent
        out.append(_claim(sentence, frame, agent))
        previous, last_end = agent, frame.end
    return out


def _claim(sentence: Sentence, frame: Frame, agent: Agent) -> Claim:
    found = sentence.contexts(frame.effect.start, frame.effect.end)
    contexts = {name: reason for name, reason in found.items() if name not in FOR_SIGNALS}
    folded = sentence.norm.folded
    if contexts and _finite(folded, sentence.start, frame):
        contexts = {
            name: reason for name, reason in contexts.items() if not _AUXILIARY.fullmatch(reason.text.lower())
        }
    before = _BEFORE.findall(folded[max(sentence.start, frame.effect.start - 40) : frame.effect.start])[-4:]
    why: list[Reason] = [
        sentence.reason("effect", frame.effect.start, frame.effect.end),
        sentence.reason("target", frame.target.start, frame.target.end),
        *contexts.values(),
    ]
    modal = next(
        (
            word
            for word in reversed(before)
            if word in ("can", "will", "may", "might", "could", "should", "would")
        ),
        None,
    )
    if modal == "can" and {"help", "helps"} & set(before):
        modal = "can help"
    strength = Strength.CAUSAL
    if "hedged" in contexts:
        strength = Strength.HEDGED
    else:
        booster = _ABSOLUTE.search(
            folded, max(sentence.start, frame.start - 60), min(sentence.end, frame.end + 40)
        )
        if booster:
            strength = Strength.ABSOLUTE
            why.append(sentence.reason("booster", booster.start(), booster.end()))
        elif frame.effect.cls == "cure" and frame.effect.concept == "cure":
            strength = Strength.ABSOLUTE
    if agent.hit is not None:
        why.append(sentence.reason("intervention", agent.hit.start, agent.hit.end))
    return Claim(
        place=sentence.place(frame.start, frame.end),
        sentence=sentence.whole,
        strength=strength,
        modal=modal,
        intervention=agent.hit.concept if agent.hit is not None and agent.hit.cls != "generic" else None,
        effect=frame.effect.concept,
        effect_class=frame.effect.cls,
        condition=frame.target.concept if frame.target.kind in ("condition", "symptom") else None,
        target_kind=frame.target.kind,
        agent=agent.kind,
        negated="negated" in contexts,
        attributed="reported" in contexts,
        contexts=frozenset(contexts),
        confidence=_confidence(sentence, frame, agent),
        why=tuple(why),
    )


def _finite(folded: str, low: int, frame: Frame) -> bool:
    """True for "... and relieves pain": a verb of its own, that no "may" or "doesn't" of the verb before governs."""
    form = folded[frame.effect.start : frame.effect.end].split(" ", 1)[0]
    ends = form.endswith("s") and not form.endswith("ss") and frame.shape == "object"
    return ends and _JOINED.search(folded, max(low, frame.effect.start - 24), frame.effect.start) is not None


def _confidence(sentence: Sentence, frame: Frame, agent: Agent) -> Confidence:
    before = sentence.norm.folded[max(sentence.start, frame.effect.start - 16) : frame.effect.start]
    weak = bool(frame.effect.flags & WEAK) or bool(frame.target.flags & AMBIGUOUS)
    if frame.effect.cls == "provide" and _MORE.search(
        sentence.norm.folded, frame.effect.end, frame.target.start
    ):
        weak = False  # "gained better mobility": an outcome all the same
    elif frame.effect.flags & WEAK and frame.target.kind in ("body", "wellbeing"):
        return Confidence.LOW  # "supports recovery": says little
    if agent.kind in ("intervention", "we", "pronoun", "offer", "elided") and not weak:
        return Confidence.HIGH
    if frame.shape == "noun" and frame.effect.cls == "treat":
        return Confidence.LOW  # "diagnosis and treatment of": a service
    if agent.kind in ("body", "condition", "drug") or (weak and agent.kind == "other"):
        return Confidence.LOW
    if (
        agent.kind in ("people", "you")
        and (weak or frame.shape == "object")
        and frame.effect.cls not in _GAINED
        and not _UNDERGONE.search(before)
    ):
        return Confidence.LOW  # "you can prevent colds": advice, or what people do
    return Confidence.MEDIUM
