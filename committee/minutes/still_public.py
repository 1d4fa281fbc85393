"""What anyone can still read of minutes that are kept closed now, in what was published of them.

A published version never changes and a correction leaves it where it is: only a takedown stops it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from committee.minutes import publishing
from committee.minutes.models import Minute, Minutes, MinutesVersion


@dataclass(frozen=True)
class StillPublic:
    """A published version that tells whole what is kept closed now: the numbers of its minutes."""

    version: MinutesVersion
    numbers: tuple[int, ...]


def still_public(minutes: Minutes, entries: Iterable[Minute]) -> list[StillPublic]:
    """The versions of these minutes, latest first, that tell whole any of these `entries` that is
    kept closed now, by whatever class or want of one."""
    closed = {
        entry.number
        for entry in entries
        if entry.number is not None and (not entry.is_open or entry.tells_exempt_matter)
    }
    if not closed:
        return []
    found = [
        StillPublic(version, tuple(sorted(closed & _told_whole(version))))
        for version in publishing.versions(minutes.meeting)
    ]
    return [each for each in found if each.numbers]


def _told_whole(version: MinutesVersion) -> set[int]:
    return {each["number"] for each in version.open_contents["minutes"] if not each["summary"]}
