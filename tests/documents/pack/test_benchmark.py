"""The benchmark measures what it says; how fast things are is no matter of tests."""

import shutil

import pytest

from committee.documents.pack.benchmark import late_paper, measure
from committee.documents.pack.segment_making import segment_of

pytestmark = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")


def test_packs_are_measured_against_a_merge(tmp_path, tagged_paper, as_segment):
    papers = [as_segment(tagged_paper(word, 3)) for word in ("Heron", "Pike")]
    found = measure(papers[:1], papers, tmp_path, runs=2)
    assert (found["pack_210"]["pages"], found["pack_1500"]["pages"]) == (3, 6)
    assert found["pack_1500"]["prepared_as_segments"]
    for part in (found["pack_210"], found["pack_1500"]):
        assert {name: len(times) for name, times in part["runs"].items()} == {
            "pack": 2,
            "qpdf": 2,
            "linearise": 2,
        }
    assert found["pack_1500_ratio_to_qpdf"] > 0
    assert 20 < found["peak_mb_1500"] < 2000


def test_a_late_paper_is_measured_against_starting_again(tmp_path, tagged_paper):
    uploads = [tagged_paper(word) for word in ("Heron", "Pike", "Otter")]
    prepared = []

    def prepare(source):
        prepared.append(source)
        made = tmp_path / f"ready-{source.name}"
        made.write_bytes(segment_of(source))
        return made

    found = late_paper(uploads, uploads[1], prepare, tmp_path, runs=2)
    assert len(found["runs"]["late"]) == len(found["runs"]["scratch"]) == 2
    assert len(prepared) == 2 * (len(uploads) + 1)
    assert found["late_paper_ratio_to_scratch"] > 0
