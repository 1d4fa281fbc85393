"""What anyone needs to check that the record was not changed: as a page, and as JSON."""

from datetime import datetime
from itertools import islice
from typing import Any

from flask import Blueprint, abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from committee.audit.anchors import newest_first
from committee.audit.verifier.witness import stated
from committee.integrity import published
from committee.integrity.checks import newest_check, the_anchors
from committee.mail.links import address_of
from committee.people.permissions import public
from committee.web.answers import page_asked_for

integrity = Blueprint("integrity", __name__)

SHOWN = 10  # lines of anchors
LISTED = 50  # lines of anchors as JSON


@integrity.get("/integrity")
@public
def overview() -> str:
    """The end of the log as it was noted, the key, and the hashes of all that was published."""
    return render_template(
        "integrity/overview.html",
        anchors=[line | {"at": datetime.fromisoformat(line["at"])} for line in _lines(SHOWN)],
        public_key=the_anchors().public_key,
        check=newest_check(),
        listed=published.page_of(_kind_asked_for(), page_asked_for()),
        kinds=published.KIND_LABELS,
    )


@integrity.get("/integrity.json")
@public
def as_json() -> Response:
    """The same for programs: whoever follows `next` from page to page has everything."""
    anchors = _lines(LISTED)
    listed = published.page_of(_kind_asked_for(), page_asked_for())
    head = {name: anchors[0][name] for name in ("seq", "hash", "at")} if anchors else None
    checked = newest_check()
    return jsonify(
        {
            "head": head,
            "checked": checked and {"on": checked.day.isoformat(), "sound": checked.sound},
            "public_key": the_anchors().public_key,
            "anchors": anchors,
            "kind": listed.kind,
            "published": [
                {
                    "title": version.title,
                    "published_at": version.at.isoformat(),
                    "address": version.address,
                    "sha256": version.sha256,
                    "files": [{"name": name, "sha256": sha} for name, sha in version.files],
                }
                for version in listed.versions
            ],
            "next": _next_of(listed),
        }
    )


def _lines(most: int) -> list[dict[str, Any]]:
    """The newest lines of the anchors, each with what it states and its signature."""
    newest = (fact for _, fact in newest_first(the_anchors()))
    return [stated(fact) | {"signature": fact["signature"]} for fact in islice(newest, most)]


def _kind_asked_for() -> str:
    kind = request.args.get("of", "agendas")
    if kind not in published.KIND_LABELS:
        abort(404)
    return kind


def _next_of(listed: published.PublishedPage) -> str | None:
    """The address of the next page: of this kind, or the first of the kind after it."""
    if listed.page < listed.pages:
        return address_of("integrity.as_json", of=listed.kind, page=listed.page + 1)
    kinds = list(published.KIND_LABELS)
    after = kinds[kinds.index(listed.kind) + 1 :]
    return address_of("integrity.as_json", of=after[0]) if after else None
