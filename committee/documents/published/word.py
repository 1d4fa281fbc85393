"""The published documents as Word files, from the same parts as their PDFs."""

from pathlib import Path

from committee.documents.pack.lettering import sound_line
from committee.documents.published.consultation import ConsultationText, consultation_sections
from committee.documents.published.making import Section
from committee.documents.published.minutes import (
    MinutesText,
    attendance_sections,
    entry_blocks,
    held_line,
    minutes_parts,
    minutes_title,
)
from committee.documents.published.record import (
    RecordText,
    call_in_facts,
    not_signed,
    record_facts,
    record_sections,
    record_title,
    taken_by_label,
)
from committee.documents.published.word_file import (
    add_facts,
    add_section,
    add_signature,
    new_document,
    save,
)

TO_BE_SIGNED = "Signed by the person presiding ____________________    Date ______________"


def minutes_word(text: MinutesText, target: Path) -> None:
    """Write the minutes as a Word file. Equal minutes give equal bytes."""
    document = new_document(
        title=minutes_title(text), council=text.council, colour=text.colour, language=text.language
    )
    document.add_paragraph("Minutes of the meeting of the")
    document.add_heading(sound_line(text.committee), 1)
    document.add_paragraph(sound_line(held_line(text)))
    document.add_paragraph().add_run(sound_line(text.status)).bold = True
    for section in attendance_sections(text):
        add_section(document, section, 2)
    for part in minutes_parts(text):
        document.add_heading(part.heading, 2)
        document.add_paragraph(part.note)
        for entry in part.entries:
            add_section(document, Section(entry.heading, entry_blocks(entry)), 3)
    add_signature(document, text.signature, TO_BE_SIGNED)
    save(document, target)


def record_word(text: RecordText, target: Path) -> None:
    """Write the record, or the proposed one, as a Word file. Equal records give equal bytes."""
    kind = record_title(text)
    document = new_document(
        title=f"{kind} {text.decision_number}: {text.subject}",
        council=text.council,
        colour=text.colour,
        language=text.language,
    )
    document.add_heading(kind, 1)
    maker = ", ".join(part for part in (text.decision_maker_name, text.decision_maker) if part)
    head = ((taken_by_label(text), maker), ("DECISION NUMBER", text.decision_number))
    add_facts(document, (*head, *record_facts(text)))
    for section in record_sections(text):
        add_section(document, section, 2)
    document.add_heading("Signature", 2)
    add_signature(document, text.signature, not_signed(text))
    if text.call_in is not None:
        document.add_heading("Publication and call-in", 2)
        add_facts(document, call_in_facts(text.call_in))
    save(document, target)


def consultation_word(text: ConsultationText, target: Path) -> None:
    """Write the consultation's summary as a Word file. Equal summaries give equal bytes."""
    title = f"Consultation summary: {text.title}"
    document = new_document(
        title=title, council=text.council, colour=text.colour, language=text.language
    )
    document.add_heading(sound_line(title), 1)
    if text.decision_number:
        add_facts(document, (("Decision number", text.decision_number),))
    for section in consultation_sections(text):
        add_section(document, section, 2)
    save(document, target)
