"""Asking for packs and noting how they go."""

import pytest
from flask import Flask

from committee.clock import now
from committee.documents.pack.build import BuiltPack
from committee.extensions import db
from committee.packs import service
from committee.packs.models import Pack
from committee.packs.rules import PACK_STATES, Audience, PackStatus
from committee.states import NotAllowed
from committee.storage import Stored
from committee.work import service as work
from committee.work.rules import WorkKind
from tests import builders


def a_pack(audience: Audience = Audience.PUBLIC) -> Pack:
    pack = service.ask_for(builders.a_meeting(), audience)
    db.session.commit()
    return pack


def finish(pack: Pack, stored: Stored = Stored("a" * 64, 10)) -> None:  # noqa: B008
    built = BuiltPack(
        path=None,
        pages=4,
        sha256=stored.sha256,
        items=(),
        warnings=(),
        front_pages=4,  # type: ignore[arg-type]
    )
    service.begin(pack, now=now())
    service.record_built(pack, built, stored, key="k", now=now())
    db.session.commit()


def test_asking_twice_while_one_waits_gives_the_same_pack(app: Flask) -> None:
    pack = a_pack()
    assert service.ask_for(pack.meeting, Audience.PUBLIC).id == pack.id
    assert service.ask_for(pack.meeting, Audience.RESTRICTED).id != pack.id


def test_asking_while_one_is_built_gives_another(app: Flask) -> None:
    pack = a_pack()
    service.begin(pack, now=now())
    assert service.ask_for(pack.meeting, Audience.PUBLIC).id != pack.id


def test_a_waiting_pack_is_cancelled_at_once_and_never_begun(app: Flask) -> None:
    pack = a_pack()
    service.cancel(pack, now=now())
    db.session.commit()
    assert pack.status is PackStatus.CANCELLED
    assert work.to_hint() == []


def test_a_pack_under_way_is_asked_to_stop(app: Flask) -> None:
    pack = a_pack()
    service.begin(pack, now=now())
    db.session.commit()
    service.cancel(pack, now=now())
    db.session.commit()
    assert pack.status is PackStatus.BUILDING
    assert service.note_progress(pack.id, 1, 3, "Item 2", session=db.session) is True


def test_a_built_pack_cannot_be_cancelled(app: Flask) -> None:
    pack = a_pack()
    finish(pack)
    with pytest.raises(NotAllowed, match="can no longer change"):
        service.cancel(pack, now=now())


def test_the_last_good_pack_stays_while_another_is_built_or_fails(app: Flask) -> None:
    good = a_pack()
    finish(good)
    later = service.ask_for(good.meeting, Audience.PUBLIC)
    service.begin(later, now=now())
    assert service.current(good.meeting, Audience.PUBLIC) is good
    service.record_failed(later, "It stopped.", now=now())
    assert service.current(good.meeting, Audience.PUBLIC) is good
    assert service.latest(good.meeting, Audience.PUBLIC) is later


def test_the_pack_asked_for_last_wins_whichever_ends_first(app: Flask) -> None:
    earlier = a_pack()
    service.begin(earlier, now=now())
    later = service.ask_for(earlier.meeting, Audience.PUBLIC)
    finish(later)
    built = BuiltPack(None, 4, "b" * 64, (), (), 4)  # type: ignore[arg-type]
    service.record_built(earlier, built, Stored("b" * 64, 10), key="k", now=now())
    db.session.commit()
    assert service.current(earlier.meeting, Audience.PUBLIC) is later


def test_a_built_pack_owes_its_fast_web_view(app: Flask) -> None:
    pack = a_pack()
    finish(pack)
    assert WorkKind.LINEARISE_PACK in {piece.kind for piece in work.to_hint()}


@pytest.mark.parametrize("now_status", list(PackStatus))
@pytest.mark.parametrize("wanted", list(PackStatus))
def test_every_pair_of_states_is_allowed_or_refused_by_the_table(
    now_status: PackStatus, wanted: PackStatus
) -> None:
    if wanted in PACK_STATES.may_become[now_status]:
        assert PACK_STATES.check(now_status, wanted) is None
    else:
        with pytest.raises(NotAllowed):
            PACK_STATES.check(now_status, wanted)
