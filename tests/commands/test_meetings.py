"""`./quorate meetings import FILE`: a good file is a meeting, a bad one is told in full."""

from datetime import date, time
from pathlib import Path

import pytest

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people.models import Committee, Council, Membership
from committee.people.roles import MemberRole
from committee.reports.models import PaperVersion
from committee.reports.rules import PaperKind, VersionStatus
from tests.commands.conftest import Command, a_meeting_file, written


def test_a_good_file_becomes_a_meeting(command: Command, folder: Path) -> None:
    done = command("meetings", "import", written(folder, a_meeting_file()))
    assert (done.exit_code, done.stderr) == (0, "")
    meeting = meetings.meeting_with_id(int(done.stdout))
    assert meeting is not None
    assert (meeting.held_on, meeting.starts_at) == (date(2026, 5, 12), time(14, 30))
    assert meeting.place == "Council Chamber"
    assert (meeting.committee.name, meeting.committee.seats) == ("Harbours Committee", 4)
    assert meeting.committee.contact_officer.name == "Rosa Marsh"
    listed = agendas.numbered_items(meeting)
    assert [(entry.number, entry.item.title) for entry in listed] == [
        ("1", "Apologies"),
        ("2", "Minutes"),
        ("3", "Dredging the outer harbour"),
        ("4", "Offer for the old lifeboat house"),
    ]
    assert [entry.item.is_closed for entry in listed] == [False, False, False, True]
    assert listed[3].item.title_for_public == "Disposal of land"


def test_its_members_are_seated_under_their_groups(command: Command, folder: Path) -> None:
    done = command("meetings", "import", written(folder, a_meeting_file()))
    meeting = meetings.meeting_with_id(int(done.stdout))
    assert meeting is not None
    groups = people.by_group(people.memberships(meeting.committee, on=meeting.held_on))
    assert [(group.name, len(group.members)) for group in groups] == [
        ("Independent", 2),
        ("Church representatives", 1),
    ]
    assert groups[0].members[0].role is MemberRole.CHAIRMAN


def test_its_papers_are_checked_at_once(command: Command, folder: Path) -> None:
    done = command("meetings", "import", written(folder, a_meeting_file()))
    meeting = meetings.meeting_with_id(int(done.stdout))
    assert meeting is not None
    papers = [paper for item in agendas.items(meeting) for paper in item.papers]
    assert [(paper.title, paper.kind, paper.newest.pages) for paper in papers] == [
        ("Minutes", PaperKind.MAIN, 2),
        ("Dredging the outer harbour", PaperKind.MAIN, 5),
        ("Chart of depths", PaperKind.APPENDIX, 1),
        ("Offer for the old lifeboat house", PaperKind.MAIN, 3),
    ]
    assert {paper.newest.status for paper in papers} == {VersionStatus.ACCEPTED}


def test_its_language_is_kept_with_a_council_that_it_names_first(
    command: Command, folder: Path
) -> None:
    for language in ("cy", "en-GB"):
        command("meetings", "import", written(folder, a_meeting_file() | {"language": language}))
        assert [council.language for council in db.session.query(Council)] == ["cy"]


def test_numbers_of_its_own_are_kept_where_places_would_not_give_them(
    command: Command, folder: Path
) -> None:
    found = a_meeting_file()
    found["items"][2]["number"] = "3a"
    done = command("meetings", "import", written(folder, found))
    meeting = meetings.meeting_with_id(int(done.stdout))
    assert meeting is not None
    assert [entry.number for entry in agendas.numbered_items(meeting)] == ["1", "2", "3a", "4"]


def test_a_paper_that_cannot_be_used_is_told_and_the_meeting_stands(
    command: Command, folder: Path
) -> None:
    (folder / "papers" / "chart.pdf").write_bytes(b"no PDF at all")
    done = command("meetings", "import", written(folder, a_meeting_file()))
    assert done.exit_code == 0
    assert done.stdout.strip().isdigit()
    assert "chart.pdf: " in done.stderr
    refused = [v for v in db.session.query(PaperVersion) if v.status is VersionStatus.REFUSED]
    assert [version.original_name for version in refused] == ["chart.pdf"]


def test_counts_that_the_names_do_not_bear_out_are_told(command: Command, folder: Path) -> None:
    found = a_meeting_file() | {"membership_printed": {"total": 3, "Independent": 7}}
    done = command("meetings", "import", written(folder, found))
    assert done.exit_code == 0
    assert "prints 7 Independent members, but names 2" in done.stderr
    assert "in all" not in done.stderr


def test_a_second_meeting_of_a_committee_keeps_its_members(command: Command, folder: Path) -> None:
    command("meetings", "import", written(folder, a_meeting_file()))
    again = a_meeting_file() | {"date": "2026-07-14"}
    assert command("meetings", "import", written(folder, again)).exit_code == 0
    assert count(Meeting) == 2
    assert (count(Council), count(Committee), count(Membership)) == (1, 1, 3)


@pytest.mark.parametrize("days", [("2026-06-10", "2026-05-06"), ("2026-05-06", "2026-06-10")])
def test_meetings_may_be_imported_in_either_order(
    command: Command, folder: Path, days: tuple[str, str]
) -> None:
    groups = {}
    for day in days:
        imported = command("meetings", "import", written(folder, a_meeting_file() | {"date": day}))
        assert imported.exit_code == 0
    for meeting in db.session.query(Meeting):
        seated = people.by_group(people.memberships(meeting.committee, on=meeting.held_on))
        groups[meeting.held_on.isoformat()] = [
            (group.name, [(m.councillor.name, m.role) for m in group.members]) for group in seated
        ]
    assert groups["2026-05-06"] == groups["2026-06-10"]
    assert [len(members) for _, members in groups["2026-05-06"]] == [2, 1]


def test_a_later_role_is_not_carried_back_to_an_earlier_meeting(
    command: Command, folder: Path
) -> None:
    command("meetings", "import", written(folder, a_meeting_file() | {"date": "2026-06-10"}))
    earlier = a_meeting_file() | {"date": "2026-05-06"}
    earlier["members"][0]["role"] = "Member"
    command("meetings", "import", written(folder, earlier))
    committee = db.session.query(Committee).one()
    roles = {
        day: {m.councillor.name: m.role for m in people.memberships(committee, on=day)}
        for day in (date(2026, 5, 6), date(2026, 6, 10))
    }
    assert roles[date(2026, 5, 6)]["Mrs A Tern"] is MemberRole.MEMBER
    assert roles[date(2026, 6, 10)]["Mrs A Tern"] is MemberRole.CHAIRMAN


def test_another_meeting_on_the_same_day_is_told(command: Command, folder: Path) -> None:
    first = command("meetings", "import", written(folder, a_meeting_file())).stdout.strip()
    done = command("meetings", "import", written(folder, a_meeting_file()))
    assert done.exit_code == 0
    assert f"meeting {first} of this committee is on that day too" in done.stderr


def count(table: type) -> int:
    """How many rows were committed."""
    db.session.rollback()
    return db.session.query(table).count()


# --- what is wrong is told in full, and nothing is written ---


def every_problem() -> dict[str, object]:
    """A file with one of each mistake."""
    return {
        "council": " ",
        "date": "12 May 2026",
        "time": "14:30+01:00",
        "venue": 7,
        "seats": -1,
        "contact_officer": {"telephone": "01632 960001"},
        "notices": [{"heading": "Fire"}],
        "members": [{"name": "Mrs A Tern", "role": "Admiral"}, {"group": "Independent"}],
        "items": [
            {"number": 1, "title": "Song", "kind": "song"},
            {"number": 2, "kind": "report", "paper": "../outside.pdf"},
            {"number": 3, "title": "Absent", "paper": "papers/absent.pdf"},
            {"number": 4, "title": "Folder", "paper": "papers"},
            {"number": 5, "title": "Listed", "appendices": "papers/chart.pdf"},
        ],
        "exempt_items": [
            {"number": 6, "title": "No ground", "kind": "report"},
            {"number": 7, "title": "No such ground", "kind": "report", "exempt_paragraphs": [8]},
        ],
    }


def test_every_problem_is_listed_at_once(command: Command, folder: Path) -> None:
    (folder.parent / "outside.pdf").write_bytes(b"%PDF-")
    done = command("meetings", "import", written(folder, every_problem()))
    assert done.exit_code == 1
    assert done.stdout == ""
    told = done.stderr.splitlines()
    assert told[0] == "Error: meeting.json was not imported:"
    assert sorted(told[1:]) == sorted(
        f"  - {problem}"
        for problem in (
            "The meeting: “council” is missing.",
            "The meeting: “committee” is missing.",
            "The meeting: “venue” must be text.",
            "The meeting: “date” must be a date such as 2026-05-08.",
            "The meeting: “time” must be a time such as 10:00.",
            "“seats” must be a whole number, 500 at most.",
            "The contact officer: “name” is missing.",
            "Notice 1: “text” is missing.",
            "Member 1: the role “Admiral” is not known.",
            "Member 2: “name” is missing.",
            "Item 1: the kind “song” is not known.",
            "Item 2: “title” is missing.",
            "Item 2: the paper ../outside.pdf is outside the file's folder.",
            "Item 3: the paper papers/absent.pdf is not there.",
            "Item 4: the paper papers is not there.",
            "Item 5: “appendices” must be a list of objects.",
            "Item 6: an exempt item needs “exempt_paragraphs”, each from 1 to 7.",
            "Item 7: an exempt item needs “exempt_paragraphs”, each from 1 to 7.",
        )
    )
    assert count(Council) == count(Meeting) == count(AgendaItem) == 0


@pytest.mark.parametrize("way", ["/etc/hostname", "../../etc/hostname", "link.pdf"])
def test_a_paper_outside_the_folder_is_never_read(command: Command, folder: Path, way: str) -> None:
    (folder / "link.pdf").symlink_to("/etc/hostname")
    found = a_meeting_file()
    found["items"][1]["paper"] = way
    done = command("meetings", "import", written(folder, found))
    assert done.exit_code == 1
    assert f"the paper {way} is outside the file's folder" in done.stderr
    assert count(PaperVersion) == 0


def test_someone_named_twice_is_refused_and_nothing_is_kept(command: Command, folder: Path) -> None:
    found = a_meeting_file()
    found["members"].append(found["members"][0])
    done = command("meetings", "import", written(folder, found))
    assert done.exit_code == 1
    assert "Mrs A Tern is already a member" in done.stderr
    assert count(Meeting) == count(Committee) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "meeting.json is not JSON"),
        (b"\xff\xfe", "meeting.json is not JSON"),
        (b"[" * 100_000, "meeting.json is not JSON"),
        (b"[]", "must hold one JSON object"),
        (b"{}", "“council” is missing"),
    ],
)
def test_what_is_no_meeting_file_is_told(
    command: Command, folder: Path, text: bytes, message: str
) -> None:
    (folder / "meeting.json").write_bytes(text)
    done = command("meetings", "import", folder / "meeting.json")
    assert done.exit_code == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    done = command("meetings", "import", tmp_path / "absent.json")
    assert done.exit_code == 2
    assert "does not exist" in done.stderr
