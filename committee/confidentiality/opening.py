"""Making open what the law has closed: whoever does it is asked a second time, in sight of what
anyone may read from then on. What nobody has classed yet is opened in one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_wtf import FlaskForm

from committee.confidentiality import service
from committee.confidentiality.rules import Said
from committee.confidentiality.service import Subject

ANSWER = "opening"  # the field that carries the answer
BACK = "back"  # the answer of somebody who would rather look at the form again


@dataclass(frozen=True)
class Asked:
    """What is asked, and where it stands: `told` names each thing that becomes public with its
    words, `then` says what comes of it, and `leave` is where to go to save nothing."""

    title: str
    caption: str
    told: Sequence[tuple[str, Sequence[str]]]
    then: str
    leave: str
    section: str
    trail: Sequence[dict[str, str]]


def question(subject: Subject, *seen: object) -> str:
    """What somebody agrees to who opens a thing: that what was last said of it holds no longer.

    Whatever else they have `seen` is part of it, so that an answer to an earlier question is no
    answer once something has come or changed.
    """
    history = service.determinations_of(subject)
    return "-".join(["open", str(history[0].id if history else 0), *map(str, seen)])


def is_called_off() -> bool:
    """Whether the answer sent was to go back to the form."""
    return request.form.get(ANSWER) == BACK


def is_asked(subject: Subject, said: Said, question: str) -> bool:
    """Whether it has still to be asked before this is saved: it would open what was closed, and
    the answer sent does not agree to exactly this question."""
    return service.opens_closed(subject, said) and not is_agreed(question)


def is_agreed(question: str) -> bool:
    """Whether the answer sent agrees to exactly this question."""
    return request.form.get(ANSWER) == question


def page(form: FlaskForm, asked: Asked, question: str) -> str:
    """The page that asks. It carries on all that was typed into the form."""
    names = {*form.data, "do"} - {"csrf_token"}
    sent = request.form.items(multi=True)
    return render_template(
        "confidentiality/open_closed.html",
        asked=asked,
        typed=[(name, text) for name, text in sent if name.split("-")[0] in names],
        answer=ANSWER,
        question=question,
        back=BACK,
    )
