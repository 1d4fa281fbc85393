"""The pages by which administrators bring in and take out councillors and memberships as files."""

from collections.abc import Iterator

from flask import Blueprint, Response, flash, render_template, stream_with_context

from committee.clock import now, today
from committee.extensions import db
from committee.people import access, people_export, people_files
from committee.people.councillor_forms import PeopleFileForm, SeenFileForm
from committee.people.permissions import Permission, requires
from committee.people.proving_views import needs_factor
from committee.people.sheets import MOST_BYTES
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

files = Blueprint("people_files", __name__)

SHOWN = 200  # problems on the page; all of them are in the list that can be taken out


@files.route("/people/files", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
def receive() -> Page:
    """Take everything out, or send a file for its dry run."""
    council = access.council()
    form = PeopleFileForm()
    if form.validate_on_submit():
        sent = form.file.data
        content = sent.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            add_error(form.file, f"The file must be {MOST_BYTES // 2**20} MB or smaller")
        else:
            row = people_files.receive(
                content, sent.filename or "file.csv", people_files.kind_of(content), access.reader()
            )
            db.session.commit()
            return see_other("people_files.report", file_id=row.id)
    return shown(render_template("people/files.html", form=form, council=council), form)


@files.get("/people/files/<int:file_id>")
@requires(Permission.USER_EDIT, council_wide=True)
def report(file_id: int) -> Page:
    """The dry run of a file that was sent: its problems, or what it would change."""
    return _report(file_id, SeenFileForm())


def _report(file_id: int, form: SeenFileForm) -> Page:
    row, content = access.waiting_file(file_id)
    found = people_files.dry_run(content, access.council())
    page = render_template(
        "people/file_report.html",
        form=form,
        file=row,
        report=found,
        problems=found.problems.by_line()[:SHOWN],
        too_many=sum(found.changes.values()) > people_files.MOST_CHANGES_ON_A_PAGE,
    )
    return shown(page, form)


@files.get("/people/files/<int:file_id>/problems.csv")
@requires(Permission.USER_EDIT, council_wide=True)
def problems(file_id: int) -> Response:
    """All problems of a file as a file."""
    _, content = access.waiting_file(file_id)
    found = people_files.dry_run(content, access.council())
    return _csv(people_files.problems_listed(found), "problems.csv")


@files.post("/people/files/<int:file_id>/bring-in")
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def bring_in(file_id: int) -> Page:
    """The second step: bring in the file as it was seen, or nothing of it."""
    row, content = access.waiting_file(file_id)
    form = SeenFileForm()
    try:
        found = people_files.bring_in(
            content,
            access.council(),
            seen=form.seen.data or "",
            today=today(),
            by=access.reader_id(),
            most=people_files.MOST_CHANGES_ON_A_PAGE,
        )
        people_files.brought_in(row, now=now(), by=access.reader().id)
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return _report(file_id, form)
    told = ", ".join(f"{number} {what}" for what, number in found.changes.items())
    flash(f"The file has been brought in: {told}.", "success")
    return see_other("people_files.receive")


@files.post("/people/files/<int:file_id>/throw-away")
@requires(Permission.USER_EDIT, council_wide=True)
def throw_away(file_id: int) -> Page:
    """Forget a file."""
    row, _ = access.waiting_file(file_id)
    people_files.thrown_away(row, by=access.reader().id)
    db.session.commit()
    flash("The file has been thrown away. Nothing of it was brought in.", "success")
    return see_other("people_files.receive")


@files.get("/people/files/councillors.csv")
@requires(Permission.USER_EDIT, council_wide=True)
def councillors() -> Response:
    """Every councillor with terms and contacts, as a file that can be brought in again."""
    return _csv(people_export.councillors(access.council()), "councillors.csv")


@files.get("/people/files/memberships.csv")
@requires(Permission.USER_EDIT, council_wide=True)
def memberships() -> Response:
    """Every membership of every committee, as a file that can be brought in again."""
    return _csv(people_export.memberships(access.council()), "memberships.csv")


def _csv(pieces: Iterator[str], name: str) -> Response:
    encoded = (piece.encode() for piece in pieces)
    answer = Response(stream_with_context(encoded), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
