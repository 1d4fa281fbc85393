"""The form of one minute."""

from collections.abc import Iterable
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect, GovTextInput
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp

from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import Said
from committee.minutes.classing import item_seen
from committee.minutes.forms import LONGEST_DISCUSSION, NONE, long_text
from committee.minutes.models import Minute
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import (
    NEEDS_WORDS,
    OPENNESS_LABELS,
    OUTCOME_LABELS,
    VOTE_LABELS,
    Openness,
    Outcome,
    Vote,
)
from committee.minutes.voting import Count, count_of
from committee.web.fields import Needed, Radios, VersionedForm, add_error, choices, tidy


def _count(label: str) -> StringField:
    return StringField(
        label,
        widget=GovTextInput(),
        filters=[tidy],
        validators=[Regexp(r"\A\s*([0-9]{1,4})?\s*\Z", message="Enter a whole number, like 9")],
    )


class MinuteForm(VersionedForm):
    """One minute."""

    title = StringField(
        "Title",
        widget=GovTextInput(),
        filters=[tidy],
        validators=[
            Needed("Enter the title of the minute"),
            Length(max=500, message="The title must be 500 characters or fewer"),
        ],
    )
    discussion = long_text(
        "Discussion",
        "A blank line begins a new paragraph; paragraphs are numbered for you. Lines that begin "
        "with a) or - become lists.",
        LONGEST_DISCUSSION,
    )
    outcome = SelectField("Outcome", widget=GovSelect(), default="")
    condition = long_text(
        "Condition, or the recommendations made (only for those two outcomes)",
        "For “subject to a condition”: what follows “subject to”.",
    )
    resolution = long_text(
        "Resolution",
        "Leave it empty to have it worded from the outcome and from what the report asks.",
        10_000,
    )
    on_education = BooleanField(
        "This is a question of education, on which church and parent representatives may vote",
        widget=GovCheckboxInput(),
    )
    votes_for = _count("For")
    votes_against = _count("Against")
    votes_abstained = _count("Abstained")
    casting_vote = SelectField(
        "Casting vote of the person presiding (only on a tie)",
        widget=GovSelect(),
        default=NONE,
        choices=[
            SelectChoice(NONE, "None"),
            *choices({vote: VOTE_LABELS[vote] for vote in (Vote.FOR, Vote.AGAINST)}),
        ],
    )
    openness = RadioField(
        "Who may read this minute",
        widget=Radios(),
        choices=choices(OPENNESS_LABELS),
        description="Until somebody says so it is closed, and the minutes cannot be published. For "
        "an exempt or confidential one the next page asks on what ground.",
        validators=[Optional()],
    )
    seen = HiddenField()  # the class of its item when the page was shown
    public_summary = long_text(
        "Summary for the public",
        "For a minute that stays closed: a fair and coherent account that gives "
        "nothing exempt away (Local Government Act 1972, section 100C(2)).",
        LONGEST_DISCUSSION,
    )
    acknowledged = BooleanField("Save it all the same: it is meant so", widget=GovCheckboxInput())
    asked = HiddenField()  # what is unusual about it, as it was told beside that box

    def offer(self, permitted: Iterable[Outcome]) -> None:
        """Offer every outcome, those first that answer what the report asks for."""
        fitting = list(permitted)
        others = [outcome for outcome in Outcome if outcome not in fitting]
        self.outcome.choices = [
            SelectChoice(NONE, "Nothing was resolved"),
            *choices({each: OUTCOME_LABELS[each] for each in fitting}),
            *choices({each: f"{OUTCOME_LABELS[each]} (unusual here)" for each in others}),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether a vote is counted wholly or not at all, and words are there where needed."""
        sound = bool(super().validate(extra_validators))
        counts = (self.votes_for, self.votes_against, self.votes_abstained)
        if any(field.data for field in counts):
            for field in counts:
                if not field.data:
                    add_error(field, f"Enter how many: {field.label.text.lower()}, 0 for none")
                    sound = False
        elif self.casting_vote.data:
            add_error(self.casting_vote, "A casting vote needs the count of the tie")
            sound = False
        if self.outcome.data in NEEDS_WORDS and not self.condition.data:
            add_error(self.condition, "Enter the condition, or the recommendations made")
            sound = False
        return sound

    def fields(self) -> MinuteFields:
        """What was filled in."""
        count = None
        if self.votes_for.data:
            casting = Vote(self.casting_vote.data) if self.casting_vote.data else None
            count = Count(
                int(self.votes_for.data),
                int(self.votes_against.data),
                int(self.votes_abstained.data),
                casting,
            )
        return MinuteFields(
            title=self.title.data,
            discussion=self.discussion.data,
            outcome=Outcome(self.outcome.data) if self.outcome.data else None,
            condition=self.condition.data,
            resolution=self.resolution.data,
            count=count,
            on_education=bool(self.on_education.data),
            public_summary=self.public_summary.data,
        )

    def means(self, unusual: Iterable[str]) -> bool:
        """Whether all that is unusual was told, and it is meant so."""
        return bool(self.acknowledged.data) and self.asked.data == " ".join(unusual)

    def answer(self) -> Openness | None:
        """What was answered to who may read it, if anything."""
        return Openness(self.openness.data) if self.openness.data else None


def minute_data(minute: Minute) -> dict[str, Any]:
    """What the form shows of a minute before anything is typed."""
    count = count_of(minute)
    return {
        "version": str(minute.version),
        "title": minute.title,
        "discussion": minute.discussion,
        "outcome": minute.outcome.value if minute.outcome else NONE,
        "condition": minute.condition,
        "resolution": minute.resolution,
        "votes_for": str(count.votes_for) if count else None,
        "votes_against": str(count.votes_against) if count else None,
        "votes_abstained": str(count.abstained) if count else None,
        "casting_vote": count.casting.value if count and count.casting else NONE,
        "on_education": minute.on_education,
        "openness": _openness(minute),
        "seen": item_seen(minute),
        "public_summary": minute.public_summary,
    }


def _openness(minute: Minute) -> str | None:
    """The answer that stands; none where nobody has given one that still holds."""
    if minute.is_unclassed or minute.is_to_be_said_again:
        return None
    return (Openness.OPEN if minute.is_open else Openness.CLOSED).value


class MinuteClassForm(ClassForm):
    """The class of a minute."""

    seen = HiddenField()  # the class of its item when the page was shown


def minute_class_data(minute: Minute, said: Said) -> dict[str, Any]:
    """What the form shows of a minute's class before anything is typed."""
    return {**class_data(said), "version": str(minute.version), "seen": item_seen(minute)}
