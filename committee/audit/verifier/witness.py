"""The anchors: what was noted of the chain outside the database, and how it compares with it.

Each line notes the chain's end, and the beginning of the hash of each entry since the line before.
So even a log that was rewritten with all its hashes made anew shows what was done to it.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .chain import (
    ANCHORS,
    ANCHORS_GONE,
    CUT,
    DELETED,
    EDITED,
    INSERTED,
    LEAF,
    REORDERED,
    REWRITTEN,
    ROLLED_BACK,
    Finding,
    Log,
    canonical,
)

# What each line says at least.
NAMES = {"kind", "at", "first", "seq", "hash", "last_id", "leaves", "line_before", "signature"}


@dataclass(frozen=True)
class Told:
    """A head of the chain that was told apart from the anchors: where, and when (UTC).

    `noted`: it had been noted in the file of anchors when it was told.
    """

    where: str
    seq: int
    hash: str
    at: str
    noted: bool = False


@dataclass
class Witness:
    """What the anchors say of the chain."""

    leaves: list[str] = field(default_factory=list)
    noted_at: list[str] = field(default_factory=list)  # when each leaf was noted
    heads: dict[int, str] = field(default_factory=dict)
    replaced: dict[int, str] = field(default_factory=dict)  # heads that a reseal set aside
    last_id: int = 0
    lines: int = 0
    last_at: str = ""
    reseals: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    signed: bool | None = None  # whether the last line's signature is good; none: not checked


def line_hash(line: str) -> str:
    """The hash of a line as it is written, by which the next line holds on to it."""
    return hashlib.sha256(line.strip().encode()).hexdigest()


def stated(fact: dict[str, Any]) -> dict[str, Any]:
    """What a line states: all but its signature, and of the entries' hashes one hash of them."""
    said = {name: value for name, value in fact.items() if name not in ("signature", "leaves")}
    return said | {"leaves_sha256": hashlib.sha256(fact["leaves"].encode()).hexdigest()}


def what_is_signed(fact: dict[str, Any]) -> bytes:
    """The bytes that a line's signature is over: what it states, in canonical form."""
    return canonical(stated(fact))


def read_line(line: str) -> dict[str, Any] | None:
    """What a line says; nothing where a power cut left but a part of one."""
    try:
        fact = json.loads(line)
        whole = isinstance(fact, dict) and NAMES.issubset(fact)
    except ValueError:
        return None
    return fact if whole else None


def read_anchors(lines: Iterable[str], key: str | None = None) -> Witness:
    """Read the anchors from the first line on. With a public key, check the last signature."""
    witness, before, last = Witness(), "", None
    for line in lines:
        fact = read_line(line)
        if fact is None:
            continue
        witness.lines += 1
        if fact["line_before"] != before:
            witness.findings.append(Finding(ANCHORS, witness.lines, witness.lines))
        _take_in(witness, fact)
        before, last = line_hash(line), fact
    if last and key:
        witness.signed = _is_signed(last, key)
        if witness.signed is False:
            witness.findings.append(Finding(ANCHORS, witness.lines, witness.lines))
    return witness


def _take_in(witness: Witness, fact: dict[str, Any]) -> None:
    first, leaves = fact["first"] - 1, fact["leaves"]
    if fact["kind"] == "reseal":
        witness.reseals.append(fact)
        gone = {seq: each for seq, each in witness.heads.items() if seq > first}
        witness.replaced.update(gone)
        witness.heads = {seq: each for seq, each in witness.heads.items() if seq <= first}
    new = [leaves[place : place + LEAF] for place in range(0, len(leaves), LEAF)]
    witness.leaves[first:] = new
    witness.noted_at[first:] = [fact["at"]] * len(new)
    witness.heads[fact["seq"]] = fact["hash"]
    witness.last_id, witness.last_at = fact["last_id"], fact["at"]


def _is_signed(fact: dict[str, Any], key: str) -> bool | None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(fact["signature"]), what_is_signed(fact))
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def compare(log: Log, witness: Witness, counter: int | None) -> list[Finding]:
    """What differs between the chain and what was noted of it.

    `counter` is the last id that the database gave to an entry: after rows were deleted it stands
    further on than what is left; in a database that was set back it was set back as well.
    """
    noted, there = witness.leaves, log.leaves
    start = 0
    while start < min(len(noted), len(there)) and noted[start] == there[start]:
        start += 1
    if start < len(noted):
        return _differences(log, witness, counter, start)
    return list(check_heads(log, witness.heads))


def check_heads(log: Log, heads: dict[int, str]) -> Iterator[Finding]:
    """Ends of the chain that were noted and that the chain does not have, or has otherwise."""
    places = {seq: place for place, seq in enumerate(log.seqs)}
    newest = log.seqs[-1] if log.seqs else 0
    sound_to = max(
        (s for s, h in heads.items() if s in places and log.hashes[places[s]] == h), default=0
    )
    for seq, hashed in heads.items():
        if seq > newest:
            yield Finding(CUT, newest + 1, seq, (log.times[-1] if log.times else "", ""))
        elif seq > sound_to and (seq not in places or log.hashes[places[seq]] != hashed):
            yield Finding(REWRITTEN, sound_to + 1, seq)


def check_told(log: Log, witness: Witness, told: Iterable[Told]) -> Iterator[Finding]:
    """What differs between the chain, or the anchors, and heads that were told elsewhere, but for
    those that a reseal has set aside since."""
    binding = [each for each in told if not _is_set_aside(each, witness)]
    yield from check_heads(log, {each.seq: each.hash for each in binding})
    noted = max((each.seq for each in binding if each.noted), default=0)
    if noted > len(witness.leaves):
        yield Finding(ANCHORS_GONE, len(witness.leaves) + 1, noted)


def _is_set_aside(told: Told, witness: Witness) -> bool:
    return witness.replaced.get(told.seq) == told.hash or any(
        told.seq >= fact["first"] and told.at < fact["at"] for fact in witness.reseals
    )


def _differences(log: Log, witness: Witness, counter: int | None, start: int) -> list[Finding]:
    noted, there = witness.leaves[start:], log.leaves[start:]
    if _is_lost(log, witness, start):
        kind = ROLLED_BACK if _was_set_back(log, witness, counter, start) else CUT
        return [Finding(kind, start + 1, len(witness.leaves), log.between(start, start - 1))]
    moves = difflib.SequenceMatcher(None, noted, there, autojunk=False).get_opcodes()
    moves = [move for move in moves if move[0] != "equal"]
    if moves and moves[-1][0] == "insert" and moves[-1][1] == len(noted):
        moves.pop()  # what was written since the last anchor
    gone = {noted[at]: at for _, i1, i2, _, _ in moves for at in range(i1, i2)}
    come = {there[at]: at for _, _, _, j1, j2 in moves for at in range(j1, j2)}
    moved = gone.keys() & come.keys()
    found = []
    if moved:
        places = [gone[leaf] for leaf in moved] + [come[leaf] for leaf in moved]
        found.append(log.finding(REORDERED, start + min(places), start + max(places)))
    for _, i1, i2, j1, j2 in moves:
        lost = [at for at in range(i1, i2) if noted[at] not in moved]
        new = [at for at in range(j1, j2) if there[at] not in moved]
        found += _of_one(log, start, lost, new[: len(lost)] if i2 == len(noted) else new)
    return found


def _of_one(log: Log, start: int, lost: list[int], new: list[int]) -> Iterator[Finding]:
    """What was done at one place where so many entries are gone and so many have come."""
    both = min(len(lost), len(new))
    if both:
        yield log.finding(EDITED, start + new[0], start + new[both - 1])
    if len(lost) > both:
        first, last = start + lost[both], start + lost[-1]
        yield Finding(DELETED, first + 1, last + 1, log.between(first, first - 1))
    if len(new) > both:
        yield log.finding(INSERTED, start + new[both], start + new[-1])


def _is_lost(log: Log, witness: Witness, start: int) -> bool:
    """Whether nothing that was noted from here on is there: only what was written afterwards."""
    if start == len(log.leaves):
        return True
    return log.times[start] > witness.noted_at[start]


def _was_set_back(log: Log, witness: Witness, counter: int | None, start: int) -> bool:
    """Whether ids that had been given out were given out again, or stand to be."""
    if start < len(log.ids):
        return log.ids[start] <= witness.last_id
    return counter is not None and counter < witness.last_id
