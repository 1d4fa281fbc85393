"""The chain by itself: what does not follow from what stands before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

GENESIS = "0" * 64  # what stands before the first entry
LEAF = 16  # how many hexadecimal digits of each entry's own hash the anchors hold
MOST_SWAPS = 200  # altered entries among which an exchange is looked for

EDITED, DELETED, INSERTED, REORDERED = "edited", "deleted", "inserted", "reordered"
CUT, ROLLED_BACK, REWRITTEN, ANCHORS = "cut tail", "rolled back", "rewritten", "anchors altered"
ANCHORS_GONE = "anchors gone"

MEANINGS = {
    EDITED: "What it says was changed after it was written.",
    DELETED: "What was written there has been taken out.",
    INSERTED: "It was not written when the entries around it were.",
    REORDERED: "The entries stand in another order than that in which they were written.",
    CUT: "These newest entries, which were noted outside the database, have been deleted.",
    ROLLED_BACK: "The whole database was set back to an earlier state; what came after is lost.",
    REWRITTEN: "What stands there is not what was noted outside the database.",
    ANCHORS: "The file of anchors is not as it was signed, from this line on.",
    ANCHORS_GONE: "The file of anchors told of these, and does so no more.",
}


@dataclass(frozen=True)
class Link:
    """A place of the chain and the entry that stands there; none if it was taken out."""

    seq: int
    previous: str
    hash: str
    entry: dict[str, Any] | None


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its kind, the numbers of the first and last entry, and the times
    (UTC) of the entries before and after them."""

    kind: str
    first: int
    last: int
    between: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:
        """What is wrong and where, in two sentences."""
        unit = "line" if self.kind == ANCHORS else "entry"
        where = f"{unit} {self.first}"
        if self.last > self.first:
            where = f"entries {self.first} to {self.last}"
        after, before = self.between
        if after:
            where += f", after {after}"
        if before:
            where += f" and before {before}" if after else f", before {before}"
        return f"{self.kind.capitalize()}: {where}. {MEANINGS[self.kind]}"


@dataclass
class Log:
    """What is remembered of a chain that was read through: enough to compare it, no contents."""

    seqs: list[int] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def between(self, first: int, last: int) -> tuple[str, str]:
        """The times of the entries before place `first` and after place `last`, from 0."""
        before = self.times[first - 1] if 0 < first <= len(self.times) else ""
        return before, self.times[last + 1] if last + 1 < len(self.times) else ""

    def finding(self, kind: str, first: int, last: int) -> Finding:
        """A finding about the entries that stand at places `first` to `last`, from 0."""
        last = min(last, len(self.seqs) - 1)
        first = min(first, last)
        return Finding(kind, self.seqs[first], self.seqs[last], self.between(first, last))


def canonical(value: Any) -> bytes:
    """Plain JSON with sorted keys and no spaces, in UTF-8: equal values, equal bytes."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def link_hash(previous: str, entry: dict[str, Any]) -> str:
    """The hash that joins an entry to all before it: SHA-256(previous || canonical entry)."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(entry)).hexdigest()


def leaf_of(entry: dict[str, Any]) -> str:
    """The beginning of the entry's own hash, by which it is told from others."""
    return hashlib.sha256(canonical(entry)).hexdigest()[:LEAF]


def read_chain(links: Iterable[Link]) -> Log:
    """Go along the chain once, and find what does not follow from what stands before it."""
    log, breaks, altered = Log(), {}, []
    previous, number = GENESIS, 0
    for link in links:
        place = len(log.seqs)
        if link.entry is None:
            log.findings.append(Finding(DELETED, link.seq, link.seq, log.between(place, place)))
        else:
            if link.seq != number + 1:
                taken = Finding(DELETED, number + 1, link.seq - 1, (log.between(place, 0)[0], ""))
                log.findings.append(taken)
            elif link.previous != previous:
                breaks[place] = link.previous
            if link_hash(link.previous, link.entry) != link.hash:
                altered.append((place, link))
            _remember(log, link, link.entry)
        previous, number = link.hash, link.seq
    of_breaks = list(_of_breaks(log, breaks))
    forged = {seq for each in of_breaks for seq in range(each.first, each.last + 1)}
    genuine = [each for each in altered if each[1].seq not in forged]
    log.findings += [*of_breaks, *_of_altered(log, genuine)]
    return log


def _remember(log: Log, link: Link, entry: dict[str, Any]) -> None:
    log.seqs.append(link.seq)
    log.hashes.append(link.hash)
    log.leaves.append(leaf_of(entry))
    log.ids.append(entry["id"])
    log.times.append(entry["at"])


def _of_breaks(log: Log, breaks: dict[int, str]) -> Iterator[Finding]:
    """What happened where an entry does not join the one before it, though the numbers run on."""
    places = {hashed: place for place, hashed in enumerate(log.hashes)} if breaks else {}
    explained = -1
    for place, previous in sorted(breaks.items()):
        origin = places.get(previous)
        if place <= explained:
            continue
        if origin is not None and origin > place:
            explained = _mixed_up_to(places, breaks, place, origin) + 1
            yield log.finding(REORDERED, place, explained - 1)
        elif origin is not None:
            yield log.finding(INSERTED, origin + 1, place - 1)
        else:
            explained = _rejoined(places, breaks, place)
            kind = INSERTED if explained > place else DELETED
            yield log.finding(kind, place, max(place, explained - 1))


def _mixed_up_to(places: dict[str, int], breaks: dict[int, str], first: int, last: int) -> int:
    """The last place of those among which entries have changed places, from `first` on."""
    for place, previous in sorted(breaks.items()):
        if first < place <= last + 1:
            last = max(last, places.get(previous, 0))
    return last


def _rejoined(places: dict[str, int], breaks: dict[int, str], place: int) -> int:
    """Where the chain goes on from before `place`: what joins nothing itself was put between."""
    after = [at for at, joins in breaks.items() if at > place and places.get(joins) == place - 1]
    return min(after, default=place)


def _of_altered(log: Log, altered: list[tuple[int, Link]]) -> Iterator[Finding]:
    """Entries that do not have their hash: exchanged with one another, or edited."""
    few = altered if len(altered) <= MOST_SWAPS else []
    exchanged = {
        place: other
        for place, link in few
        for other, at_other in few
        if place != other
        and at_other.entry is not None
        and link_hash(link.previous, at_other.entry) == link.hash
    }
    for place, _ in altered:
        if place not in exchanged:
            yield log.finding(EDITED, place, place)
        elif place < exchanged[place]:
            yield log.finding(REORDERED, place, exchanged[place])
