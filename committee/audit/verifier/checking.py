"""The whole check, and the program that an export brings with it."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .chain import INSERTED, MEANINGS, Finding, Link, Log, read_chain
from .witness import Told, Witness, check_heads, check_told, compare, read_anchors

SOUND, NOT_SOUND, CANNOT_TELL = 0, 1, 2  # exit codes

NOTHING_TO_COMPARE = (
    "CANNOT TELL: there are no anchors, and no head of a letter was given. Where both the log and "
    "its anchors were set back or deleted, this is what is left. Give --head from a letter."
)
SET_BACK_TOGETHER = (
    "Without --head, a log and its anchors that were set back together may go unseen. Give a head "
    "from a letter that was kept away from this server."
)


@dataclass(frozen=True)
class Result:
    """What a check found."""

    log: Log
    witness: Witness
    findings: list[Finding]
    told: tuple[Told, ...] = ()  # heads that were told apart from the anchors
    with_head: bool = False  # whether one of a letter was among what it was compared with

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def is_vouched_for(self) -> bool:
        """Whether there was anything outside the log to compare it with, by which it could be seen
        that its end is missing."""
        outside = any(each.noted for each in self.told)
        return self.witness.lines > 0 or self.with_head or outside

    @property
    def exit_code(self) -> int:
        """What a command answers: sound, not sound, or that it cannot be told."""
        if not self.sound:
            return NOT_SOUND
        return SOUND if self.is_vouched_for else CANNOT_TELL

    @property
    def words(self) -> list[str]:
        """What was checked and what was found, line by line."""
        log, witness = self.log, self.witness
        lines = [f"{len(log.seqs):,} entries, {witness.lines:,} anchors."]
        if log.seqs:
            lines.append(f"Head {log.seqs[-1]}:{log.hashes[-1]}")
        since = len(log.seqs) - len(witness.leaves)
        if since > 0:
            lines.append(f"{since:,} entries are newer than the last anchor and rest on the chain.")
        if witness.lines and witness.signed is None:
            lines.append("The anchors' signature was not checked.")
        for fact in witness.reseals:
            lines.append(f"Resealed from entry {fact['first']} on, {fact['at']}: {fact['reason']}")
        for where in dict.fromkeys(each.where for each in self.told):
            newest = max(each.seq for each in self.told if each.where == where)
            lines.append(f"Compared with entry {newest:,} as {where} has it.")
        lines += [finding.words for finding in self.findings]
        lines.append(self._conclusion)
        if self.is_vouched_for and not self.with_head:
            lines.append(SET_BACK_TOGETHER)
        return lines

    @property
    def _conclusion(self) -> str:
        if not self.sound:
            return f"NOT SOUND: {len(self.findings)}"
        return "Nothing was changed." if self.is_vouched_for else NOTHING_TO_COMPARE


def check(
    links: Iterable[Link],
    lines: Iterable[str] = (),
    *,
    outside: Iterable[dict[str, Any]] = (),
    counter: int | None = None,
    head: tuple[int, str] | None = None,
    told: Iterable[Told] = (),
    key: str | None = None,
) -> Result:
    """Read a chain through and compare it with the anchors; answer all that is wrong.

    `outside` are entries that have no place in the chain; `counter` is the last id that the
    database gave to an entry; `head` one that was mailed; `told` others that were told apart from
    the anchors; `key` the public key of the anchors.
    """
    witness = read_anchors(lines, key)  # before the chain, which may grow meanwhile
    log = read_chain(links)
    apart = [Finding(INSERTED, each["id"], each["id"], (each["at"], "")) for each in outside]
    found = [*log.findings, *apart, *witness.findings, *compare(log, witness, counter)]
    told = tuple(told)
    if head and witness.replaced.get(head[0]) != head[1]:
        found += check_heads(log, {head[0]: head[1]})
    found += check_told(log, witness, told)
    return Result(log, witness, merged(found), told, head is not None)


def merged(findings: list[Finding]) -> list[Finding]:
    """The findings in the order of their kinds and places, those of one kind that touch as one."""
    kept: list[Finding] = []
    for each in sorted(findings, key=lambda one: (list(MEANINGS).index(one.kind), one.first)):
        last = kept[-1] if kept else None
        if last and last.kind == each.kind and each.first <= last.last + 1:
            between = last.between[0], max(last.between[1], each.between[1])
            kept[-1] = Finding(last.kind, last.first, max(last.last, each.last), between)
        else:
            kept.append(each)
    return kept


def read_head(written: str) -> tuple[int, str]:
    """A head as it was mailed, SEQ:HASH. Raises ValueError in words."""
    seq, _, hashed = written.strip().partition(":")
    if not seq.isdigit() or len(hashed) != 64:
        raise ValueError("A head is written as in the letter: a number, a colon and 64 letters.")
    return int(seq), hashed.lower()


def links_of(lines: Iterable[str]) -> Iterator[Link]:
    """The links of an export, one a line."""
    for line in lines:
        fact = json.loads(line)
        if "seq" in fact:
            yield Link(fact["seq"], fact["previous"], fact["hash"], fact["entry"])


def main(arguments: list[str] | None = None) -> int:
    """Check an export. The exit code is 0 if all is sound, 1 if not, and 2 if it cannot be read or
    there is nothing to compare it with."""
    parser = argparse.ArgumentParser(description="Check an export of the audit log.")
    parser.add_argument("log", type=Path, help="log.jsonl, one entry a line")
    parser.add_argument("anchors", type=Path, nargs="?", help="anchors.jsonl")
    parser.add_argument("--head", help="a head from a letter, as SEQ:HASH")
    parser.add_argument("--key", help="the public key of the anchors, in hexadecimal")
    given = parser.parse_args(arguments)
    try:
        with given.log.open(encoding="utf-8") as source:
            facts = json.loads(source.readline())
            result = check(
                links_of(source),
                given.anchors.read_text(encoding="utf-8").splitlines() if given.anchors else (),
                outside=facts["outside"],
                counter=facts["counter"],
                head=read_head(given.head) if given.head else None,
                key=given.key,
            )
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"The export cannot be read: {error}\n")
        return CANNOT_TELL
    sys.stdout.write("\n".join(result.words) + "\n")
    return result.exit_code
