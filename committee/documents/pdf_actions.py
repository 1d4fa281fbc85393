"""What a link, a button or a page does when it is used, and which of it is kept."""

import re

import pikepdf
from pikepdf import Dictionary, Name, Object

from committee.documents.word_relationships import LINK_SCHEMES

# No real chain of actions is longer.
_LONGEST_CHAIN = 100
_LONGEST_ADDRESS = 2_000
_KINDS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "form_action",
    "/ResetForm": "form_action",
    "/ImportData": "form_action",
    "/GoToR": "other_file",
    "/GoToE": "other_file",
    "/Thread": "other_file",
    "/Rendition": "media",
    "/Sound": "media",
    "/Movie": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
}
ACTIVE_TYPES = frozenset(_KINDS) | {"/Hide", "/SetOCGState", "/Trans", "/Named", "/GoToDp"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def as_dictionary(value: object) -> Object | None:
    """The value if it is a dictionary or a stream; None for anything else."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None


def name_of(value: object) -> str:
    """The PDF name as text ("/Link"), or "" where it is not a name."""
    return str(value) if isinstance(value, pikepdf.Name) else ""


def removed_kinds(action: object) -> list[str]:
    """Which kinds of active content (keys of notices.WORDS) an action and those after it hold."""
    kinds: list[str] = []
    waiting = [action]
    for _ in range(_LONGEST_CHAIN):
        if not waiting:
            break
        current = waiting.pop()
        if isinstance(current, pikepdf.Array):
            waiting.extend(current)
            continue
        found = as_dictionary(current)
        if found is None:
            continue
        kinds.append(_kind(found))
        if "/Next" in found:
            waiting.append(found["/Next"])
    return [kind for kind in kinds if kind]


def web_address(action: object) -> str | None:
    """The address that a link leads to, if a reader may safely follow it."""
    found = as_dictionary(action)
    if found is None or name_of(found.get("/S")) != "/URI":
        return None
    value = found.get("/URI")
    if not isinstance(value, pikepdf.String):
        return None
    address = str(value).strip()
    scheme = _SCHEME.match(address)
    printable = address.isprintable() and len(address) <= _LONGEST_ADDRESS
    safe = scheme is not None and scheme.group(1).lower() in LINK_SCHEMES
    return address if safe and printable else None


def link_to(address: str) -> Dictionary:
    """A fresh action that opens the address."""
    return Dictionary(S=Name.URI, URI=pikepdf.String(address))


def _kind(action: Object) -> str:
    kind = name_of(action.get("/S"))
    if kind == "/URI":
        return "" if web_address(action) else "unsafe_link"
    if kind == "/GoTo":
        return ""
    return _KINDS.get(kind, "other_action")
