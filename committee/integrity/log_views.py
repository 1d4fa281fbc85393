"""The log for those who audit: to search it, and to take what was found away."""

from flask import Blueprint, Flask, abort, render_template, request, stream_with_context
from flask_login import current_user
from werkzeug.wrappers import Response

from committee.audit import service as audit
from committee.integrity import log
from committee.integrity.checks import newest_check
from committee.integrity.history import history_of
from committee.people.permissions import Permission, requires

audit_log = Blueprint("audit_log", __name__)


@audit_log.record_once
def _give_templates(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    app.add_template_global(history_of)


@audit_log.get("/audit")
@requires(Permission.AUDIT_READ, council_wide=True)
def search() -> str:
    """Entries by person, act, thing, day and request; the newest first."""
    wanted = log.wanted_from(request.args)
    return render_template(
        "integrity/log.html",
        wanted=wanted,
        found=log.find(wanted),
        errors=wanted.mistakes,
        acts=log.acts(),
        kinds=log.kinds(),
        check=newest_check(),
    )


@audit_log.get("/audit.csv")
@requires(Permission.AUDIT_READ, council_wide=True)
def export() -> Response:
    """The same entries, all of them, as a table. That it was taken is itself noted."""
    wanted = log.wanted_from(request.args)
    if wanted.mistakes:
        abort(404)
    asked = wanted.address_parts()
    audit.record_apart("audit_log:exported", "audit_link", 0, by=current_user.id, after=asked)
    return Response(
        stream_with_context(log.csv_lines(wanted)),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="audit-log.csv"'},
    )
