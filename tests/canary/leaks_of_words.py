"""Planted leaks: hidden words in what is published, and in what goes along with it."""

import base64
from collections.abc import Mapping
from typing import Any

import pikepdf
from flask import Response, make_response, request
from pikepdf import Name, OutlineItem, String

from committee.agendas import contents as agenda_contents
from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.decisions import publishing as records
from committee.decisions import service as decisions
from committee.decisions.rules import RecordKind
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes import contents as minutes_contents
from committee.minutes import publishing as minutes
from committee.minutes import service as minute_service
from committee.packs import manifest
from committee.public import calendars, news
from committee.search import indexing
from tests.canary.council import work_off
from tests.canary.furnishing_agendas import publish
from tests.canary.planting import Planted, leak

MEETING, PACK = "GET public.meeting as visitor", "GET publishing.pack as visitor"


def meeting(planted: Planted, name: str) -> Meeting:
    """One of the council's meetings, read anew."""
    council = planted.watched.council
    found = db.session.get_one(Meeting, council_ids(planted)[name])
    council.meetings[name] = found
    return found


def council_ids(planted: Planted) -> dict[str, int]:
    """The ids of the meetings by their names."""
    names = ("held", "held later", "to come", "far off", "theirs")
    return dict(zip(names, range(1, 6), strict=True))


def published_again(planted: Planted) -> None:
    """Publish the agenda once more, with its packs, through the change."""
    found = meeting(planted, "to come")
    council = planted.watched.council
    council.by = lambda _: 1  # type: ignore[method-assign, assignment]
    for entry in agendas.numbered_items(found):
        if entry.item.is_unclassed:
            agendas.remove_item(entry.item, now=council.at(council.today))
    publish(council, found, change="Published once more.")


@leak(MEETING, "public.meeting", of="exempt")
def open_contents_made_of_everything(planted: Planted) -> None:
    planted.change(
        "committee.agendas.publishing.open_contents", agenda_contents.restricted_contents
    )
    published_again(planted)


@leak(MEETING, "public.meeting", of="exempt")
def the_own_title_in_the_stub(planted: Planted) -> None:
    planted.change("committee.agendas.models.AgendaItem.title_for_public",
                   property(lambda item: item.title))  # fmt: skip
    published_again(planted)


@leak(PACK, "publishing.pack", of="exempt")
def a_pack_with_everything(planted: Planted) -> None:
    def whole(number: str, item: AgendaItem) -> object:
        return manifest._item(number, item, item.papers)

    planted.change("committee.packs.manifest._public_stub", whole)
    published_again(planted)


@leak(PACK, "publishing.pack")
def a_page_taken_out_of_the_restricted_pack(planted: Planted) -> None:
    def subtract(public: pikepdf.Pdf, restricted: pikepdf.Pdf) -> None:
        page = restricted.pages[-1]
        public.pages.append(page)
        public.Root["/Kept"] = public.pages[-1].obj
        del public.pages[-1]

    planted.pack(subtract)


@leak(PACK, "publishing.pack")
def only_the_fonts_numbers_of_a_page_left(planted: Planted) -> None:
    def subtract(public: pikepdf.Pdf, restricted: pikepdf.Pdf) -> None:
        public.pages.append(restricted.pages[-1])
        public.Root["/Kept"] = public.pages[-1].obj.Contents
        public.pages[0].obj["/Resources"]["/Font"] = public.pages[-1].obj.Resources.Font
        del public.pages[-1]

    planted.pack(subtract)


@leak(PACK, "publishing.pack")
def the_own_title_in_the_outline_of_a_pack(planted: Planted) -> None:
    def add(public: pikepdf.Pdf, _: pikepdf.Pdf) -> None:
        with public.open_outline() as outline:
            outline.root.append(OutlineItem(planted.secret(), 0))

    planted.pack(add)


@leak(PACK, "publishing.pack")
def an_author_in_the_metadata_of_a_pack(planted: Planted) -> None:
    secret = planted.secret("file of the exempt item .docx: metadata author")
    planted.pack(lambda public, _: public.docinfo.__setitem__("/Author", String(secret)))


@leak(PACK, "publishing.pack")
def the_paper_attached_to_a_pack(planted: Planted) -> None:
    def attach(public: pikepdf.Pdf, _: pikepdf.Pdf) -> None:
        content = f"Price: {planted.secret()}".encode().hex().encode()
        public.attachments["paper.bin"] = pikepdf.AttachedFileSpec(public, content)

    planted.pack(attach)


@leak(PACK, "publishing.pack")
def a_picture_of_an_exempt_paper(planted: Planted) -> None:
    colours = planted.watched.tokens.colours
    colour = next(each for each, name in colours.items() if "exempt item .docx" in name)

    def draw(public: pikepdf.Pdf, _: pikepdf.Pdf) -> None:
        picture = public.make_stream(bytes(colour) * 24 * 24)
        picture["/Type"], picture["/Subtype"] = Name.XObject, Name.Image
        picture["/Width"] = picture["/Height"] = 24
        picture["/ColorSpace"], picture["/BitsPerComponent"] = Name.DeviceRGB, 8
        public.Root["/Kept"] = public.make_indirect(picture)

    planted.pack(draw)


@leak("header Content-Disposition of publishing.pack as visitor", "publishing.pack")
def the_own_title_in_the_name_of_a_file(planted: Planted) -> None:
    name = f"{planted.secret()}.pdf"
    planted.change("committee.packs.publishing_views.file_name", lambda _: name)


@leak("GET feeds.lately as visitor", "feeds.lately")
def own_titles_in_the_feed(planted: Planted) -> None:
    real = news._agendas

    def told() -> Any:
        for item in real():
            yield news.NewsItem(item.name, item.at, planted.secret(), item.address, item.summary)

    planted.change("committee.public.news._agendas", told)


@leak("GET feeds.calendar as visitor", "feeds.calendar")
def own_titles_in_the_calendar(planted: Planted) -> None:
    real = calendars._event

    def event(*given: Any) -> Any:
        made = real(*given)
        made.add("comment", planted.secret())
        return made

    planted.change("committee.public.calendars._event", event)


@leak("header ETag of feeds.calendar as visitor", "feeds.calendar")
def a_tag_made_of_a_title(planted: Planted) -> None:
    tag = base64.b64encode(f"v1:{planted.secret()}".encode()).decode()
    planted.change("werkzeug.wrappers.Response.add_etag",
                   lambda answer, *_: answer.set_etag(tag))  # fmt: skip


@leak("header X-Items of public.meeting as visitor", "public.meeting")
def a_title_in_a_header(planted: Planted) -> None:
    after(planted, lambda answer: answer.headers.__setitem__("X-Items", planted.secret()))


@leak("header Set-Cookie of public.home as visitor", "public.home")
def a_title_in_a_cookie(planted: Planted) -> None:
    value = base64.urlsafe_b64encode(planted.secret().encode()).decode()
    after(planted, lambda answer: answer.set_cookie("seen", value))


def after(planted: Planted, change: Any) -> None:
    """Change every answer that is not a file."""
    functions = planted.watched.installation.app.after_request_funcs.setdefault(None, [])

    def changed(answer: Response) -> Response:
        if request.endpoint != "static":
            change(answer)
        return answer

    functions.insert(0, changed)  # the first is asked last, when nothing mends it any more
    planted.stack.callback(functions.remove, changed)


@leak("GET published_minutes.read as visitor", "published_minutes.read")
def an_exempt_minute_in_the_open_minutes(planted: Planted) -> None:
    planted.change("committee.minutes.contents._openly", minutes_contents._whole)
    minutes_again(planted)


@leak("GET published_minutes.read as visitor", "published_minutes.read")
def the_nature_of_an_interest_in_an_exempt_item(planted: Planted) -> None:
    planted.change("committee.minutes.contents._declared_openly", minutes_contents._declared)
    minutes_again(planted)


@leak("GET published_minutes.file as visitor", "published_minutes.file")
def an_exempt_minute_in_the_files_of_the_minutes(planted: Planted) -> None:
    planted.change("committee.minutes.contents._openly", minutes_contents._whole)
    minutes_again(planted)


def minutes_again(planted: Planted) -> None:
    """Publish a correction of the approved minutes, through the change."""
    found = minute_service.minutes_of(meeting(planted, "held"))
    assert found is not None
    council = planted.watched.council
    minutes.publish(
        found, today=council.today, now=council.at(council.today), by=1, change_reason="A slip."
    )
    work_off()


@leak("GET decision_pages.record as visitor", "decision_pages.record")
def the_words_of_an_exempt_record(planted: Planted) -> None:
    def whole(_decision: object, said: Mapping[str, Any]) -> dict[str, Any]:
        return {**said, "for_publication": True}

    planted.change("committee.decisions.publishing._open_part", whole)
    number = planted.row("SELECT number FROM decision WHERE restriction = 'fully_exempt'")[0]
    found = decisions.decision_with_number(number)
    assert found is not None
    council = planted.watched.council
    records.correct_record(
        found,
        {"alternatives": "None but this."},
        of=records.newest(found, RecordKind.FINAL),
        reason="A slip.",
        now=council.at(council.today),
        today=council.today,
    )
    work_off()


@leak("GET search.results as visitor", "search.results", searches=True, of="exempt")
def exempt_items_in_the_index(planted: Planted) -> None:
    secret = planted.secret()
    real = indexing._meeting

    def entry(version: Any) -> Any:
        made = real(version)
        made.text += f"\n{secret} school committee the land"
        return made

    planted.change("committee.search.indexing._meeting", entry)
    published_again(planted)


@leak("search for the word as visitor", searches=True)
def a_hidden_word_that_finds_something(planted: Planted) -> None:
    for number, token in enumerate(planted.watched.tokens.names, start=90_000):
        planted.row(
            "INSERT INTO search_entry (kind, subject_id, page, title, text, address, made_of) "
            "VALUES ('decision', :id, 0, 'Something', :token, '/', '')",
            id=number,
            token=token,
        )


@leak("GET public.home as visitor", "public.home")
def the_error_on_its_page(planted: Planted) -> None:
    secret = planted.secret()

    def broken(**_: object) -> None:
        raise ValueError(secret)

    planted.change("committee.public.views.front_page", broken)
    handlers = planted.watched.installation.app.error_handler_spec[None][500]
    kind = next(iter(handlers))
    real = handlers[kind]
    planted.stack.callback(handlers.__setitem__, kind, real)
    handlers[kind] = lambda error: make_response(f"Sorry: {error.original_exception}", 500)
