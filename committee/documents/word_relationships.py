"""What the parts of a Word document lead to: other parts, and places outside the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from committee.documents.findings import Unusable

# A link for people to follow may lead here; a paper that is published on the web needs no other.
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE_OR_FILE = re.compile(r"\s*(?:file:/*)?(?:[A-Za-z]:|/(?!/))", re.IGNORECASE)
_REFUSED_INSIDE = {
    "oleObject": "embedded_object",
    "control": "active_x",
    "activeXControlBinary": "active_x",
    "aFChunk": "inserted_file",
    "subDocument": "inserted_file",
    "vbaProject": "macros",
    "wordVbaData": "macros",
}
_REFUSED_OUTSIDE = {
    "image": "linked_picture",
    "attachedTemplate": "remote_template",
    "subDocument": "inserted_file",
    "aFChunk": "inserted_file",
}


@dataclass(frozen=True)
class Relationship:
    """One line of a .rels part: a kind ("hyperlink"), a target, and whether it lies outside."""

    part: str
    kind: str
    target: str
    outside: bool


def relationship(part: str, attributes: dict[str, str]) -> Relationship:
    """Read one Relationship element. A target with a scheme is outside whatever its mode says."""
    target = attributes.get("Target", "")
    mode = attributes.get("TargetMode", "").strip().lower()
    outside = mode == "external" or bool(_SCHEME.match(target)) or target.startswith(("//", "\\\\"))
    kind = attributes.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    return Relationship(part, kind, target, outside)


def check(relationships: Iterable[Relationship]) -> list[str]:
    """Refuse what a paper may not lead to; give notices of what was merely left out."""
    notices = []
    for found in relationships:
        if found.outside:
            notices += _check_outside(found)
        elif found.kind in _REFUSED_INSIDE:
            raise Unusable(_REFUSED_INSIDE[found.kind], part=PurePosixPath(found.target).name)
        elif found.kind == "package" and not _of_a_chart(found):
            raise Unusable("embedded_object", part=PurePosixPath(found.target).name)
    return notices


def workbooks(relationships: Iterable[Relationship]) -> set[str]:
    """The names of the workbooks that lie behind charts: the picture of the chart needs none."""
    return {
        PurePosixPath(found.target).name
        for found in relationships
        if found.kind == "package" and not found.outside and _of_a_chart(found)
    }


def may_be_followed(target: str) -> bool:
    """Whether a link leads to a web page, an address to write to or call, or into the paper."""
    if target.startswith("#"):
        return True
    scheme = _SCHEME.match(target)
    return scheme is not None and scheme.group(1).lower() in LINK_SCHEMES


def _of_a_chart(found: Relationship) -> bool:
    return "/charts/" in found.part


def _check_outside(found: Relationship) -> list[str]:
    if found.kind == "hyperlink":
        if not may_be_followed(found.target):
            raise Unusable("unsafe_link", target=found.target)
        return []
    if found.kind == "attachedTemplate" and _DRIVE_OR_FILE.match(found.target):
        # Every council's own template lies on somebody's drive; the paper carries its own styles.
        name = re.split(r"[\\/]", found.target)[-1]
        return [f"The link to the template “{name}” was left out; the look of the paper stays."]
    code = _REFUSED_OUTSIDE.get(found.kind, "linked_content")
    raise Unusable(code, target=found.target, part=found.target)
