"""Planted leaks: hidden words that are left by the way, in logs, letters, errors and caches."""

import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import redis
import structlog
from flask import Response, request
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from committee.agendas import service as agendas
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.audit import service as audit
from committee.extensions import db, leave_rows_out, owner_engine
from committee.mail import service as mails
from committee.reports.service import version_with_id
from committee.storage import current_storage
from committee.web.files import our_pdf
from committee.work import service as work
from committee.work.rules import WorkKind
from tasks import hurry
from tasks.perform import DO
from tests.canary.council import work_off
from tests.canary.leaks_of_words import after, meeting
from tests.canary.planting import Planted, leak

RESTRICTED = "publishing.restricted_pack"


def an_item(planted: Planted) -> None:
    """Add an item with a hidden title, through the change."""
    fields = ItemFields(ItemKind.REPORT, planted.secret())
    agendas.add_item(meeting(planted, "to come"), fields, by=1)
    db.session.commit()


def refuse(word: str) -> None:
    """Have the database refuse a row with this word. Of a table of its own: a row of one that has
    policies is not quoted by the database in any case. None but the owner may make one."""
    with owner_engine().begin() as owner:
        owner.execute(text("CREATE TEMPORARY TABLE refusing (word text, number int NOT NULL)"))
        owner.execute(text("INSERT INTO refusing VALUES (:word, NULL)"), {"word": word})


@leak("log", traces=True)
def a_title_in_the_log(planted: Planted) -> None:
    real = audit.record

    def recorded(act: str, subject: Any, **named: Any) -> None:
        structlog.get_logger().info(act, title=getattr(subject, "title", ""))
        real(act, subject, **named)

    planted.change("committee.agendas.service.audit.record", recorded)
    an_item(planted)


@leak("log", traces=True)
def a_statement_with_its_values_in_the_log(planted: Planted) -> None:
    def told(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        structlog.get_logger().info("statement", statement=statement, values=str(values))

    event.listen(Engine, "before_cursor_execute", told)
    planted.stack.callback(event.remove, Engine, "before_cursor_execute", told)
    an_item(planted)


@leak("log", traces=True)
def a_refused_row_in_an_error(planted: Planted) -> None:
    event.remove(Engine, "handle_error", leave_rows_out)
    planted.stack.callback(event.listen, Engine, "handle_error", leave_rows_out)
    try:
        refuse(planted.secret())
    except DBAPIError:
        structlog.get_logger().exception("refused")
    db.session.rollback()


@leak("error kept", traces=True)
def a_refused_row_beside_the_work_that_failed(planted: Planted) -> None:
    event.remove(Engine, "handle_error", leave_rows_out)
    planted.stack.callback(event.listen, Engine, "handle_error", leave_rows_out)
    secret = planted.secret()

    def broken(_: object) -> None:
        refuse(secret)

    planted.stack.enter_context(_instead(WorkKind.INDEX_AGENDA, broken))
    work.owe(WorkKind.INDEX_AGENDA, 999_990)
    work_off()


def _instead(kind: WorkKind, handler: Any) -> Any:
    return patch.dict(DO, {kind: handler})


@leak("broker", traces=True)
def a_title_in_a_message_to_a_worker(planted: Planted) -> None:
    secret = planted.secret()

    def send(app: Any, work_id: int, kind: WorkKind, request_id: str | None) -> None:
        celery = app.extensions["celery"]
        celery.send_task("perform", args=[work_id, secret], queue="passing", retry=False)

    planted.change("tasks.hurry.send", send)
    work.owe(WorkKind.INDEX_AGENDA, 999_991)
    db.session.commit()
    assert hurry.send is send
    planted.stack.callback(_forget, planted, "*passing*")


@leak("broker", traces=True)
def a_page_kept_in_the_cache(planted: Planted) -> None:
    with redis.Redis.from_url(planted.watched.installation.redis_url) as broker:
        broker.set("page:/meetings/3", f"<h2>{planted.secret()}</h2>")
    planted.stack.callback(_forget, planted, "page:*")


def _forget(planted: Planted, like: str) -> None:
    with redis.Redis.from_url(planted.watched.installation.redis_url) as broker:
        for key in broker.keys(like):
            broker.delete(key)


@leak("mail", traces=True)
def a_title_in_a_letter(planted: Planted) -> None:
    mails.owe(
        "reminder",
        to="somebody@example.org",
        subject="Due tomorrow",
        text=f"The item “{planted.secret()}” is due.",
        key="planted.letter",
    )
    work_off()
    planted.stack.callback(planted.watched.installation.mail.envelopes.pop)


@leak("passing file", traces=True)
def a_copy_left_in_a_passing_folder(planted: Planted) -> None:
    folder = Path(tempfile.mkdtemp(dir=tempfile.tempdir))
    sha256 = planted.row(
        "SELECT v.original_sha256 FROM paper_version v JOIN paper p ON p.id = v.paper_id "
        "JOIN agenda_item i ON i.id = p.agenda_item_id WHERE i.classification = 'exempt'"
    )[0]
    left = folder / "upload"
    left.write_bytes(current_storage().local_path(sha256).read_bytes())
    planted.stack.callback(left.unlink)


@leak(f"cache header of {RESTRICTED} as member", RESTRICTED, readers=(), right=True)
def a_restricted_pack_that_caches_keep(planted: Planted) -> None:
    def kept(answer: Response) -> Response:
        if answer.mimetype == "application/pdf":
            answer.headers["Cache-Control"] = "public, max-age=300"
        return answer

    after(planted, kept)


@leak("cache header of public.meeting as visitor", "public.meeting")
def pages_that_caches_keep(planted: Planted) -> None:
    def kept(answer: Response) -> Response:
        answer.headers["Cache-Control"] = "max-age=60"
        return answer

    after(planted, kept)


@leak("cache header of feeds.lately as visitor", "feeds.lately")
def a_shared_answer_with_a_cookie(planted: Planted) -> None:
    after(planted, lambda answer: answer.set_cookie("who", "me"))


@leak("tells apart: decision_pages.decision as visitor", "decision_pages.decision")
def another_answer_for_what_is_hidden(planted: Planted) -> None:
    def told(answer: Response) -> Response:
        number = (request.view_args or {}).get("number")
        statement = text("SELECT 1 FROM decision WHERE number = :number")
        if answer.status_code == 404 and db.session.scalar(statement, {"number": number}):
            answer.set_data(answer.get_data() + b"<!-- not yet -->")
        return answer

    after(planted, told)


@leak("GET publishing.paper as visitor", "publishing.paper")
def a_paper_by_its_number_alone(planted: Planted) -> None:
    def paper(meeting_id: int, version_id: int) -> Response:
        version = version_with_id(version_id)
        if version is None or version.prepared_sha256 is None:
            return Response(status=404)
        return our_pdf(version.prepared_sha256, "paper.pdf", inline=False)

    views = planted.watched.installation.app.view_functions
    planted.stack.callback(views.__setitem__, "publishing.paper", views["publishing.paper"])
    views["publishing.paper"] = paper
