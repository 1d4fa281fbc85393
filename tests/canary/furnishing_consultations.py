"""Consultations: open, reported, in draft, withdrawn; and responses, none of which is published."""

from committee.clock import now
from committee.consultations import publishing, questions, reading, responding, service, themes
from committee.consultations.models import Consultation, Response
from committee.consultations.questions import QuestionFields
from committee.consultations.responding import Given
from committee.consultations.rules import Channel, Consent, Position, QuestionKind
from committee.consultations.service import Particulars
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from tests.canary.council import OURS, Council, work_off

COMMENT, CHOICE, ORIGIN = "Why do you say so?", "Which stop?", "Where do you live?"


def furnish_consultations(made: Council) -> None:
    """One that is reported, one that is open, and drafts before, between and after."""
    unseen_consultations(made, "first")
    reported = a_consultation(made, "A larger school", made.day(-50), made.day(-20))
    responses(made, reported, made.day(-30))
    unseen_consultations(made, "second")
    running = a_consultation(made, "Fewer buses", made.day(-10), made.day(20))
    responses(made, running, made.day(-2))
    report(made, reported)
    unseen_themes(made, running)
    work_off()


def a_consultation(made: Council, title: str, opens: object, closes: object) -> Consultation:
    """A published consultation with every kind of question."""
    begun = set_up(made, title, "We propose a change.", opens, closes)
    service.publish(begun, now=made.at(begun.opens_on), today=begun.opens_on, by=made.by("clerk"))
    return begun


def set_up(made: Council, title: str, proposal: str, opens: object, closes: object) -> Consultation:
    """A draft with its types and questions."""
    particulars = Particulars(
        title=title,
        proposal=proposal,
        opens_on=opens,  # type: ignore[arg-type]
        closes_on=closes,  # type: ignore[arg-type]
        position_question="Do you support the proposal?",
    )
    begun = service.set_up(made.committees[OURS], particulars, by=made.by("author"))
    for name, singular in (("Parents", "Parent"), ("Pupils", "Pupil")):
        questions.add_type(begun, name=name, singular=singular, by=None)
    for kind, text, options, monitoring in (
        (QuestionKind.LONG_TEXT, COMMENT, (), False),
        (QuestionKind.ONE_CHOICE, CHOICE, ("North", "South"), False),
        (QuestionKind.ONE_CHOICE, ORIGIN, ("In town", "Elsewhere"), True),
    ):
        asked = QuestionFields(kind=kind, text=text, options=options, is_monitoring=monitoring)
        questions.add_question(begun, asked, by=None)
    db.session.flush()
    return begun


def responses(made: Council, consultation: Consultation, on: object) -> None:
    """Twelve responses by the form and one on paper, of which only the numbers are published."""
    for number in range(12):
        respond(made, consultation, f"response {number + 1}", on)
    keyed = responding.key_in(
        consultation,
        given(made, consultation, "letter"),
        channel=Channel.LETTER,
        received_on=on,  # type: ignore[arg-type]
        form_number=responding.new_form_number(),
        today=made.today,
        by=made.by("clerk"),
    )
    reading.mark_read(keyed, by=made.by("member"), considers=False, now=now())
    db.session.commit()


def respond(made: Council, consultation: Consultation, name: str, on: object) -> Response:
    """One response by the public form."""
    return responding.respond(
        consultation,
        given(made, consultation, name),
        form_number=responding.new_form_number(),
        today=on,  # type: ignore[arg-type]
    )


def given(made: Council, consultation: Consultation, name: str) -> Given:
    """What somebody said, every word of it between them and the council."""
    asked = {each.text: each for each in consultation.questions}
    which = f"{name} to {consultation.slug[:20]}"
    return Given(
        types=(consultation.respondent_types[0].id,),
        other_type=made.hidden(f"response.other_type of {which}"),
        position=Position.SUPPORT,
        texts={asked[COMMENT].id: made.hidden(f"answer.text of {which}")},
        options={asked[CHOICE].id: (asked[CHOICE].options[0].id,)},
        monitoring={asked[ORIGIN].id: (asked[ORIGIN].options[0].id,)},
        name=made.hidden(f"response.name of {which}"),
        organisation=made.hidden(f"response.organisation of {which}"),
        consent=Consent.NOT_PUBLISHED,
    )


def report(made: Council, consultation: Consultation) -> None:
    """Close it and publish its results, with a theme that anyone may read."""
    theme = themes.add_theme(
        consultation,
        ThemeFields(
            "Noise",
            definition=made.hidden("theme.definition of what is published"),
            officers_answer="A wall.",
        ),
        by=made.by("clerk"),
    )
    db.session.flush()
    assert theme.id
    service.close_ended(made.today)
    publishing.publish_summary(
        consultation, change_reason=None, now=now(), today=made.today, by=made.by("clerk")
    )


def unseen_themes(made: Council, consultation: Consultation) -> None:
    """Themes of responses to a consultation whose results nobody has published."""
    for name in made.every("theme"):
        fields = ThemeFields(
            made.hidden(f"theme.name {name}"),
            definition=made.hidden(f"theme.definition {name}"),
            officers_answer=made.hidden(f"theme.officers_answer {name}"),
        )
        themes.add_theme(consultation, fields, by=made.by("clerk"))


def unseen_consultations(made: Council, when: str) -> None:
    """Drafts, one of them withdrawn before anybody saw it."""
    for name in made.every(f"{when} draft"):
        for withdrawn in (False, True):
            draft = set_up(
                made,
                made.hidden(f"consultation.title of the {name}"),
                made.hidden(f"consultation.proposal of the {name}"),
                made.day(40),
                made.day(80),
            )
            draft.promotion = made.hidden(f"consultation.promotion of the {name}")
            words = made.hidden(f"question.text of the {name}")
            asked = QuestionFields(QuestionKind.LONG_TEXT, words)
            added = questions.add_question(draft, asked, by=None)
            added.hint = made.hidden(f"question.hint of the {name}")
            word = made.hidden(f"respondent_type.name of the {name}")
            questions.add_type(draft, name=word, singular=word, by=None)
            if withdrawn:
                reason = made.hidden(f"consultation.withdrawal_reason of the {name}")
                service.withdraw(draft, reason, by=made.by("clerk"))
    db.session.commit()
