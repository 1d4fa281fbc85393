"""Members read exempt minutes on a page of their own; nobody else does."""

from flask import Flask

from committee.extensions import db
from committee.people import users
from committee.people.roles import Role
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import SECRET
from tests.minutes.conftest import PASSWORD, at_a_browser
from tests.pages.reader import Reader


def addresses(met: builders.Met) -> tuple[str, str]:
    """Where anyone reads the minutes, and where members do."""
    begins = f"/meetings/{met.meeting.id}/minutes"
    return f"{begins}/published", f"{begins}/restricted"


def published(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    db.session.commit()


def test_a_member_is_led_to_what_was_done_in_private(met: builders.Met, pages_app: Flask) -> None:
    published(met)
    openly, restricted = addresses(met)
    member = at_a_browser(pages_app, Role.COMMITTEE_MEMBER)
    member.get(openly)
    assert SECRET not in member.words()
    assert member.page.select_one(f'a[href="{restricted}"]')
    member.get(restricted)
    assert f"The price of {SECRET} was named." in member.words()
    assert "Not for publication." in member.words()


def test_others_are_neither_led_there_nor_let_in(
    met: builders.Met, visitor: Reader, author: Reader, pages_app: Flask
) -> None:
    published(met)
    openly, restricted = addresses(met)
    for reader in (visitor, author):
        reader.get(openly)
        assert not reader.page.select_one(f'a[href="{restricted}"]')
    assert visitor.get(restricted).status_code == 303
    assert author.get(restricted).status_code == 404
    other = users.add_user(
        "member@example.org",
        "Mr M",
        PASSWORD,
        role=Role.COMMITTEE_MEMBER,
        committee=common.a_committee("Other Committee"),
    )
    db.session.commit()
    elsewhere = Reader(pages_app)
    elsewhere.sign_in(other.email, PASSWORD)
    assert elsewhere.get(restricted).status_code == 404


def test_minutes_that_were_not_published_have_no_such_page(
    met: builders.Met, clerk: Reader
) -> None:
    builders.written(met)
    db.session.commit()
    assert clerk.get(addresses(met)[1]).status_code == 404
