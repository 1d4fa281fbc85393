"""Checking the log of this installation, and going on after a database was restored."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from committee.audit import anchors as anchoring
from committee.audit import reading
from committee.audit.anchors import Anchors
from committee.audit.verifier.chain import Log
from committee.audit.verifier.checking import Result, check
from committee.audit.verifier.witness import Told, Witness
from committee.states import NotAllowed


def verify(
    connection: Connection,
    anchors: Anchors,
    *,
    head: tuple[int, str] | None = None,
    told: Callable[[Connection], Iterable[Told]] | None = None,
    remembered: Told | None = None,
) -> Result:
    """Check the chain, the anchors and how they agree; with a head from a letter, that as well.

    `remembered` is a head that the broker keeps, read before; `told` finds those that the database
    holds beside the log.

    The connection should not have read anything yet: the anchors are read first, so that the chain
    is never older than what was noted of it, which would look like an end that was cut off.
    """
    noted = list(anchors.lines())
    heads = [*([remembered] if remembered else []), *(told(connection) if told else ())]
    return check(
        reading.links(connection),
        noted,
        outside=reading.outside(connection),
        counter=reading.counter(connection),
        head=head,
        told=heads,
        key=anchors.public_key,
    )


def to_reseal(
    connection: Connection, anchors: Anchors, *, remembered: Told | None = None
) -> tuple[int, dict[str, Any]]:
    """The number of the last entry that the anchors and the chain have in common, and the newest
    head that is to be set aside: that of the anchors, or where these are gone or agree, the one
    that the broker keeps. Raises NotAllowed where all agree, so that nothing is."""
    result = verify(connection, anchors)
    last = next((fact for _, fact in anchoring.newest_first(anchors)), None)
    kept = in_common(result.log, result.witness)
    if last is not None and kept < len(result.witness.leaves):
        return kept, {"seq": last["seq"], "hash": last["hash"]}
    if remembered is None or reading.has(connection, remembered.seq, remembered.hash):
        raise NotAllowed("The log agrees with its anchors. There is nothing to reseal.")
    return kept, {"seq": remembered.seq, "hash": remembered.hash}


def in_common(log: Log, witness: Witness) -> int:
    """How many entries from the first on are as they were noted."""
    pairs = zip(log.leaves, witness.leaves, strict=False)
    differ = (at for at, (is_now, was) in enumerate(pairs) if is_now != was)
    return next(differ, min(len(log.leaves), len(witness.leaves)))
