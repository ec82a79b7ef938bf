"""Makes small Word and PDF files out of their parts, so that tests can put in what no library would write."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_PARTS = {
    "styles": ("styles", "w:styles"),
    "header1": ("header", "w:hdr"),
    "header2": ("header", "w:hdr"),
    "footer1": ("footer", "w:ftr"),
    "footnotes": ("footnotes", "w:footnotes"),
    "endnotes": ("endnotes", "w:endnotes"),
}


def p(*parts: str, style: str = "", extra: str = "") -> str:
    """A paragraph; a part that is no markup becomes a run."""
    inner = "".join(part if part.startswith("<") else r(part) for part in parts)
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + extra
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    bare = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{bare}<w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """The bytes of a document; ``parts`` are the contents of styles, header1, footer1, footnotes ..."""
    kind = R + "/"
    relations = [
        f'<Relationship Id="p{number}" Type="{kind}{_PARTS[name][0]}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    ]
    relations += [
        f'<Relationship Id="{name}" Type="{kind}hyperlink" Target="{href}" TargetMode="External"/>'
        for name, href in (links or {}).items()
    ]
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    override = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{types}.{_PARTS[name][0]}+xml"/>'
        for name in parts
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>{override}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="m" Type="{kind}officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{"".join(relations)}'
        "</Relationships>",
        "word/document.xml": f"<w:document {_HEAD}><w:body>{body}</w:body></w:document>",
        **{
            f"word/{name}.xml": f"<{_PARTS[name][1]} {_HEAD}>{text}</{_PARTS[name][1]}>"
            for name, text in parts.items()
        },
    }
    return packed(files)


def packed(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(*pages: str | None) -> bytes:
    """A PDF; a page is its lines, None for one that shows a drawing and no text, "" for an empty one."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        if page is None:
            stream = "0 0 200 200 re f"
        else:
            lines = "".join(f"({line}) Tj T* " for line in page.split("\n")) if page else ""
            stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines}ET" if lines else ""
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")
