"""Makes small PowerPoint files out of their parts, so that tests can put in what no library would write."""

from __future__ import annotations

from tests.readers.word import R, packed

_HEAD = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def para(*runs: str, properties: str = "") -> str:
    """A paragraph; a run that is no markup becomes one."""
    inner = "".join(run if run.startswith("<") else f"<a:r><a:t>{run}</a:t></a:r>" for run in runs)
    return f"<a:p>{f'<a:pPr>{properties}</a:pPr>' if properties else ''}{inner}</a:p>"


def shape(*paragraphs: str, kind: str | None = None, more: str = "") -> str:
    """A shape with text; ``kind`` makes it a placeholder ("" for a body)."""
    holder = "" if kind is None else f'<p:ph type="{kind}"/>' if kind else "<p:ph/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" {more}/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f"<p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


def pptx(
    *slides: str,
    notes: dict[int, str] | None = None,
    layout: str = "",
    hidden: int = 0,
    link: str = "",
    head: str = "",
) -> bytes:
    """The bytes of a presentation; ``notes`` by number of slide, ``hidden`` the number of one that is not shown."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": _relations({"m": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f"{head}<p:presentation {_HEAD}><p:sldIdLst>"
        # The last file comes first: the order is that of the list, not of the names.
        + "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(1, len(slides) + 1))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(
            {f"s{n}": ("slide", f"slides/slide{len(slides) + 1 - n}.xml") for n in range(1, len(slides) + 1)}
        ),
    }
    for number, body in enumerate(slides, 1):
        name = f"slide{len(slides) + 1 - number}.xml"
        show = ' show="0"' if number == hidden else ""
        files[f"ppt/slides/{name}"] = (
            f"<p:sld {_HEAD}{show}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>"
        )
        related = {}
        if notes and number in notes:
            related["n"] = ("notesSlide", f"../notesSlides/{name}")
            files[f"ppt/notesSlides/{name}"] = f"<p:notes {_HEAD}>{notes[number]}</p:notes>"
        if layout:
            related["l"] = ("slideLayout", "../slideLayouts/one.xml")
            files["ppt/slideLayouts/one.xml"] = f"<p:sldLayout {_HEAD}>{layout}</p:sldLayout>"
        files[f"ppt/slides/_rels/{name}.rels"] = _relations(related, link)
    return packed(files)


def _relations(related: dict[str, tuple[str, str]], link: str = "") -> str:
    rows = [
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    ]
    if link:
        rows.append(f'<Relationship Id="k" Type="{R}/hyperlink" Target="{link}" TargetMode="External"/>')
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(rows)}</Relationships>'
