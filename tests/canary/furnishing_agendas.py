"""Agendas, reports and papers: published, drafted, withdrawn, and moved to exempt and back."""

from dataclasses import replace
from io import BytesIO

from committee.agendas import accepting, classing, publishing
from committee.agendas import service as agendas
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience
from committee.reports import asking, report_papers, writing
from committee.reports import service as reports
from committee.reports.asking import Request
from committee.reports.header_block import (
    BackgroundDocument,
    Contact,
    HeaderBlock,
    RecommendationFields,
)
from committee.reports.models import Report
from committee.reports.rules import Verb
from committee.reports.service import Upload
from committee.storage import current_storage
from tests import builders
from tests.canary.council import Council, work_off
from tests.canary.making_files import a_pdf_file, a_word_file
from tests.canary.tokens import Tokens
from tests.reports.builders import A_BLOCK

WORD, PDF = ".docx", ".pdf"


def furnish_agendas(made: Council) -> None:
    """The agenda that is published twice, and one that nobody has published."""
    meeting = made.meetings["to come"]
    unseen_agenda(made)
    builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
    for name in made.every("removed item"):
        removed = an_exempt_item(made, meeting, name)
        with_papers(made, removed, name)
        agendas.remove_item(removed, now=now(), by=made.by("clerk"))
    if made.stubs:
        exempt_business(made, meeting)
    places = builders.an_item(meeting, "School places")
    receive(made, places, "Places report.pdf", builders.a_pdf(2, words="Places on page"))
    for name in made.every("removed paper"):
        paper = receive(made, places, f"{made.hidden(name)}.pdf", content_of(made, name, PDF))
        reports.remove(paper.paper, now=now(), by=made.by("clerk"))
    open_report(made, meeting)
    work_off()
    publish(made, meeting)
    if made.stubs:
        to_open_and_back(made, meeting)
    publish(made, meeting, change="The order of items has changed.")
    after_publication(made, places)


def exempt_business(made: Council, meeting: Meeting) -> None:
    """Two exempt items: one with papers of its own, the other made by an exempt report."""
    item = an_exempt_item(made, meeting, "exempt item")
    with_papers(made, item, "exempt item")
    for name in made.every("further paper"):
        receive(made, item, f"{made.hidden(name)}.pdf", content_of(made, name, PDF))
    report = a_report(made, meeting, "exempt report", exempt=True)
    title = "Staffing of one school"
    new = accepting.accept(report, None, now=now(), public_title=title, by=made.by("clerk"))
    db.session.flush()
    close(made, new, "exempt report", title)


def an_exempt_item(made: Council, meeting: Meeting, name: str) -> AgendaItem:
    """An item whose words are hidden but for the title that was approved for the public."""
    fields = ItemFields(
        kind=ItemKind.REPORT,
        title=made.hidden(f"agenda_item.title of the {name}"),
        description=made.hidden(f"agenda_item.description of the {name}"),
    )
    item = agendas.add_item(meeting, fields, by=made.by("clerk"))
    close(made, item, name, "Disposal of land")
    return item


def close(made: Council, item: AgendaItem, name: str, public_title: str) -> None:
    """Make the item exempt, after a public interest test of which no word is public."""
    words = {
        part: made.hidden(f"determination.{part} of the {name}")
        for part in ("factors_for", "factors_against", "conclusion")
    }
    said = replace(builders.EXEMPT, review_on=made.day(200), **words)
    fields = ClassFields(said, public_title)
    classing.classify_item(item, fields, now=now(), today=made.today, by=made.by("clerk"))
    db.session.flush()


def with_papers(made: Council, item: AgendaItem, name: str) -> None:
    """A Word file and a PDF under the item."""
    for ending in (WORD, PDF) if made.with_word else (PDF,):
        word = made.hidden(f"paper_version.original_name of the {name}'s {ending}")
        receive(made, item, word + ending, content_of(made, f"{name} {ending}", ending))


def content_of(made: Council, name: str, ending: str) -> bytes:
    """A file of that kind; its tokens are named after it. A twin's file has other words."""
    make = a_word_file if ending == WORD else a_pdf_file
    if made.tokens is not None:
        return make(made.tokens, f"file of the {name}")
    return make(Tokens(), f"{made.hidden('file')} {name}")


def receive(made: Council, item: AgendaItem, name: str, content: bytes) -> reports.PaperVersion:
    """Take a paper in, as the upload does."""
    upload = Upload(name, current_storage().save(BytesIO(content)))
    return reports.receive_paper(item.id, upload, by=made.by("clerk"))


def open_report(made: Council, meeting: Meeting) -> None:
    """A report on the agenda whose own papers and words anyone may read."""
    asked = asking.ask_for(
        meeting,
        Request("Bus passes", made.by("author"), made.day(10)),
        now=now(),
        by=made.by("clerk"),
    )
    db.session.flush()
    block = replace(A_BLOCK, subject="Bus passes", decision_number=None)
    writing.save(asked, block, now=now(), by=made.by("author"))
    report_papers.receive(
        asked, Upload("Passes.pdf", _stored(builders.a_pdf(1, words="Passes"))), by=None
    )
    work_off()
    writing.submit(asked, now=now(), by=made.by("author"))
    accepting.accept(asked, None, now=now(), by=made.by("clerk"))
    item = db.session.get_one(AgendaItem, asked.agenda_item_id)
    classing.classify_item(item, ClassFields(OPENED), now=now(), today=made.today)


def _stored(content: bytes) -> reports.Stored:
    return current_storage().save(BytesIO(content))


def a_report(made: Council, meeting: Meeting, name: str, *, exempt: bool = False) -> Report:
    """A report that was written and sent, with hidden words in each part."""

    block = hidden_block(made, name, exempt=exempt)
    asked = asking.ask_for(
        meeting,
        Request(block.subject, made.by("author"), made.day(10)),
        now=now(),
        by=made.by("clerk"),
    )
    db.session.flush()
    writing.save(asked, block, now=now(), by=made.by("author"))
    upload = Upload(
        f"{made.hidden(f'file name of the {name}')}.pdf", _stored(content_of(made, name, PDF))
    )
    report_papers.receive(asked, upload, by=made.by("author"))
    work_off()
    writing.submit(asked, now=now(), by=made.by("author"))
    db.session.flush()
    return asked


def hidden_block(made: Council, name: str, *, exempt: bool) -> HeaderBlock:
    """The header block of a report, with hidden words in each part."""

    def word(part: str) -> str:
        return made.hidden(f"report.{part} of the {name}")

    return replace(
        A_BLOCK,
        subject=word("subject"),
        from_whom=word("from_whom"),
        decision_number=None,
        past_pathway=word("past_pathway"),
        future_pathway=word("future_pathway"),
        divisions=word("divisions"),
        summary=word("summary"),
        recommendations=(
            RecommendationFields(
                (Verb.CONSIDER,), made.hidden(f"recommendation.text of the {name}")
            ),
        ),
        background_documents=(
            BackgroundDocument(word("background_documents"), word("background_documents")),
        ),
        contacts=tuple(
            Contact(each.role, word("contacts"), "Officer", "01632 960001", "a@example.org")
            for each in A_BLOCK.contacts
        ),
        said=Said(
            Classification.EXEMPT,
            paragraphs=(3,),
            factors_for=made.hidden(f"determination.factors_for by the author of the {name}"),
            factors_against=made.hidden(
                f"determination.factors_against by the author of the {name}"
            ),
        )
        if exempt
        else OPENED,
    )


def unseen_agenda(made: Council) -> None:
    """What is in hand for a meeting whose agenda nobody has published, with its packs built."""
    meeting = made.meetings["far off"]
    for name in made.every("drafted"):
        item = an_exempt_item(made, meeting, f"{name} exempt item")
        with_papers(made, item, f"{name} exempt item")
        title = made.hidden(f"agenda_item.title of the {name} open item")
        plain = builders.an_item(meeting, title)
        receive(made, plain, f"{title}.pdf", content_of(made, f"{name} open paper", PDF))
        refused = receive(made, plain, f"{made.hidden(name)}.docx", b"no Word file")
        db.session.flush()
        reason = made.hidden("paper_version.reason")
        reports.record_refused(refused, Refused("macros", reason, "Save it anew."), now=now())
        unfinished_reports(made, meeting, name)
        work_off()
        build(meeting)


def unfinished_reports(made: Council, meeting: Meeting, name: str) -> None:
    """Reports that were asked for, written, returned with a comment, and withdrawn."""
    subject = made.hidden(f"report.subject of the {name} request")
    asked = Request(subject, made.by("author"), made.day(40))
    asking.ask_for(meeting, asked, now=now(), by=made.by("clerk"))
    returned = a_report(made, meeting, f"{name} returned report")
    comment = made.hidden(f"report_step.comment of the {name}")
    writing.return_to_author(returned, comment, now=now(), by=made.by("clerk"))
    withdrawn = a_report(made, meeting, f"{name} withdrawn report")
    asking.withdraw(withdrawn, made.hidden("report_step.comment"), now=now(), by=made.by("clerk"))
    a_report(made, meeting, f"{name} sent report")
    db.session.commit()


def build(meeting: Meeting) -> tuple[Pack, Pack]:
    """Both packs of a meeting as it stands, built by the worker."""
    public = packs.ask_for(meeting, Audience.PUBLIC)
    restricted = packs.ask_for(meeting, Audience.RESTRICTED)
    work_off()
    for pack in (public, restricted):
        db.session.refresh(pack)
        assert pack.file_sha256, pack.failure
    return public, restricted


def publish(made: Council, meeting: Meeting, change: str | None = None) -> None:
    """Open what nobody has classed, publish the agenda with its packs, and let it be indexed."""
    agreed = classing.to_open(meeting)
    classing.open_all(meeting, agreed, now=now(), today=made.today, by=made.by("clerk"))
    db.session.commit()
    public, restricted = build(meeting)
    publishing.publish(
        meeting,
        today=made.today,
        now=now(),
        by=made.by("clerk"),
        reasons=publishing.Reasons(change=change),
        packs=(public.id, restricted.id),
    )
    work_off()


def to_open_and_back(made: Council, meeting: Meeting) -> None:
    """Open an exempt item by mistake, build the packs of that, and make it exempt again."""
    entries = agendas.numbered_items(meeting)
    item = next(each.item for each in entries if each.item.public_title == "Disposal of land")
    opened = ClassFields(OPENED)
    classing.open_with_papers(
        item, opened, acknowledged=True, now=now(), today=made.today, by=made.by("clerk")
    )
    build(meeting)
    close(made, item, "item opened by mistake", "Disposal of land")
    db.session.commit()


def after_publication(made: Council, places: AgendaItem) -> None:
    """What has changed since the agenda was published, and waits to be published itself."""
    for name in made.every("changed later"):
        builders.an_item(places.meeting, made.hidden(f"agenda_item.title of an item {name}"))
        title = made.hidden(f"agenda_item.title of an item {name} that nobody has classed")
        agendas.add_item(places.meeting, ItemFields(ItemKind.REPORT, title))
        (paper,) = reports.papers_of(places.id)
        upload = Upload(f"{made.hidden(name)}.pdf", _stored(content_of(made, name, PDF)))
        reports.receive_version(paper, upload, by=made.by("clerk"))
        paper.title = made.hidden(f"paper.title {name}")
        places.description = made.hidden(f"agenda_item.description {name}")
    work_off()
