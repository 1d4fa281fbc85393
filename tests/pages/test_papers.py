"""Sending papers and looking after them, by their pages."""

from io import BytesIO
from typing import Any

import pytest

from committee.clock import now
from committee.extensions import db
from committee.reports import service as reports
from committee.reports.rules import VersionStatus
from committee.storage import current_storage
from tests.builders import a_pdf
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

JSON = {"Accept": "application/json"}


def files(*named: tuple[str, bytes]) -> dict[str, Any]:
    return {"files": [(BytesIO(content), name) for name, content in named]}


def papers(furnished: Furnished) -> str:
    return f"/agenda-items/{furnished.exempt_item.id}/papers"


def titles(furnished: Furnished) -> list[str]:
    db.session.expire_all()
    return [paper.title for paper in reports.papers_of(furnished.exempt_item.id)]


def test_several_files_are_taken_in_their_order(officer: Reader, furnished: Furnished) -> None:
    sent = files(("01 main_report.pdf", a_pdf(1)), ("costs.docx", b"PK"))
    officer.follow(officer.post(papers(furnished), sent))
    assert "2 files have been sent and are being checked." in officer.words()
    assert titles(furnished) == ["Main report", "Costs"]
    assert "Check again" in officer.words()


def test_a_script_is_told_in_json(officer: Reader, furnished: Furnished) -> None:
    answer = officer.post(papers(furnished), files(("a.pdf", b"%PDF-")), headers=JSON)
    assert answer.status_code == 201
    assert [paper["title"] for paper in answer.json["papers"]] == ["A"]
    progress = officer.get(f"{papers(furnished)}/progress").json
    assert progress["checking"] == 1
    assert progress["summary"] == "1 paper still being checked."


def test_no_file_is_said_at_the_field(officer: Reader, furnished: Furnished) -> None:
    assert officer.post(papers(furnished)).status_code == 422
    assert officer.mistakes() == ["Choose at least one PDF or Word file"]
    link = officer.page.select_one(".govuk-error-summary a")["href"]
    assert officer.page.select_one(link)["type"] == "file"
    assert officer.post(papers(furnished), headers=JSON).status_code == 422


def test_a_file_that_is_too_large_does_not_stop_the_others(
    officer: Reader, furnished: Furnished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("committee.reports.uploads._limit", lambda: 1024)
    sent = files(("large.pdf", b"x" * 1025), ("small.pdf", b"%PDF-"))
    officer.follow(officer.post(papers(furnished), sent))
    assert "“large.pdf” is larger than 1 kB." in officer.words()
    assert titles(furnished) == ["Small"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\paper.pdf", "paper.pdf"),
        ("nul\x00in\tit.pdf", "nulinit.pdf"),
        ("<b>&.pdf", "<b>&.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_data(officer: Reader, furnished: Furnished, name: str, kept: str) -> None:
    from committee.reports.uploads import clean_name

    assert clean_name(name) == kept
    officer.follow(officer.post(papers(furnished), files((name, b"%PDF-"))))
    newest = reports.papers_of(furnished.exempt_item.id)[0].newest
    assert newest.original_name == clean_name(newest.original_name)


def test_a_new_version_is_kept_beside_the_old(officer: Reader, furnished: Furnished) -> None:
    address = f"/papers/{furnished.paper.id}"
    officer.follow(officer.post(f"{address}/versions", files(("late.pdf", a_pdf(3)))))
    assert "1 earlier version kept" in officer.words()
    assert "Version 2" in officer.words()
    assert "Version 1" in officer.words()
    assert officer.post(f"{address}/versions").status_code == 422
    assert officer.mistakes() == ["Choose at least one PDF or Word file"]


def test_a_refusal_says_what_is_wrong_and_what_to_do(officer: Reader, furnished: Furnished) -> None:
    officer.get(f"/meetings/{furnished.meeting.id}/papers")
    assert "The file holds a macro." in officer.words()
    assert "Save it without macros." in officer.words()


def test_a_paper_is_renamed_and_a_change_made_meanwhile_is_shown(
    officer: Reader, furnished: Furnished
) -> None:
    address = f"/papers/{furnished.paper.id}"
    officer.get(address)
    seen = officer.value("version")
    form = {"title": "My title", "kind": "appendix", "version": seen}
    officer.follow(officer.post(address, form))
    assert "My title" in officer.words()
    officer.post(address, {**form, "title": "Second"})
    assert "Somebody else saved a change" in officer.mistakes()[0]
    assert officer.value("title") == "Second"


def test_a_paper_moves_is_removed_and_put_back(officer: Reader, furnished: Furnished) -> None:
    officer.post(papers(furnished), files(("a.pdf", b"1"), ("b.pdf", b"2")))
    first = reports.papers_of(furnished.exempt_item.id)[0]
    officer.follow(officer.post(f"/papers/{first.id}/move", {"to": "down"}))
    assert titles(furnished) == ["B", "A"]
    officer.get(f"/papers/{first.id}/remove")
    assert titles(furnished) == ["B", "A"]
    officer.follow(officer.post(f"/papers/{first.id}/remove"))
    assert titles(furnished) == ["B"]
    officer.follow(officer.post(f"/papers/{first.id}/restore"))
    assert titles(furnished) == ["B", "A"]


def test_files_are_saved_and_never_shown(officer: Reader, furnished: Furnished) -> None:
    answer = officer.get(f"/papers/{furnished.paper.id}/versions/1/original")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=report.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.data == a_pdf(2)
    assert officer.get(f"/papers/{furnished.paper.id}/versions/2/original").status_code == 404


def test_the_prepared_pdf_is_there_once_it_is_ready(officer: Reader, furnished: Furnished) -> None:
    address = f"/papers/{furnished.paper.id}/versions/1/prepared"
    assert officer.get(address).status_code == 404
    version = furnished.paper.newest
    version.prepared_sha256 = current_storage().save(BytesIO(a_pdf(4))).sha256
    version.status, version.pages = VersionStatus.ACCEPTED, 4
    db.session.commit()
    saved = officer.get(address)
    assert saved.mimetype == "application/pdf"
    assert saved.headers["Content-Disposition"].startswith("attachment")
    read = officer.get(f"{address}?show=1")
    assert read.headers["Content-Disposition"] == "inline; filename=report.pdf"
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Cache-Control"] == read.headers["Cache-Control"] == "private, no-store"
    assert read.headers["Content-Security-Policy"].startswith("default-src 'none'; object-src")
    assert "sandbox" not in read.headers["Content-Security-Policy"]


def test_a_file_as_sent_is_never_shown(officer: Reader, furnished: Furnished) -> None:
    answer = officer.get(f"/papers/{furnished.paper.id}/versions/1/original?show=1")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_what_could_not_be_checked_is_checked_again(officer: Reader, furnished: Furnished) -> None:
    version = furnished.paper.newest
    reports.record_failed(version, "The converter is away.", "Try again.", now=now())
    db.session.commit()
    officer.get(f"/papers/{furnished.paper.id}")
    check = officer.page.select_one("form[action$='/check']")["action"]
    officer.follow(officer.post(check))
    assert "is being checked again" in officer.words()
    officer.follow(officer.post(check))  # a second press is told why it does nothing
    assert "cannot become" in officer.words()
