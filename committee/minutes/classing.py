"""Giving minutes a class: open, exempt or confidential. Callers commit.

Nothing is open before somebody says so. The minute of a closed item is opened only by somebody who
says so of that very minute, knowing what its item is.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from committee.agendas.models import AgendaItem
from committee.audit import service as audit
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db, lock_as_read
from committee.minutes import service
from committee.minutes.models import Minute, Minutes
from committee.minutes.rules import Openness
from committee.states import NotAllowed

NO_ITEM = "no item"


def item_seen(minute: Minute) -> str:
    """The class that its item has and on what ground: what somebody has before their eyes who
    opens the minute."""
    item = minute.agenda_item
    if item is None:
        return NO_ITEM
    basis = item.confidence_basis.value if item.confidence_basis else ""
    return "-".join([item.classification.value, *map(str, item.exempt_paragraphs), basis])


def said_at_first(minute: Minute) -> Said:
    """What the page of its class shows: what was said of the minute or, if nobody has said
    anything and its item is closed, what was said of the item."""
    item = minute.agenda_item
    if minute.is_unclassed and item is not None and item.is_closed:
        return confidentiality.said_of(item)
    return confidentiality.said_of(minute)


def warning(minute: Minute, wanted: Classification) -> str | None:
    """What has to be meant by somebody who opens a minute that was kept from the public."""
    if wanted is not Classification.OPEN:
        return None
    if not minute.is_in_private and not confidentiality.opens_closed(minute, OPENED):
        return None
    return "Anyone will be able to read this minute once it is published."


def classify(
    minute: Minute,
    said: Said,
    *,
    seen: str,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give a minute its class.

    Raises NotAllowed as `confidentiality.service.classify` does, and for opening a minute whose
    item is no longer as it was `seen`, or that was kept from the public unless that is
    `acknowledged`; StaleDataError for a minute that was changed since it was read.
    """
    service.lock(minute.minutes)
    lock_as_read(minute)
    _hold_items([minute])
    if said.classification is Classification.OPEN:
        if seen != item_seen(minute):
            raise NotAllowed(
                "The class of its item was changed meanwhile, so the minute was not opened. Look "
                "at it as it is now."
            )
        if (meant := warning(minute, said.classification)) and not acknowledged:
            raise NotAllowed(meant)
    _forget_what_was_known(minute)
    confidentiality.classify(minute, said, acknowledged=acknowledged, now=now, today=today, by=by)
    if minute.is_open and minute.agenda_item is not None and minute.agenda_item.is_closed:
        _keep_what_is_known(minute, minute.agenda_item)


def _forget_what_was_known(minute: Minute) -> None:
    minute.open_though_item_closed, minute.known_determination_id = False, None


def _keep_what_is_known(minute: Minute, item: AgendaItem) -> None:
    """Keep which closing of its item somebody knew of who opened the minute all the same."""
    known = confidentiality.newest_of(AgendaItem.__tablename__, [item.id]).get(item.id)
    minute.open_though_item_closed = True
    minute.known_determination_id = known.id if known else None
    db.session.flush()
    db.session.refresh(minute, ["item_classed_otherwise"])


def _hold_items(entries: Sequence[Minute]) -> None:
    """Let nobody change the class of their items until the transaction ends, and read it anew."""
    ids = [entry.agenda_item_id for entry in entries if entry.agenda_item_id is not None]
    found = select(AgendaItem).where(AgendaItem.id.in_(ids)).order_by(AgendaItem.id)
    held = found.with_for_update(read=True).execution_options(populate_existing=True)
    db.session.scalars(held).all()


def answer(
    minute: Minute,
    given: Openness | None,
    *,
    seen: str,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Take what whoever writes the minute answers to who may read it; None is no answer.

    What is to be closed is kept closed from now on, though nobody has said yet on what ground.
    Raises NotAllowed and StaleDataError as `classify` does.
    """
    if given is None:
        return
    service.lock(minute.minutes)
    lock_as_read(minute)  # one that looks closed may have been opened since, and stays as it is
    if given is Openness.CLOSED and minute.is_open:
        minute.classification = Classification.UNCLASSED
        _forget_what_was_known(minute)
        audit.record("minute:unclassed", minute, by=by)
    elif given is Openness.OPEN and (not minute.is_open or minute.is_to_be_said_again):
        classify(minute, OPENED, seen=seen, acknowledged=acknowledged, now=now, today=today, by=by)


def unclassed(entries: Sequence[Minute]) -> list[Minute]:
    """The minutes that nobody has classed yet, in order."""
    return [entry for entry in entries if entry.is_unclassed]


def to_open(entries: Sequence[Minute]) -> list[Minute]:
    """Those that nobody has classed yet and that can be opened all at once: not those of closed
    items, nor those that were closed before, of each of which somebody has to say it."""
    found = [entry for entry in unclassed(entries) if not entry.is_of_closed_item]
    kind, ids = Minute.__tablename__, [entry.id for entry in found]
    closed = {said.subject_id for said in confidentiality.closings_of(kind, ids)}
    return [entry for entry in found if entry.id not in closed]


def agreement(entries: Sequence[Minute]) -> str:
    """What somebody agrees to who opens all that can be opened at once: exactly these minutes with
    these words and actions. An answer to an earlier question opens nothing that has come since."""
    return "-".join(
        f"minute{entry.id}.{entry.version}." + "_".join(str(each.id) for each in entry.actions)
        for entry in to_open(entries)
    )


def open_all(
    minutes: Minutes, agreed: str, *, now: datetime, today: date, by: int | None = None
) -> int:
    """Open every minute that nobody has classed, but those of closed items and those that were
    closed before; answers how many.

    Raises NotAllowed where they are no longer those that were `agreed` to.
    """
    service.lock(minutes)
    db.session.expire_all()
    entries = service.entries_of(minutes)
    _hold_items(entries)
    if agreed != agreement(entries):
        raise NotAllowed(
            "A minute has been added, changed or classed since you opened this page. Look at the "
            "list as it is now."
        )
    chosen = to_open(entries)
    for entry in chosen:
        confidentiality.classify(entry, OPENED, now=now, today=today, by=by)
    return len(chosen)


def untested(entries: Sequence[Minute]) -> list[Minute]:
    """The exempt minutes without a public interest test that is written down."""
    ids = confidentiality.untested(entries)
    return [entry for entry in entries if entry.id in ids]


def to_be_said(entries: Sequence[Minute]) -> list[Minute]:
    """The minutes of each of which something is still to be said on the page of a class: their
    public interest test, whether they are open though their item is closed, or whether their item
    is open at all."""
    without_test = untested(entries)
    return [each for each in entries if each.tells_exempt_matter or each in without_test]


def wrong_with(entry: Minute, without_test: Sequence[Minute]) -> list[str]:
    """What about the class of a minute stands in the way of publishing, in sentences.

    `without_test` are those that `untested` found.
    """
    if entry.is_unclassed:
        return ["nobody has said yet whether it is open."]
    if entry.waits_for_its_item:
        return ["nobody has said yet whether its item is open."]
    if entry.tells_exempt_matter:
        return [
            "its item is closed, but the minute was opened before that was said. Say again who may "
            "read it."
        ]
    return ["its public interest test is not written down."] if entry in without_test else []
