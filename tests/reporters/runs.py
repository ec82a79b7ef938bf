"""Three standard runs (clean, mixed, failures) and a hostile one, built by hand from invented copy."""

from __future__ import annotations

from claimlint.model import (
    Block,
    Checked,
    Claim,
    Confidence,
    Document,
    Failure,
    Finding,
    Fix,
    Place,
    Reason,
    Rule,
    Run,
    Scope,
    Severity,
    Signals,
    Strength,
    Verdict,
)

PROOF = "core/overclaim/proof-verb"
RULES = (
    Rule(
        id=PROOF,
        title="proof claimed for a treatment",
        kind="phrase",
        category="proof",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        message="“{quote}” claims proof",
        why="Proof is a word for replicated trials. Say what was studied, in whom, and with which result.",
        match={},
        suggest=("Early studies suggest that …",),
        sources=("https://www.example.org/guidance",),
    ),
    Rule(
        id="core/page/missing-notice",
        title="no notice of investigational status",
        kind="required",
        category="missing-notice",
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message="No notice says that this treatment is investigational.",
        why="Readers take an offer for an approved treatment unless the page says otherwise.",
        match={},
    ),
    Rule(
        id="core/overclaim/hype",
        title="hype",
        kind="phrase",
        category="superiority",
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        message="“{quote}” is hype",
        why="Superlatives need a comparison.",
        match={},
    ),
)


def document(path: str, *blocks: tuple[Scope, str], fmt: str = "markdown", gap: str = "\n\n") -> Document:
    """A document whose source is its blocks, verbatim, with ``gap`` between them."""
    parts, at = [], 0
    for scope, text in blocks:
        parts.append(Block(text, scope, ((0, at, at + len(text)),), level=2 if scope is Scope.HEADING else 0))
        at += len(text) + len(gap)
    return Document(path, fmt, gap.join(text for _, text in blocks), tuple(parts))


def finding(doc: Document, words: str, rule: str = PROOF, **more: object) -> Finding:
    """A finding at the first place of ``words`` in ``doc``."""
    number = next(i for i, block in enumerate(doc.blocks) if words in block.text)
    block = doc.blocks[number]
    at = block.text.index(words)
    start = block.segments[0][1] + at
    fields: dict[str, object] = {
        "category": "proof",
        "severity": Severity.ERROR,
        "confidence": Confidence.HIGH,
        "message": f"“{words}” claims proof that the record does not hold",
        "quote": words,
        "sentence": block.text,
        "place": Place(number, at, at + len(words)),
        "fingerprint": f"fp-{rule}-{words}",
    }
    return Finding(path=doc.path, rule=rule, start=start, end=start + len(words), **{**fields, **more})  # type: ignore[arg-type]


def clean() -> Run:
    """Two documents with nothing to report."""
    docs = [
        document(
            "site/kind.md", (Scope.HEADING, "About us"), (Scope.PARAGRAPH, "We answer questions by letter.")
        ),
        document("site/b.html", (Scope.PARAGRAPH, "Ask your doctor first."), fmt="html"),
    ]
    checked = tuple(Checked(doc, Signals(), ()) for doc in docs)
    return Run(checked, (), RULES, as_of="2026-11-01", version="0.1.0")


def mixed() -> Run:
    """Every severity, overlapping spans, a document-level finding, a suppression and a docx document."""
    home = document(
        "site/home page.md",
        (Scope.TITLE, "Lumora Wellness"),
        (Scope.META, "Lumora drips for tired people"),
        (Scope.HEADING, "A new dawn of healing"),
        (Scope.PARAGRAPH, "Our drip is proven to cure eczema in weeks, says Dr. Ima Madeup."),
        (Scope.LIST_ITEM, "Calms joints"),
        (Scope.LIST_ITEM, "Lifts mood"),
        (Scope.BUTTON, "Book your drip"),
        (Scope.ALT, "A smiling guest"),
    )
    why = (Reason("booster", "proven", Place(3, 12, 18)),)
    evidence = (
        {
            "id": "vitamin-drip-eczema",
            "tier": "E0",
            "verdict": "contradicted",
            "detail": "Tested once without benefit.",
            "as_of": "2026-10-01",
            "sources": [{"title": "Madeup 2024", "url": "https://doi.org/10.0000/madeup"}],
        },
    )
    provisions = (
        {"id": "xx-ad-1", "title": "Invented Advertising Code, s. 1", "url": "https://www.example.org/code"},
        {"id": "xx-ad-2", "title": "A script", "url": "javascript:alert(1)"},
    )
    cure = finding(
        home, "cure eczema", "core/overclaim/cure-verb", category="cure", confidence=Confidence.MEDIUM
    )
    proof = finding(
        home,
        "proven to cure",
        why=why,
        evidence=evidence,
        provisions=provisions,
        suggest=("is being studied for", "may help with"),
        fixes=(
            Fix(home.source.index("proven"), home.source.index("proven") + 6, "studied", "say “studied”"),
        ),
    )
    hype = finding(
        home,
        "new dawn of healing",
        "core/overclaim/hype",
        category="superiority",
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
    )
    silenced = finding(
        home, "Calms joints", category="efficacy", suppressed="agreed with counsel until spring"
    )
    notice = Finding(
        home.path,
        "core/page/missing-notice",
        "missing-notice",
        Severity.WARNING,
        Confidence.MEDIUM,
        "No notice says that this treatment is investigational.",
        None,
        None,
        "",
        fingerprint="fp-notice",
    )
    word = document("site/leaflet.docx", (Scope.PARAGRAPH, "Proven for all."), fmt="docx")
    word = Document(
        word.path,
        word.format,
        word.source,
        tuple(Block(b.text, b.scope, b.segments, locator="paragraph 12") for b in word.blocks),
    )
    signals = Signals(promotes=True, cta=True, speaker="seller")
    verdict = Verdict(
        "stronger-than-evidence", "E1", Strength.NONE, ("vitamin-drip-eczema",), "Laboratory work only."
    )
    claim = Claim(
        Place(3, 12, 33),
        Place(3, 0, 42),
        Strength.ABSOLUTE,
        intervention="vitamin-drip",
        effect="cure",
        effect_class="cure",
        condition="eczema",
        why=why,
    )
    second = Claim(Place(4, 0, 12), Place(4, 0, 12), Strength.CAUSAL, modal="can", negated=True)
    return Run(
        (
            Checked(home, signals, (hype, proof, cure, silenced, notice), ((claim, verdict), (second, None))),
            Checked(word, Signals(), (finding(word, "Proven"),)),
            *clean().checked[:1],
        ),
        (),
        RULES,
        skipped=3,
        held_back=7,
        as_of="2026-11-01",
        version="0.1.0",
    )


def failures() -> Run:
    """One document checked, two that could not be."""
    doc = document("site/one.md", (Scope.PARAGRAPH, "It is proven."))
    return Run(
        (Checked(doc, Signals(), (finding(doc, "proven", severity=Severity.WARNING),)),),
        (
            Failure(
                "/srv/site/broken ü.html", "not UTF-8: byte 0xff at offset 12; set 'encoding' in the settings"
            ),
            Failure("site/french.md", "written in French, which no rule covers"),
        ),
        RULES,
        as_of="2026-11-01",
        version="0.1.0",
    )


STANDARD = {"clean": clean, "mixed": mixed, "failures": failures}

NASTY = (
    "</script></style>--><script>alert(1)</script><img src=x onerror=alert(1)>\" ' ]]> \x1b[31m \x00\x07 "
    "\u202e ::error::owned\r\n::warning::x | `code` **b** @someone #1 [x](javascript:alert(1)) "
    "{{ 7*7 }} {% x %} =1+1 \ud800"
)


def hostile() -> Run:
    """Hostile text in every field that text can stand in."""
    doc = document(
        "ev<il>&\"'\x1b]0;x\x07\udcff.md",
        *[(scope, f"{scope.value} {NASTY}") for scope in Scope],
        gap="\x00\r\n",
    )
    record = {
        "id": NASTY,
        "title": NASTY,
        "tier": NASTY,
        "detail": NASTY,
        "url": "javascript:alert(1)",
        NASTY: NASTY,
    }
    found = [
        finding(
            doc,
            scope.value + " </script>",
            NASTY if scope is Scope.CODE else PROOF,
            category=NASTY,
            message=NASTY,
            quote=NASTY,
            sentence=NASTY,
            why=(Reason(NASTY, NASTY, Place(0, 0, 3)),),
            suggest=(NASTY,),
            fixes=(Fix(0, 3, NASTY, NASTY),),
            evidence=(record,),
            provisions=(record,),
            fingerprint=NASTY,
            suppressed=NASTY if scope is Scope.ALT else None,
        )
        for scope in Scope
    ]
    whole = Finding(doc.path, PROOF, NASTY, Severity.NOTE, Confidence.LOW, NASTY, None, None, NASTY)
    rule = Rule(
        NASTY,
        NASTY,
        "phrase",
        NASTY,
        Severity.ERROR,
        Confidence.HIGH,
        NASTY,
        NASTY,
        {},
        (NASTY,),
        (NASTY,),
        (NASTY,),
    )
    credibility = {NASTY: NASTY}
    return Run(
        (Checked(doc, Signals(speaker=NASTY), (*found, whole), (), credibility),),
        (Failure(NASTY, NASTY),),
        (*RULES, rule),
        show_suppressed=True,
        as_of=NASTY,
        version="0.1.0",
    )
