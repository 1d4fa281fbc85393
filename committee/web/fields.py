"""Form fields of our own: dates in three parts, times of day as people write them, tidy text."""

import re
from calendar import month_abbr, month_name
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, ClassVar

from flask import Flask
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovDateInput,
    GovRadioInput,
    GovTextInput,
)
from wtforms import Field, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, StopValidation

MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}
PARTS = ("day", "month", "year")


class Needed(DataRequired):
    """The field must be filled in. Unlike its parent it sets no `required` attribute.

    Browsers would then stop the form with messages of their own, which are not read out and name
    no remedy; and on a date's group of fields the attribute is not valid HTML.
    """

    field_flags: ClassVar[dict[str, Any]] = {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Raises StopValidation for an empty field; what was wrong in a filled one stays said."""
        if field.process_errors:
            raise StopValidation
        super().__call__(form, field)


_UNSEEN = {each: None for each in [*range(32), 127] if chr(each) not in "\n\r"} | {ord("\t"): " "}


def tidy(text: str | None) -> str | None:
    """Text without the spaces around it; nothing for text that is only spaces.

    A tab becomes a space and other control characters but the ends of lines are dropped: nobody
    means them, PostgreSQL does not take NUL, and the files of people refuse them all.
    """
    return (text.translate(_UNSEEN).strip() or None) if text else None


def choices(labels: Mapping[Any, str]) -> list[SelectChoice]:
    """The choices of a field: what each value is called by people."""
    return [SelectChoice(value=value, label=label) for value, label in labels.items()]


class _Choices:
    """What radio buttons and checkboxes share. A field without a hint gets none at all."""

    def map_gov_params(self, field: Field, **named: Any) -> dict[str, Any]:
        """The parameters for the component; the parent would write an empty hint."""
        params: dict[str, Any] = super().map_gov_params(field, **named)  # type: ignore[misc]
        params["idPrefix"] = field.id
        if not field.description:
            params.pop("hint", None)
        return params


class Radios(_Choices, GovRadioInput):
    """One choice among a few, all to be seen."""


class Checkboxes(_Choices, GovCheckboxesInput):
    """Any number of choices."""


class DatePartsInput(GovDateInput):
    """Day, month and year, each keeping what was typed, however many parts were sent."""

    def map_gov_params(self, field: "DatePartsField", **named: Any) -> dict[str, Any]:
        """The parameters for the date component; the parent fails unless three parts were sent."""
        named.pop("required", None)
        sent, field.raw_data = field.raw_data, field.parts()
        try:
            params: dict[str, Any] = super().map_gov_params(field, **named)
        finally:
            field.raw_data = sent
        for part, item in zip(PARTS, params["items"], strict=True):
            if field.errors and field.wrong and part not in field.wrong:
                item["classes"] = item["classes"].replace("govuk-input--error", "").strip()
        return params


class DatePartsField(Field):
    """A civil date typed as day, month and year. `noun` begins its messages, as `The date`."""

    widget = DatePartsInput()
    data: Any

    def __init__(self, label: str, *, noun: str, **named: Any) -> None:
        super().__init__(label, **named)
        self.noun = noun
        self.wrong: set[str] = set()

    def parts(self) -> list[str]:
        """What to show in the three fields: what was typed, else the date that is kept."""
        if self.raw_data:
            return [*self.raw_data, "", "", ""][:3]
        return (
            [str(self.data.day), str(self.data.month), str(self.data.year)]
            if self.data
            else [""] * 3
        )

    def _value(self) -> str:
        return " ".join(self.parts())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the parts. Raises ValueError with a message that names the part that is wrong."""
        typed = [text.strip() for text in [*valuelist, "", "", ""][:3]]
        self.data = None
        if not any(typed):
            return
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            self.wrong = set(missing)
            raise ValueError(f"{self.noun} must include a {' and a '.join(missing)}")
        self.data = self._date(*typed)

    def _date(self, day: str, month: str, year: str) -> date:
        if not re.fullmatch(r"[0-9]{4}", year):
            self.wrong = {"year"}
            raise ValueError("Year must be four numbers, like 2027")
        try:
            return date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
        except ValueError:
            raise ValueError(f"{self.noun} must be a real date, like 27 3 2027") from None


TIME = re.compile(r"([0-9]{1,2})(?:[.:\s]?([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\Z", re.IGNORECASE)
BY_NAME = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def time_of_day(text: str) -> time:
    """The time that someone wrote, as `10.00 am`, `10:00`, `2pm` or `noon`.

    Raises ValueError, with a message for that person, for no time and for an hour that may be
    meant before or after noon.
    """
    words = text.strip().lower()
    if words in BY_NAME:
        return BY_NAME[words]
    match = TIME.match(words)
    if not match:
        raise ValueError("Enter a time like 10.00 am or 14:30")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        raise ValueError("Enter a time like 10.00 am or 14:30")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif 1 <= hour <= 7 and not match[1].startswith("0"):
        raise ValueError(f"Add am or pm, like {text.strip()} pm")
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError("Enter a time like 10.00 am or 14:30") from None


class TimeField(StringField):
    """A time of day typed as text; its data is a time."""

    widget = GovTextInput()
    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the time. Raises ValueError with a message for the person."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = time_of_day(valuelist[0])


class VersionedForm(FlaskForm):
    """A form that changes a row: it carries the version of the row that the person saw."""

    version = HiddenField()

    def overtakes(self, row: Any) -> bool:
        """Whether somebody else has saved the row since this form was shown.

        The form then says so and takes up the row's new version: what was typed is kept, and
        saving once more is a decision made in sight of both texts.
        """
        if self.version.data == str(row.version):
            return False
        self.version.data = str(row.version)
        self.form_errors.append(
            "Somebody else saved a change while you were working. Compare what they saved with "
            "what you typed, then save again."
        )
        return True


def add_error(field: Field, message: str) -> None:
    """Show a refusal beside the field that it is about."""
    field.errors = [*field.errors, message]


def mistakes(form: FlaskForm) -> list[dict[str, str]]:
    """Every mistake of a form, in the order of its fields, each with the address of its field."""
    found = []
    for field in form:
        if field.errors:
            found.append({"text": str(field.errors[0]), "href": f"#{_first_input(field)}"})
    found += [{"text": str(message)} for message in form.form_errors]
    return found


def _first_input(field: Field) -> str:
    if isinstance(field, DatePartsField):
        part = next((part for part in PARTS if part in field.wrong), "day")
        return f"{field.id}-{part}"
    return str(field.id)


def register(app: Flask) -> None:
    """Give the templates the list of a form's mistakes."""
    app.add_template_filter(mistakes)
