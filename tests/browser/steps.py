"""What an officer does at a browser, step by step, by the words that are on the page."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, Response, expect

from committee.clock import today
from tests.browser.conftest import Visitor

CHECKED = 60_000  # milliseconds in which a paper must have been checked or a pack built


def add_committee(officer: Visitor, name: str) -> None:
    """Set up a committee through its form; the next page shown is that of its members."""
    officer.go("/committees")
    officer.press("Add a committee")
    page = officer.page
    page.get_by_label("Name of the committee").fill(name)
    page.get_by_label("What the committee does").fill("It looks after what lies near the coast.")
    page.get_by_label("Number of seats").fill("6")
    page.get_by_label("Name (optional)").fill("Priya Nair")
    page.get_by_label("Telephone number").fill("01632 960123")
    page.get_by_label("E-mail address").fill("clerk@example.org")
    officer.press("Add the committee")
    arrived(page, "Members")


def add_member(officer: Visitor, name: str, group: str, role: str = "Member") -> None:
    """Seat somebody on the committee whose members are shown."""
    page = officer.page
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Political group").fill(group)
    page.get_by_label("Role on the committee").select_option(label=role)
    fill_date(page, "First day of membership", 20, 5, 2025)
    officer.press("Add the member")
    told(page, f"{name} is now on")


def schedule(officer: Visitor, place: str = "Council Chamber") -> int:
    """Put a meeting of the committee shown in the calendar; answer its id."""
    page = officer.page
    officer.press("Add a meeting")
    fill_date(page, "Date of the meeting", 8, 12, 2099)
    page.get_by_label("Start time").fill("10.00 am")
    page.get_by_label("Place").fill(place)
    officer.press("Add the meeting")
    page.wait_for_url(re.compile(r"/meetings/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def new_meeting(officer: Visitor, committee: str) -> int:
    """A committee with a meeting, both new; answer the meeting's id."""
    add_committee(officer, committee)
    officer.page.get_by_role("link", name="Back to the committee").click()
    return schedule(officer)


def fill_date(page: Page, legend: str, day: int, month: int, year: int) -> None:
    """Type a date into the three fields under this legend."""
    parts = page.get_by_role("group", name=legend)
    for label, number in (("Day", day), ("Month", month), ("Year", year)):
        parts.get_by_label(label).fill(str(number))


def add_item(
    officer: Visitor,
    title: str,
    *,
    kind: str = "Report",
    paragraph: int | None = None,
    public_title: str = "",
) -> None:
    """Add an item to the agenda shown; one with a paragraph of Schedule 12A is exempt."""
    page = officer.page
    page.get_by_label("Kind of item").select_option(label=kind)
    page.get_by_label("Title", exact=True).fill(title)
    officer.press("Add the item")
    told(page, f"“{title}” has been added.")
    if paragraph is not None:
        close_item(officer, title, paragraph, public_title)


def close_item(officer: Visitor, title: str, paragraph: int, public_title: str = "") -> None:
    """Say that an item of the agenda shown is exempt, with its public interest test."""
    page = officer.page
    page.get_by_role("link", name=for_("Who may read it", title)).click()
    arrived(page, re.compile("^Who may read item "))
    page.get_by_label("Exempt: Schedule 12A").check()
    page.get_by_role("checkbox", name=re.compile(rf"^{paragraph}\.")).check()
    for question in ("must the information be registered?", "grant itself planning permission?"):
        page.get_by_role("group", name=re.compile(re.escape(question))).get_by_label("No").check()
    page.get_by_label("What speaks for keeping it closed").fill("The bids are still open.")
    page.get_by_label("What speaks for disclosing it").fill("It is public money.")
    page.get_by_label("The interest in keeping it closed").check()
    page.get_by_label("Your conclusion").fill("A fair price matters more until then.")
    on = today() + timedelta(days=90)
    fill_date(page, "Weigh this again on", on.day, on.month, on.year)
    page.get_by_label("Title for the public").fill(public_title)
    officer.press("Save")
    told(page, f"“{title}” is now exempt.")


def open_everything(officer: Visitor) -> None:
    """Open all that is not classed on the agenda shown."""
    page = officer.page
    page.get_by_role("link", name="Open all these").click()
    arrived(page, "Open what is not classed")
    officer.press("Open all these")
    told(page, "opened.")


def edit_item(officer: Visitor, title: str) -> None:
    """Go from the agenda shown to the form of the item with this title."""
    page = officer.page
    page.get_by_role("link", name=for_("Edit", title)).click()
    # The agenda has a form with the same labels: nothing may be typed before the next page is here.
    arrived(page, re.compile("^Edit item "))


def for_(words: str, title: str) -> re.Pattern[str]:
    """The name of a control that says `words` to the eye, and whose it is to a screen reader."""
    return re.compile(rf"^{re.escape(words)}\s*:?\s*{re.escape(title)}\s*$", re.IGNORECASE)


def started(page: Page) -> None:
    """Wait until the page's scripts are at work; before that its forms are sent as they are."""
    page.locator("body.js-enabled").wait_for()


def arrived(page: Page, heading: str | re.Pattern[str]) -> None:
    """Wait until the page with this heading is here and its scripts, if any, have begun.

    They move the focus to a notice when they begin, which would take the keys from a field.
    """
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def told(page: Page, words: str) -> None:
    """Wait until a page is here, its scripts begun, whose notice holds these words."""
    expect(page.get_by_role("alert")).to_contain_text(words)
    page.wait_for_load_state()


def open_part(page: Page, name: str) -> None:
    """Go to another part of the meeting shown, as `Papers`, by its menu."""
    page.get_by_role("link", name=name, exact=True).click()
    arrived(page, name)


def see_titles(page: Page, wanted: list[str]) -> None:
    """Wait until the agenda shown has these titles, in this order."""
    expect(page.locator(".app-agenda__title")).to_have_text(wanted)


def see_numbers(page: Page, wanted: list[str]) -> None:
    """Wait until the items of the agenda shown have these numbers, in this order."""
    expect(page.locator("[data-number]")).to_have_text(wanted)


def section(page: Page, title: str) -> Locator:
    """The part of the papers page that belongs to the item with this title."""
    return page.locator("section.app-item-papers").filter(
        has=page.get_by_role("heading", level=2, name=re.compile(re.escape(title)))
    )


def send(part: Locator, files: Path | list[Path]) -> None:
    """Choose files in the file field of this part of a page, and send them."""
    folded = part.get_by_text("Add a paper")
    if folded.count():
        folded.click()
    part.locator("input[type=file]").set_input_files(files)
    part.locator("form[enctype] button[type=submit]").click()


def drop_files(page: Page, part: Locator, files: list[Path]) -> None:
    """Drag files from outside the browser onto this item's place for files, and let them go."""
    drop_at(page, part.locator("xpath=descendant-or-self::*[@data-module='app-drop-zone']"), files)


def drop_at(page: Page, zone: Locator, files: list[Path]) -> None:
    """Drag files from outside the browser to the upper part of this place, and let them go."""
    zone.scroll_into_view_if_needed()
    box = zone.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + 20,
                "data": {"items": [], "files": list(map(str, files)), "dragOperationsMask": 1},
            },
        )
    session.detach()


def record_words(page: Page, selector: str) -> None:
    """From now on keep every wording that the elements with this selector take."""
    page.evaluate(
        """selector => {
            const kept = (window.keptWords ??= {});
            const words = (kept[selector] ??= []);
            const note = () => document.querySelectorAll(selector).forEach((element) => {
                const text = element.textContent.trim();
                if (text && !words.includes(text)) words.push(text);
            });
            new MutationObserver(note).observe(
                document.body, {subtree: true, childList: true, characterData: true});
            note();
        }""",
        selector,
    )


def see_recorded(page: Page, selector: str, pattern: str) -> None:
    """Wait until a wording that was kept since `record_words` matches this pattern as a whole."""
    page.wait_for_function(
        """([selector, pattern]) => {
            const wanted = new RegExp(`^(?:${pattern})$`);
            return window.keptWords[selector].some((words) => wanted.test(words));
        }""",
        arg=[selector, pattern],
    )


def pack(page: Page, name: str) -> Locator:
    """The card of the pack with this name, as `Public pack`."""
    return page.get_by_role("region", name=name, exact=True)


def ask_for(page: Page, name: str) -> None:
    """Ask for this pack on the panel shown; the server has taken that down when this is over."""
    with page.expect_response(is_post):
        pack(page, name).get_by_role("button", name=re.compile("^Build the")).click()


def is_post(answer: Response) -> bool:
    """Whether this answers a form that was sent."""
    return answer.request.method == "POST"


def build(page: Page, name: str) -> None:
    """Ask for a pack on the panel shown and wait until the page itself says that it is built."""
    card = pack(page, name)
    ask_for(page, name)
    expect(card.get_by_text("Up to date")).to_be_visible(timeout=CHECKED)


def download(page: Page, link: Locator, folder: Path) -> Path:
    """Follow a link to a file and answer where it was kept, under its own name."""
    with page.expect_download() as arriving:
        link.click()
    kept = folder / arriving.value.suggested_filename
    arriving.value.save_as(kept)
    return kept


def said(page: Page, words: re.Pattern[str]) -> None:
    """Wait until the page has said this to screen readers."""
    expect(page.locator("#announcements")).to_have_text(words)
