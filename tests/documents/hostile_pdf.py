"""PDFs that must be refused or made harmless, each with the code or the notice that it earns."""

from collections.abc import Callable

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Permissions, String

from tests.documents.making_pdf import SCRIPT, annotate, made, new, page, raw, saved

NOISE = bytes(range(256)) * 40
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def encrypted(**options: object) -> bytes:
    return saved(new(), encryption=Encryption(R=6, **options))


def layered(**default: object) -> bytes:
    def change(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Private notes")))
        chosen = {key: layer if value == "it" else value for key, value in default.items()}
        if "OFF" in chosen:
            chosen["OFF"] = Array([layer])
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(**chosen))

    return made(change)


def with_field(**entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        look = pdf.make_stream(b"q 0 g 0 0 10 10 re f Q")
        look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
        look["/BBox"] = Array([0, 0, 128, 28])
        box = annotate(pdf, "Widget", T=String("f"), AP=Dictionary(N=look), **entries)
        if "FT" not in entries:
            box["/FT"] = Name.Tx
        pdf.Root.AcroForm = Dictionary(Fields=[box])

    return change


def looped_outline(pdf: Pdf) -> None:
    entry = pdf.make_indirect(Dictionary(Title=String("Round"), Dest=[pdf.pages[0].obj, Name.Fit]))
    entry["/Next"] = entry["/First"] = entry
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=entry, Last=entry))


def deep_outline(pdf: Pdf) -> None:
    top = parent = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    for _ in range(2_000):
        entry = pdf.make_indirect(Dictionary(Title=String("Down")))
        parent["/First"] = parent["/Last"] = entry
        parent = entry
    pdf.Root.Outlines = top


def attach(pdf: Pdf) -> None:
    pdf.attachments["payroll.xlsx"] = b"canary of the attachment"


def hidden_page(pdf: Pdf) -> None:
    """A page that only the structure tree still points to."""
    stray = pdf.make_indirect(
        Dictionary(Type=Name.Page, Contents=pdf.make_stream(b"% canary of the stray page"))
    )
    pdf.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(Type=Name.StructElem, S=Name.P, Pg=stray)
    )


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), SCRIPT]))


def opening(action: Dictionary) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = action

    return change


def linking(**action: object) -> Callable[[Pdf], None]:
    return lambda pdf: annotate(pdf, "Link", A=Dictionary(**action)) and None


def automatic_page(pdf: Pdf) -> None:
    pdf.pages[0].obj["/AA"] = Dictionary(O=SCRIPT)


def automatic_document(pdf: Pdf) -> None:
    pdf.Root["/AA"] = Dictionary(WC=SCRIPT)


def live_form(rendering: bool) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp>canary</xdp>"))
        if rendering:
            pdf.Root.NeedsRendering = True

    return change


def box(value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj["/MediaBox"] = value

    return change


def broken_content(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(b"this is not compressed", filter=Name.FlateDecode)
    pdf.pages[0].obj["/Contents"] = stream


def _many(count: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(3, count + 3))
    return raw(CATALOG, f"<</Type/Pages/Count {count}/Kids[{kids}]>>", *[page()] * count)


REFUSED: dict[str, tuple[bytes, str]] = {
    "password": (encrypted(user="secret", owner="secret"), "encrypted"),
    "protected against changes": (
        encrypted(owner="secret", allow=Permissions(extract=False)),
        "protected",
    ),
    "no pages": (raw(CATALOG, "<</Type/Pages/Count 0/Kids[]>>"), "no_pages"),
    "no page tree": (raw("<</Type/Catalog>>"), "damaged"),
    "too many pages": (_many(5_000), "too_many_pages"),
    "a page tree in a circle": (
        raw(CATALOG, "<</Type/Pages/Count 1/Kids[2 0 R]>>"),
        "damaged",
    ),
    "only a head and an end": (b"%PDF-1.7\n%%EOF\n", "damaged"),
    "noise between head and end": (
        b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n",
        "damaged",
    ),
    "a page as large as a field": (made(box(Array([0, 0, 20_000, 842]))), "page_size"),
    "hidden layer": (layered(OFF="it"), "hidden_layers"),
    "layers hidden unless named": (layered(BaseState=Name.OFF), "hidden_layers"),
    "portfolio": (
        made(lambda pdf: setattr(pdf.Root, "Collection", Dictionary(View=Name.D))),
        "portfolio",
    ),
    "live form": (made(live_form(rendering=True)), "live_form"),
    "unapplied redaction": (
        made(lambda pdf: annotate(pdf, "Redact") and None),
        "redaction_not_applied",
    ),
    **{
        f"comment of the kind {kind}": (
            made(lambda pdf, kind=kind: annotate(pdf, kind, Contents=String("?")) and None),
            "pdf_comments",
        )
        for kind in ("Text", "FreeText", "Highlight", "Ink", "Stamp", "StrikeOut", "Caret", "Line")
    },
}

URI = {"S": Name.URI}
HARMLESS: dict[str, tuple[bytes, str]] = {
    "script on opening": (made(opening(SCRIPT)), "javascript"),
    "script by name": (made(named_script), "javascript"),
    "script of the document": (made(automatic_document), "javascript"),
    "script of a page": (made(automatic_page), "automatic"),
    "script of a field": (made(with_field(AA=Dictionary(K=SCRIPT))), "javascript"),
    "script behind a link": (made(linking(S=Name.JavaScript, JS=String("x"))), "javascript"),
    "script in a chain": (made(linking(**URI, URI=String("http://a"), Next=SCRIPT)), "javascript"),
    "script as an address": (made(linking(**URI, URI=String("javascript:x"))), "unsafe_link"),
    "file as an address": (made(linking(**URI, URI=String("file:///etc/passwd"))), "unsafe_link"),
    "program": (made(linking(S=Name.Launch, F=String("cmd.exe"))), "launch"),
    "program on opening": (made(opening(Dictionary(S=Name.Launch, F=String("x")))), "launch"),
    "another file": (made(linking(S=Name.GoToR, F=String("x.pdf"), D=[0, Name.Fit])), "other_file"),
    "a file inside": (made(linking(S=Name.GoToE, D=[0, Name.Fit])), "other_file"),
    "form sent": (made(with_field(A=Dictionary(S=Name.SubmitForm, F=String("h")))), "form_action"),
    "form data fetched": (made(linking(S=Name.ImportData, F=String("x.fdf"))), "form_action"),
    "rendition": (made(linking(S=Name.Rendition, JS=String("x"))), "media"),
    "hiding action": (made(linking(S=Name.Hide, T=String("f"))), "other_action"),
    **{
        f"annotation of the kind {kind}": (
            made(lambda pdf, kind=kind: annotate(pdf, kind, A=SCRIPT) and None),
            "media",
        )
        for kind in ("RichMedia", "Movie", "Sound", "Screen", "3D")
    },
    "unknown annotation": (made(lambda pdf: annotate(pdf, "Gadget") and None), "unknown"),
    "attachment": (made(attach), "attachments"),
    "attachment on a page": (
        made(lambda pdf: annotate(pdf, "FileAttachment", FS=Dictionary(F=String("x"))) and None),
        "attachments",
    ),
    "associated file": (
        made(lambda pdf: setattr(pdf.Root, "AF", Array([Dictionary(Type=Name.Filespec)]))),
        "attachments",
    ),
    "form": (made(with_field(V=String("x"))), "form"),
    "signature": (
        made(with_field(FT=Name.Sig, V=Dictionary(Type=Name.Sig, Contents=String("x")))),
        "signature",
    ),
    "form with a live part": (made(live_form(rendering=False)), "live_form"),
    "layers that are shown": (layered(), "layers"),
    "page of one number": (made(box(Array([0, 0]))), "mended"),
    "page whose size is a word": (made(box(Name.A4)), "mended"),
    "page whose size is four words": (made(box(Array([Name.a] * 4))), "mended"),
    "protection that allows use": (encrypted(owner="secret"), "protection"),
}

QUIET: dict[str, bytes] = {
    "outline in a circle": made(looped_outline),
    "outline two thousand deep": made(deep_outline),
    "a page that is only half removed": made(hidden_page),
}

MENDED: dict[str, tuple[bytes, str]] = {
    "page of no size": (made(box(Array([0, 0, 0, 0]))), "size"),
    "content that cannot be unpacked": (made(broken_content), "unreadable"),
}

ALL_MADE_SAFE = {
    **{name: content for name, (content, _) in HARMLESS.items()},
    **{name: content for name, (content, _) in MENDED.items()},
    **QUIET,
}
