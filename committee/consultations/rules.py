"""The states of a consultation, and the words that its questions and responses use."""

from enum import StrEnum

from committee.states import States


class ConsultationStatus(StrEnum):
    """Where a consultation stands. Between its dates a published one is open for responses."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


CONSULTATION_STATUS_LABELS = {
    ConsultationStatus.DRAFT: "Being prepared",
    ConsultationStatus.PUBLISHED: "Published",
    ConsultationStatus.CLOSED: "Closed",
    ConsultationStatus.REPORTED: "Results published",
    ConsultationStatus.WITHDRAWN: "Withdrawn",
}

CONSULTATION_MAY_BECOME = {
    ConsultationStatus.DRAFT: {ConsultationStatus.PUBLISHED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.PUBLISHED: {ConsultationStatus.CLOSED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.CLOSED: {ConsultationStatus.REPORTED, ConsultationStatus.WITHDRAWN},
    ConsultationStatus.REPORTED: set(),
    ConsultationStatus.WITHDRAWN: set(),
}

CONSULTATION_STATES = States("consultation", CONSULTATION_STATUS_LABELS, CONSULTATION_MAY_BECOME)


class Position(StrEnum):
    """What a respondent thinks of the proposal as a whole."""

    SUPPORT = "support"
    AGAINST = "against"
    UNDECIDED = "undecided"


POSITION_LABELS = {
    Position.SUPPORT: "Support",
    Position.AGAINST: "Against",
    Position.UNDECIDED: "Undecided",
}


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


QUESTION_KIND_LABELS = {
    QuestionKind.ONE_CHOICE: "One choice",
    QuestionKind.SEVERAL_CHOICES: "Several choices",
    QuestionKind.SHORT_TEXT: "A few words",
    QuestionKind.LONG_TEXT: "A comment",
}

CLOSED_KINDS = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES})


class Channel(StrEnum):
    """How a response reached the council."""

    ONLINE = "online"
    EMAIL = "email"
    LETTER = "letter"
    PAPER_FORM = "paper_form"
    EVENT = "event"


CHANNEL_LABELS = {
    Channel.ONLINE: "Online form",
    Channel.EMAIL: "E-mail",
    Channel.LETTER: "Letter",
    Channel.PAPER_FORM: "Paper form",
    Channel.EVENT: "At an event",
}


class Consent(StrEnum):
    """How a respondent allows the response to be published."""

    IN_FULL = "in_full"
    WITHOUT_NAME = "without_name"
    NOT_PUBLISHED = "not_published"


CONSENT_LABELS = {
    Consent.IN_FULL: "In full, with my name",
    Consent.WITHOUT_NAME: "Without my name",
    Consent.NOT_PUBLISHED: "Not at all",
}
