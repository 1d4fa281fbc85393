"""Between the form of a header block and its plain values; rows of the form, and its mistakes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField

from committee.confidentiality.rules import Classification, ConfidenceBasis, Said
from committee.reports.forms import MOST_ROWS, ContactForm, ReportForm
from committee.reports.header_block import (
    AUTHOR,
    DIRECTOR,
    BackgroundDocument,
    Contact,
    HeaderBlock,
    Missing,
    RecommendationFields,
)
from committee.reports.rules import Verb
from committee.web.fields import add_error, mistakes

LISTS = ("recommendations", "background_documents")
ADD = re.compile(r"(?P<list>recommendations|background_documents)-add\Z")
CHANGE = re.compile(
    r"(?P<list>recommendations|background_documents)-(?P<row>[0-9]{1,3})-(?P<what>remove|up|down)\Z"
)
PLAIN = (
    "subject",
    "from_whom",
    "decision_number",
    "past_pathway",
    "future_pathway",
    "divisions",
    "summary",
)


def block_of(form: ReportForm) -> HeaderBlock:
    """What was filled in. Rows that were left empty are left out."""
    return HeaderBlock(
        **{name: form[name].data for name in PLAIN},
        said=_said(form),
        recommendations=tuple(
            RecommendationFields(tuple(Verb(verb) for verb in row["verbs"]), row["text"])
            for row in form.recommendations.data
            if row["text"]
        ),
        background_documents=tuple(
            BackgroundDocument(row["title"], row["location"])
            for row in form.background_documents.data
            if row["title"]
        ),
        no_background_documents=form.no_background_documents.data,
        contacts=(_contact(AUTHOR, form.author.form), _contact(DIRECTOR, form.director.form)),
    )


def form_data(block: HeaderBlock, *, version: int, author_name: str) -> dict[str, Any]:
    """What the form shows of a header block before anything is typed.

    The report's author is proposed as the person to ask, by name.
    """
    contacts = {contact.role: asdict(contact) for contact in block.contacts}
    return {
        **{name: getattr(block, name) for name in PLAIN},
        "version": str(version),
        **_class_data(block.said),
        "recommendations": [
            {"verbs": [verb.value for verb in each.verbs], "text": each.text}
            for each in block.recommendations
        ],
        "background_documents": [asdict(each) for each in block.background_documents],
        "no_background_documents": block.no_background_documents,
        "author": contacts.get(AUTHOR, {"name": author_name}),
        "director": contacts.get(DIRECTOR, {}),
    }


def _said(form: ReportForm) -> Said:
    """What was chosen of the class, or that nothing was."""
    basis = form.confidence_basis.data
    return Said(
        Classification(form.classification.data or Classification.UNCLASSED),
        paragraphs=tuple(form.exempt_paragraphs.data or ()),
        terms_of_contract=form.terms_of_contract.data,
        factors_for=form.factors_for.data or None,
        factors_against=form.factors_against.data or None,
        confidence_basis=ConfidenceBasis(basis) if basis in set(ConfidenceBasis) else None,
    )


def _class_data(said: Said) -> dict[str, Any]:
    is_classed = said.classification is not Classification.UNCLASSED
    return {
        "classification": said.classification.value if is_classed else None,
        "exempt_paragraphs": list(said.paragraphs),
        "terms_of_contract": said.terms_of_contract,
        "factors_for": said.factors_for,
        "factors_against": said.factors_against,
        "confidence_basis": said.confidence_basis.value if said.confidence_basis else None,
    }


def rearranged(form: ReportForm, act: str) -> dict[str, Any] | None:
    """The form's data after a row was added, removed or moved; nothing for any other act.

    Acts are `recommendations-add`, `recommendations-2-remove`, `-up` and `-down`, and the same
    for `background_documents`. Rows count from 0; one that is not there changes nothing.
    """
    if match := ADD.match(act):
        data, rows = _rows(form, match["list"])
        if len(rows) < MOST_ROWS:
            rows.append({})
        return data
    if match := CHANGE.match(act):
        data, rows = _rows(form, match["list"])
        _change(rows, int(match["row"]), match["what"])
        return data
    return None


def _rows(form: ReportForm, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    data = dict(form.data)
    return data, data[name]


def _change(rows: list[dict[str, Any]], row: int, what: str) -> None:
    if row >= len(rows):
        return
    moved = rows.pop(row)
    if what != "remove":
        rows.insert(max(row - 1, 0) if what == "up" else row + 1, moved)


def show_missing(form: ReportForm, lacking: Sequence[Missing]) -> None:
    """Say beside each field what is missing there. What lies outside the form is left alone."""
    fields = {str(field.id): field for field in every_field(form)}
    for each in lacking:
        if each.field in fields:
            add_error(fields[each.field], each.message)


def every_mistake(form: FlaskForm) -> list[dict[str, str]]:
    """Every mistake of a form, rows included, in its order, with the address of each field."""
    if not any(isinstance(field, FieldList | FormField) for field in form):
        return mistakes(form)
    found = [
        {"text": str(field.errors[0]), "href": f"#{field.id}"}
        for field in every_field(form)
        if field.errors
    ]
    return found + [{"text": str(message)} for message in form.form_errors]


def every_field(fields: Any) -> Iterator[Field]:
    """The fields of a form that take something, those inside rows too, in order."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from every_field(field)
        elif isinstance(field, FormField):
            yield from every_field(field.form)
        else:
            yield field


def _contact(role: str, form: ContactForm) -> Contact:
    return Contact(
        role=role,
        name=form.name.data,
        job_title=form.job_title.data,
        telephone=form.telephone.data,
        email=form.email.data,
    )
