"""Each record of a decision about the product has a number of its own, which code can cite."""

import re
from collections import Counter

from tests.conventions.sources import ROOT, told

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_every_record_has_a_number_of_its_own() -> None:
    assert RECORDS
    numbers = Counter(record.name[:4] for record in RECORDS)
    twice = [f"{number}" for number, times in numbers.items() if times > 1]
    assert not twice, told(
        twice, "Give the later record the next free number, where it is cited too."
    )


def test_every_record_is_headed_by_its_number() -> None:
    other = [
        record.name
        for record in RECORDS
        if not re.match(rf"# {record.name[:4]}\b", record.read_text(encoding="utf-8"))
    ]
    assert not other, told(other, "Begin it with its number: “# 0001 What was decided”.")
