"""The figures of a consultation as they stand: what the summary shows and what it freezes.

Counted are responses that came in time, once for each person. Late ones and further ones of the
same person are kept, shown apart, and never silently left out.
"""

from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from committee.consultations.counting import (
    Tally,
    TypeName,
    closed_question,
    respondent_table,
)
from committee.consultations.disclosure import SMALLEST_SHOWN, protect
from committee.consultations.models import (
    Answer,
    Consultation,
    Question,
    Response,
    Theme,
    ThemeOccurrence,
    answer_option,
    response_type,
)
from committee.consultations.monitoring_models import MonitoringAnswer
from committee.consultations.rules import (
    CHANNEL_LABELS,
    CLOSED_KINDS,
    POSITION_LABELS,
    Channel,
    Position,
    QuestionKind,
    length_in_days,
)
from committee.extensions import db

NO_POSITION = "No position"


def contents_of(consultation: Consultation) -> dict[str, Any]:
    """Everything the summary says, as plain JSON. Makes the same number of queries for any size."""
    questions = consultation.questions
    return {
        "title": consultation.title,
        "committee": consultation.committee.name,
        "decision_number": announced_number(consultation),
        "opens_on": consultation.opens_on.isoformat(),
        "closes_on": consultation.closes_on.isoformat(),
        "days": length_in_days(consultation.opens_on, consultation.closes_on),
        "extensions": [
            {
                "from": each.closed_before.isoformat(),
                "to": each.closes_on.isoformat(),
                "reason": each.reason,
            }
            for each in consultation.extensions
        ],
        "promotion": consultation.promotion,
        "copies_sent": consultation.copies_sent,
        "responses": _numbers(consultation),
        "position_question": consultation.position_question,
        "table": _table(consultation, on_time=True),
        "late_table": _table(consultation, on_time=False),
        "questions": _closed(consultation, [q for q in questions if not q.is_monitoring]),
        "open_questions": _open(consultation, [q for q in questions if not q.is_monitoring]),
        "themes": _themes(consultation),
        "monitoring": _monitoring([q for q in questions if q.is_monitoring]),
    }


def announced_number(consultation: Consultation) -> str | None:
    """The number of the decision that it belongs to, once anyone can read of it in a notice."""
    decision = consultation.decision
    return decision.number if decision is not None and decision.notices else None


def _numbers(consultation: Consultation) -> dict[str, Any]:
    of_it = Response.consultation_id == consultation.id
    rows = db.session.execute(
        select(
            Response.channel,
            Response.on_time,
            Response.same_person_as_id.is_not(None).label("repeated"),
            func.count().label("number"),
        )
        .where(of_it)
        .group_by(Response.channel, Response.on_time, Response.same_person_as_id.is_not(None))
    ).all()
    petitions = db.session.scalars(
        select(Response.signatures)
        .where(of_it, Response.signatures > 1)
        .order_by(Response.signatures.desc(), Response.id)
    ).all()
    channels = {channel: sum(r.number for r in rows if r.channel is channel) for channel in Channel}
    return {
        "received": sum(row.number for row in rows),
        "counted": sum(row.number for row in rows if row.on_time and not row.repeated),
        "late": sum(row.number for row in rows if not row.on_time and not row.repeated),
        "repeats": sum(row.number for row in rows if row.repeated),
        "petitions": list(petitions),
        "by_channel": [
            {"channel": channel.value, "label": CHANNEL_LABELS[channel], "count": number}
            for channel, number in channels.items()
            if number
        ],
    }


def _counted(consultation: Consultation, *, on_time: bool = True) -> tuple[Any, ...]:
    """The conditions under which a response is counted."""
    return (
        Response.consultation_id == consultation.id,
        Response.on_time.is_(on_time),
        Response.same_person_as_id.is_(None),
    )


def _table(consultation: Consultation, *, on_time: bool) -> dict[str, Any]:
    types = consultation.respondent_types
    places = {each.id: place for place, each in enumerate(types)}
    ticked = func.array_agg(
        aggregate_order_by(
            response_type.c.respondent_type_id, response_type.c.respondent_type_id.asc()
        )
    )
    of_each = (
        select(
            Response.position,
            Response.other_type.is_not(None).label("described"),
            ticked.label("types"),
        )
        .outerjoin(response_type, response_type.c.response_id == Response.id)
        .where(*_counted(consultation, on_time=on_time))
        .group_by(Response.id)
        .subquery()
    )
    rows = db.session.execute(
        select(of_each.c.position, of_each.c.described, of_each.c.types, func.count()).group_by(
            of_each.c.position, of_each.c.described, of_each.c.types
        )
    )
    tallies = [
        Tally(
            tuple(sorted(places[each] for each in ids if each is not None)),
            position,
            number,
            described,
        )
        for position, described, ids, number in rows
    ]
    return respondent_table(
        [TypeName(each.name, each.singular) for each in types],
        tallies,
        with_positions=consultation.position_question is not None,
    )


def _closed(consultation: Consultation, questions: list[Question]) -> list[dict[str, Any]]:
    closed = [question for question in questions if question.kind in CLOSED_KINDS]
    counted = (
        select(answer_option.c.option_id, Answer.question_id, Answer.id)
        .join(Answer, Answer.id == answer_option.c.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(*_counted(consultation), Answer.question_id.in_([q.id for q in closed]))
        .subquery()
    )
    by_option: dict[Any, int] = dict(
        db.session.execute(
            select(counted.c.option_id, func.count()).group_by(counted.c.option_id)
        ).all()
    )
    bases: dict[Any, int] = dict(
        db.session.execute(
            select(counted.c.question_id, func.count(distinct(counted.c.id))).group_by(
                counted.c.question_id
            )
        ).all()
    )
    return [
        closed_question(
            question.text,
            several=question.kind is QuestionKind.SEVERAL_CHOICES,
            base=bases.get(question.id, 0),
            answers=[(option.label, by_option.get(option.id, 0)) for option in question.options],
        )
        for question in closed
    ]


def _open(consultation: Consultation, questions: list[Question]) -> list[dict[str, Any]]:
    opened = [question for question in questions if question.kind not in CLOSED_KINDS]
    answered = dict(
        db.session.execute(
            select(Answer.question_id, func.count())
            .join(Response, Response.id == Answer.response_id)
            .where(*_counted(consultation), Answer.question_id.in_([q.id for q in opened]))
            .group_by(Answer.question_id)
        ).all()
    )
    return [{"text": each.text, "answered": answered.get(each.id, 0)} for each in opened]


def _themes(consultation: Consultation) -> list[dict[str, Any]]:
    """Comments by theme: of each person who is counted, one for each theme they touched."""
    person = func.coalesce(Response.same_person_as_id, Response.id)
    in_time = select(Response.id).where(*_counted(consultation))
    base = (
        select(Theme.stance, Theme.id, person.label("person"))
        .join(ThemeOccurrence, ThemeOccurrence.theme_id == Theme.id)
        .join(Response, Response.id == ThemeOccurrence.response_id)
        .where(Theme.consultation_id == consultation.id, person.in_(in_time))
        .subquery()
    )
    counts: dict[Any, int] = dict(
        db.session.execute(
            select(base.c.id, func.count(distinct(base.c.person))).group_by(base.c.id)
        ).all()
    )
    people: dict[Any, int] = dict(
        db.session.execute(
            select(base.c.stance, func.count(distinct(base.c.person))).group_by(base.c.stance)
        ).all()
    )
    groups = []
    for stance in (*Position, None):
        themes = [theme for theme in consultation.themes if theme.stance == stance]
        if themes:
            groups.append(_group(stance, themes, counts, people.get(stance, 0)))
    return groups


def _group(
    stance: Position | None, themes: list[Theme], counts: dict[int, int], people: int
) -> dict[str, Any]:
    entries = [
        {
            "name": theme.name,
            "definition": theme.definition,
            "count": counts.get(theme.id, 0),
            "answer": theme.officers_answer,
        }
        for theme in themes
    ]
    return {
        "stance": stance.value if stance else None,
        "label": POSITION_LABELS[stance] if stance else NO_POSITION,
        "people": people,
        "occurrences": sum(counts.get(theme.id, 0) for theme in themes),
        "themes": sorted(entries, key=lambda entry: -entry["count"]),
    }


def _monitoring(questions: list[Question]) -> list[dict[str, Any]]:
    """Each question's table as it may be published: small numbers are left out here already.

    Answers cannot be matched with responses, so late ones and repeats are among them.
    """
    counts: dict[int, int] = dict(
        db.session.execute(
            select(MonitoringAnswer.option_id, func.count())
            .where(MonitoringAnswer.question_id.in_([question.id for question in questions]))
            .group_by(MonitoringAnswer.option_id)
        ).all()
    )
    return [
        monitoring_table(
            question.text, [(each.label, counts.get(each.id, 0)) for each in question.options]
        )
        for question in questions
    ]


def monitoring_table(text: str, answers: list[tuple[str, int]]) -> dict[str, Any]:
    """The answers to one equality question without what could tell about one person."""
    numbers = [number for _, number in answers]
    shown, base = protect(numbers), sum(numbers)
    return {
        "text": text,
        "base": base if base == 0 or base >= SMALLEST_SHOWN else None,
        "smallest": SMALLEST_SHOWN,
        "withheld": shown.withheld,
        "together": shown.together,
        "answers": [
            {"label": label, "count": count}
            for (label, _), count in zip(answers, shown.counts, strict=True)
        ],
    }
