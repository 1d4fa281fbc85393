"""What is taken down is not there for the public's login to the database either."""

import pytest

from committee.clock import now
from committee.extensions import db
from committee.takedowns import service
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests.database_roles.conftest import Login, signs_in
from tests.takedowns.conftest import Published

__all__ = ["signs_in"]

ROWS = [kind for kind in PublishedKind if kind is not PublishedKind.PAPER]


def count(signs_in: Login, statement: str) -> int:
    row = signs_in("public").execute(statement).fetchone()
    assert row is not None
    return int(row[0])


def take_down(published: Published, kind: PublishedKind) -> None:
    thing = published_thing(kind, published.ids[kind])
    assert thing is not None
    service.take_down(thing, reason="A mistake.", now=now(), by=None, may_allow=True)
    db.session.commit()


@pytest.mark.parametrize("kind", ROWS)
def test_its_row_is_gone(published: Published, signs_in: Login, kind: PublishedKind) -> None:
    here = f"SELECT count(*) FROM public.{kind.value} WHERE id = {published.ids[kind]}"  # noqa: S608
    assert count(signs_in, here) == 1
    take_down(published, kind)
    assert count(signs_in, here) == 0


@pytest.mark.parametrize("kind", PublishedKind)
def test_what_the_search_finds_it_by_is_gone(
    published: Published, signs_in: Login, kind: PublishedKind
) -> None:
    entries = "SELECT count(*) FROM public.search_entry"
    before = count(signs_in, entries)
    take_down(published, kind)
    assert count(signs_in, entries) < before
