"""Consultations: open, reported, in draft, withdrawn; and responses, few of which are open."""

from dataclasses import replace

from committee.clock import now
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.consultations import (
    classing,
    publishing,
    questions,
    reading,
    responding,
    service,
    themes,
)
from committee.consultations.models import Consultation, Response
from committee.consultations.questions import QuestionFields
from committee.consultations.responding import Given
from committee.consultations.rules import Channel, Consent, Position, QuestionKind
from committee.consultations.service import Particulars
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from tests.canary.council import OURS, Council, work_off

COMMENT, CHOICE, ORIGIN = "Why do you say so?", "Which stop?", "Where do you live?"


CLASSES = (
    Said(Classification.EXEMPT, (1, 2), own_planning=False, outweighs=True),
    Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER),
)


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
    """Twelve responses by the form, some that were classed, and one on paper, of which only the
    numbers are published; with them two that anyone may read once people were asked for the last
    time, of which one keeps its writer's name back."""
    for number in range(12):
        response = respond(made, consultation, f"response {number + 1}", on)
        if number < len(CLASSES):
            classify(made, response, CLASSES[number])
    for consent, organisation in ((Consent.IN_FULL, "A school"), (Consent.WITHOUT_NAME, "A club")):
        opened(made, consultation, on, consent, organisation)
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


def opened(
    made: Council, consultation: Consultation, on: object, consent: Consent, organisation: str
) -> None:
    """One that is open, whose words are for anyone where its consultation has closed."""
    said = given(made, consultation, organisation)
    has_closed = consultation.closes_on < made.today
    if has_closed:
        said = replace(
            said, organisation=organisation, texts=dict.fromkeys(said.texts, "We agree.")
        )
        if consent is Consent.IN_FULL:
            said = replace(said, name="Mx Open Named")
    response = responding.respond(
        consultation,
        replace(said, consent=consent),
        form_number=responding.new_form_number(),
        today=on,  # type: ignore[arg-type]
    )
    classify(made, response, OPENED)


def classify(made: Council, response: Response, said: Said) -> None:
    """Give it a class, where that is a closed one with reasons that are between officers."""
    name = f"of response {response.id}"
    if said.classification is Classification.EXEMPT:
        said = replace(
            said,
            factors_for=made.hidden(f"determination.factors_for {name}"),
            factors_against=made.hidden(f"determination.factors_against {name}"),
            conclusion=made.hidden(f"determination.conclusion {name}"),
            review_on=made.day(100),
        )
    classing.classify_response(response, said, now=now(), today=made.today, by=made.by("clerk"))


def respond(made: Council, consultation: Consultation, name: str, on: object) -> Response:
    """One response by the public form."""
    return responding.respond(
        consultation,
        given(made, consultation, name),
        form_number=responding.new_form_number(),
        today=on,  # type: ignore[arg-type]
    )


def given(made: Council, consultation: Consultation, name: str) -> Given:
    """What somebody said, every word of it between them and the council until it is opened."""
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
        consent=Consent.IN_FULL,
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
