"""Whether a PDF can be a paper at all, and what it holds beside its pages."""

from pathlib import Path

import pikepdf
from pikepdf import Array, Object, Pdf

from committee.documents.findings import Unusable
from committee.documents.limits import MOST_PAGES
from committee.documents.notices import Notices
from committee.documents.pdf_actions import as_dictionary, name_of, removed_kinds
from committee.documents.pdf_annotations import triggered_kinds
from committee.documents.pdf_destinations import name_tree

_MOST_FIELDS = 20_000


def opened(source: Path) -> Pdf:
    """Open the PDF. Raises Unusable where it needs a password or is beyond mending."""
    try:
        return pikepdf.open(source, suppress_warnings=True)
    except pikepdf.PasswordError as problem:
        raise Unusable("encrypted") from problem
    except (pikepdf.PdfError, ValueError, OverflowError) as problem:
        raise Unusable("damaged") from problem


def check_protection(pdf: Pdf, notices: Notices) -> None:
    """A PDF that anyone can open may still forbid being changed; that is its author's to lift."""
    if not pdf.is_encrypted:
        return
    may_be_changed = pdf.allow.modify_assembly or pdf.allow.modify_other
    if not (pdf.allow.extract and may_be_changed):
        raise Unusable("protected")
    notices.add("protection")


def pages_of(pdf: Pdf) -> list[Object]:
    """The pages in order. Raises Unusable where there are none, or far too many."""
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RecursionError) as problem:
        raise Unusable("damaged") from problem
    if count == 0:
        raise Unusable("no_pages")
    if count > MOST_PAGES:
        raise Unusable("too_many_pages", pages=count, limit=MOST_PAGES)
    return [page.obj for page in pdf.pages]


def check_catalog(pdf: Pdf, notices: Notices) -> None:
    """Refuse wrappers and live forms; note what the catalog holds that will be left out."""
    root = pdf.Root
    if "/Collection" in root:
        raise Unusable("portfolio")
    form = as_dictionary(root.get("/AcroForm"))
    if form is not None and "/XFA" in form:
        if root.get("/NeedsRendering", False) is True:
            raise Unusable("live_form")
        notices.add("live_form")
    _note_actions(root, notices)
    _note_names(as_dictionary(root.get("/Names")), notices)
    if form is not None:
        _note_fields(form.get("/Fields"), notices)
    if "/AF" in root:
        notices.add("attachments")


def check_layers(pdf: Pdf, notices: Notices) -> None:
    """Layers that are shown are merged. A hidden one would come to light, so it is refused."""
    layers = as_dictionary(pdf.Root.get("/OCProperties"))
    if layers is None:
        return
    default = as_dictionary(layers.get("/D"))
    everything = _dictionaries(layers.get("/OCGs"))
    hidden = _dictionaries(default.get("/OFF")) if default is not None else []
    if default is not None and name_of(default.get("/BaseState")) == "/OFF":
        shown = {layer.objgen for layer in _dictionaries(default.get("/ON"))}
        hidden += [layer for layer in everything if layer.objgen not in shown]
    if hidden:
        raise Unusable("hidden_layers", layer=str(hidden[0].get("/Name", "without a name")))
    if everything:
        notices.add("layers")


def _dictionaries(value: object) -> list[Object]:
    entries = list(value) if isinstance(value, Array) else []
    return [entry for entry in map(as_dictionary, entries) if entry is not None]


def _note_actions(root: Object, notices: Notices) -> None:
    opening = root.get("/OpenAction")
    action = as_dictionary(opening)
    if action is not None and name_of(action.get("/S")) != "/GoTo":
        notices.add("open_action")
    notices.add(*removed_kinds(action))
    if "/AA" in root:
        notices.add("automatic", *triggered_kinds(root["/AA"]))


def _note_names(names: Object | None, notices: Notices) -> None:
    if names is None:
        return
    if name_tree(names.get("/JavaScript")):
        notices.add("javascript")
    if name_tree(names.get("/EmbeddedFiles")):
        notices.add("attachments")


def _note_fields(fields: object, notices: Notices) -> None:
    """Form fields, signatures and their scripts, also those that have no place on a page."""
    waiting = _dictionaries(fields)
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST_FIELDS:
        found = waiting.pop()
        if found.is_indirect and found.objgen in seen:
            continue
        seen.add(found.objgen)
        if "/AA" in found:
            notices.add("automatic", *triggered_kinds(found["/AA"]))
        if name_of(found.get("/FT")) == "/Sig" and "/V" in found:
            notices.add("signature")
        waiting += _dictionaries(found.get("/Kids"))
