"""Beside the reason why a paper cannot be used stands the way to be rid of it."""

from tests.pages.conftest import Furnished
from tests.pages.reader import Reader


def test_a_refused_paper_can_be_removed_where_its_refusal_stands(
    officer: Reader, furnished: Furnished
) -> None:
    address = f"/meetings/{furnished.meeting.id}/papers"
    officer.get(address)
    (notice,) = officer.page.select(".app-paper--refused .app-paper__notice")
    assert "The file holds a macro." in notice.get_text()
    assert "a page in its place says that it cannot be used" in " ".join(notice.get_text().split())
    link = notice.select_one("a")
    assert " ".join(link.get_text().split()) == f"Remove it: {furnished.refused.title}"
    assert officer.get(str(link["href"])).status_code == 200
    officer.follow(officer.post(str(link["href"])))
    assert "has been removed" in officer.words()
    assert officer.page.select(".app-paper--refused") == []


def test_a_paper_that_can_be_used_has_no_such_words(officer: Reader, furnished: Furnished) -> None:
    officer.get(f"/meetings/{furnished.meeting.id}/papers")
    sound = [e for e in officer.page.select(".app-paper") if "refused" not in str(e["class"])]
    assert sound
    assert not any("cannot be used" in each.get_text() for each in sound)
