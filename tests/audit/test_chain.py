"""Every entry is joined to the chain when its transaction ends, and only then."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from committee.audit import service as audit
from committee.audit.hashing import entry_facts
from committee.audit.models import AuditEntry, AuditLink
from committee.audit.verifier.chain import GENESIS, link_hash
from committee.database_roles import OWNER
from committee.extensions import db, owner_engine
from committee.people.models import User
from tests import builders

BY_HAND = insert(AuditEntry).values(act="user:added", subject_kind="user", subject_id=1)
A_LINK = (
    "INSERT INTO audit_link VALUES"
    " (:seq, currval('audit_entry_id_seq'), repeat('0', 64), repeat('1', 64))"
)

SOMEBODY_WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"


@pytest.fixture
def user(app: Flask) -> User:
    """Somebody whose account was added in a transaction that is over."""
    added = builders.a_user()
    db.session.commit()
    return added


def links() -> list[AuditLink]:
    return list(db.session.scalars(select(AuditLink).order_by(AuditLink.seq)))


def entry_of(link: AuditLink) -> AuditEntry:
    entry = db.session.get(AuditEntry, link.entry_id)
    assert entry is not None
    return entry


def test_each_entry_has_its_place_and_a_hash_over_all_before_it(user: User) -> None:
    audit.record("user:changed", user, by=user.id)
    audit.record("user:deactivated", user, by=None, for_whom=user.id, after={"active": False})
    db.session.commit()
    found = links()
    assert [link.seq for link in found] == list(range(1, len(found) + 1))
    assert entry_of(found[-1]).act == "user:deactivated"
    previous = GENESIS
    for link in found:
        assert link.previous == previous
        assert link.hash == link_hash(previous, entry_facts(entry_of(link)))
        previous = link.hash


def test_only_the_hash_of_what_a_thing_was_is_kept(user: User) -> None:
    audit.record("user:changed", user, by=None, before={"b": 1, "a": "é"}, after={"a": "x"})
    db.session.commit()
    entry = entry_of(links()[-1])
    # The canonical form {"a":"é","b":1}, hashed by another program.
    assert entry.before_sha256 == "aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e"
    assert entry.after_sha256 not in (None, entry.before_sha256)


def test_an_undone_savepoint_leaves_nothing_in_the_chain(user: User) -> None:
    before = len(links())
    audit.record("user:changed", user, by=None)
    savepoint = db.session.begin_nested()
    audit.record("user:activated", user, by=None)
    savepoint.rollback()
    with db.session.begin_nested():
        audit.record("user:deactivated", user, by=None)
    assert len(links()) == before, "a kept savepoint is not yet the end of the transaction"
    db.session.commit()
    assert [entry_of(link).act for link in links()[before:]] == [
        "user:changed",
        "user:deactivated",
    ]


def test_an_undone_transaction_leaves_nothing_and_no_gap(user: User) -> None:
    before = len(links())
    audit.record("user:changed", user, by=None)
    db.session.flush()
    db.session.rollback()
    audit.record("user:activated", user, by=None)
    db.session.commit()
    assert [link.seq for link in links()[before:]] == [before + 1]
    assert entry_of(links()[-1]).act == "user:activated"


def test_an_entry_noted_apart_outlives_the_transaction_of_its_page(user: User) -> None:
    user.name = "Not to be kept"
    audit.record_apart("exempt_matter:read", "agenda_item", 7, by=user.id)
    db.session.rollback()
    assert user.name != "Not to be kept"
    last = entry_of(links()[-1])
    assert (last.act, last.subject_kind, last.subject_id) == (
        "exempt_matter:read",
        "agenda_item",
        7,
    )


def test_writers_at_once_make_one_chain(user: User, app: Flask) -> None:
    user_id, before = user.id, len(links())
    db.session.rollback()

    def write() -> None:
        with app.app_context():
            for _ in range(10):
                account = db.session.get(User, user_id)
                assert account is not None
                audit.record("user:changed", account, by=user_id)
                db.session.commit()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = links()
    assert [link.seq for link in found] == list(range(1, before + 41))
    assert all(one.hash == two.previous for one, two in pairwise(found))
    assert db.session.scalar(select(func.count(AuditEntry.id))) == len(found)


def test_a_large_import_that_is_being_joined_refuses_nobody_else(user: User) -> None:
    """They wait for the end of the chain, however short their patience for a row is."""
    before = len(links())
    db.session.rollback()
    with db.engine.connect() as importing, db.engine.connect() as other:
        importing.execute(text("SELECT pg_advisory_xact_lock(20140806)"))
        other.execute(text("SET LOCAL lock_timeout = 1"))  # ms
        other.execute(BY_HAND)
        with ThreadPoolExecutor(1) as thread:
            joined = thread.submit(other.commit)
            while not importing.scalar(text(SOMEBODY_WAITS)) and not joined.done():
                pass
            importing.execute(text("SELECT pg_sleep(0.1)"))
            importing.rollback()
            joined.result()
    assert len(links()) == before + 1


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("login", "refusal"), [(None, "permission denied"), (OWNER, "only ever added to")]
)
def test_nothing_that_is_written_can_be_changed(
    user: User, table: str, change: str, login: str | None, refusal: str
) -> None:
    """The application may not at all, and even the tables' owner is stopped."""
    column = "act" if table == "audit_entry" else "hash"
    engine = db.engines[login]
    with pytest.raises(DBAPIError, match=refusal), engine.begin() as connection:
        connection.execute(text(change.format(table, column, column)))


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
def test_the_application_cannot_empty_the_log(user: User, table: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), db.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


def test_an_entry_written_past_the_service_is_chained_as_well(user: User) -> None:
    before = links()[-1]
    with db.engine.begin() as connection:
        connection.execute(BY_HAND)
    last = links()[-1]
    assert (last.seq, last.previous) == (before.seq + 1, before.hash)
    assert last.hash == link_hash(last.previous, entry_facts(entry_of(last)))


@pytest.mark.parametrize(
    ("login", "refusal"), [(None, "permission denied"), (OWNER, "audit_link_entry_id")]
)
def test_whoever_writes_a_link_of_their_own_choice_stops_their_own_transaction(
    user: User, login: str | None, refusal: str
) -> None:
    """The application may write none at all, and the tables' owner none instead of the true one."""
    before = len(links())
    with pytest.raises(DBAPIError, match=refusal):
        write_with_a_link_of_ones_own(before + 1, login)
    assert len(links()) == before


def write_with_a_link_of_ones_own(seq: int, login: str | None) -> None:
    with db.engines[login].begin() as connection:
        connection.execute(BY_HAND)
        connection.execute(text(A_LINK), {"seq": seq})


@pytest.mark.parametrize(
    "hiding",
    [
        "CREATE TEMPORARY TABLE audit_link (LIKE public.audit_link) ON COMMIT DROP",
        'CREATE DOMAIN pg_temp.text AS "char"',
    ],
)
def test_what_a_session_names_alike_is_not_taken_for_the_chain(
    may_make_temporary_things: Connection, hiding: str
) -> None:
    before = links()[-1]
    connection = may_make_temporary_things
    connection.execute(text(hiding))
    connection.execute(BY_HAND)
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    newest = text("SELECT * FROM public.audit_link ORDER BY seq DESC LIMIT 1")
    link = connection.execute(newest).one()
    entry = connection.execute(select(AuditEntry.__table__).where(AuditEntry.id == link.entry_id))
    assert (link.seq, link.previous) == (before.seq + 1, before.hash)
    assert link.hash == link_hash(before.hash, entry_facts(entry.one()))


def test_the_application_makes_nothing_temporary(app: Flask) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), db.engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE audit_link (seq bigint)"))


@pytest.fixture
def may_make_temporary_things(user: User) -> Iterator[Connection]:
    """A transaction of the application's login with the right that it is not given, where what is
    hidden from whoever writes to the chain would be hidden; undone in the end."""
    db.session.rollback()
    with owner_engine().connect() as connection:
        database = connection.dialect.identifier_preparer.quote(str(connection.engine.url.database))
        connection.execute(text(f"GRANT TEMPORARY ON DATABASE {database} TO quorate_app"))
        connection.execute(text("SET LOCAL ROLE quorate_app"))
        yield connection
        connection.rollback()


@pytest.mark.parametrize(
    "words",
    ["é ø ł 漢字 🦓", 'quotes " and \\ strokes / here', "tab\t line\n \x01 \x1f \x7f", " \u2028"],
)
def test_any_words_are_hashed_alike_by_the_database_and_by_whoever_checks(
    user: User, words: str
) -> None:
    odd = insert(AuditEntry).values(
        act=words, subject_kind=words, subject_id=-1, request_id=words, after_sha256=words
    )
    with db.engine.begin() as connection:
        connection.execute(odd)
    last = links()[-1]
    assert last.hash == link_hash(last.previous, entry_facts(entry_of(last)))
