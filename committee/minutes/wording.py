"""How resolutions are worded from what a report asked and what the committee did (KENT-14)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from committee.agendas.rules import ItemKind
from committee.minutes.rules import Outcome
from committee.reports.rules import Verb


@dataclass(frozen=True)
class Matter:
    """What an item put before the committee.

    `decision_maker` is the title of the office that is to take the decision. `minutes_of` says
    which meeting's minutes are to be approved: "the Parks Committee held on 8 March 2018".
    """

    kind: ItemKind
    title: str
    verbs: frozenset[Verb] = frozenset()
    asked: tuple[str, ...] = ()
    decision_maker: str | None = None
    minutes_of: str | None = None


BY_VERB: dict[Verb, tuple[Outcome, ...]] = {
    Verb.NOTE: (Outcome.NOTED,),
    Verb.CONSIDER: (Outcome.NOTED,),
    Verb.DISCUSS: (Outcome.NOTED,),
    Verb.COMMENT: (Outcome.NOTED,),
    Verb.REVIEW: (Outcome.NOTED,),
    Verb.ENDORSE: (
        Outcome.ENDORSED,
        Outcome.ENDORSED_SUBJECT_TO,
        Outcome.NOT_ENDORSED,
        Outcome.RECOMMENDATIONS_MADE,
    ),
    Verb.MAKE_RECOMMENDATIONS: (
        Outcome.ENDORSED,
        Outcome.ENDORSED_SUBJECT_TO,
        Outcome.NOT_ENDORSED,
        Outcome.RECOMMENDATIONS_MADE,
    ),
    Verb.AGREE: (Outcome.AGREED, Outcome.NOT_AGREED),
}
_SEEKS_VIEWS = frozenset({Verb.CONSIDER, Verb.DISCUSS, Verb.COMMENT, Verb.REVIEW})
_ADVISES = frozenset({Verb.ENDORSE, Verb.MAKE_RECOMMENDATIONS})

# How a recommendation leads up to the decision itself, which the resolution says in its own way.
_LEAD = re.compile(
    r"(?:to\s+the\s+[^;:\n]{1,150}?\s+)?(?:on\s+)?(?:the\s+|this\s+)?(?:proposed\s+)?decision"
    r"(?:\s+proposed)?(?:\s+to\s+be\s+taken(?:\s+by\s+[^;:\n]{1,150}?)?)?,?\s+to\b\s*:?\s*",
    re.IGNORECASE,
)
_TO = re.compile(r"to\b\s*:?\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"(the|a|an|this|these|those|its|their)\b", re.IGNORECASE)


def permitted_outcomes(matter: Matter) -> tuple[Outcome, ...]:
    """The outcomes that go with what was asked, in the order of the table of outcomes.

    Putting the item off always does. Where no report asked for anything, every outcome does.
    """
    if matter.kind is ItemKind.MINUTES:
        fitting = {Outcome.CORRECT_RECORD, Outcome.NOTED}
    elif matter.verbs:
        fitting = {outcome for verb in matter.verbs for outcome in BY_VERB[verb]}
        # "Consider and endorse" asks for a view of the decision; to note it would be no answer.
        if matter.verbs & (_ADVISES | {Verb.AGREE}) and Verb.NOTE not in matter.verbs:
            fitting.discard(Outcome.NOTED)
    else:
        fitting = set(Outcome)
    return tuple(each for each in Outcome if each in fitting | {Outcome.DEFERRED})


def resolution(matter: Matter, outcome: Outcome, words: str | None = None) -> str:
    """The resolution as running text. `words` are the condition, or the recommendations made."""
    if outcome is Outcome.NOTED:
        return f"RESOLVED that {_noted(matter)} be noted."
    if outcome is Outcome.CORRECT_RECORD:
        of = f"the meeting of {matter.minutes_of}" if matter.minutes_of else "the last meeting"
        return (
            f"RESOLVED that the minutes of {of} be approved as a correct record "
            "and signed by the person presiding."
        )
    if outcome is Outcome.DEFERRED:
        return "RESOLVED that consideration of this item be deferred."
    if outcome in (Outcome.AGREED, Outcome.NOT_AGREED):
        return _agreed(matter, "be agreed" if outcome is Outcome.AGREED else "be not agreed")
    return _advice(matter, outcome, words)


def _noted(matter: Matter) -> str:
    if matter.kind is ItemKind.MINUTES:
        title = matter.title.strip()
        own = title[:1].lower() + title[1:] if title.lower().startswith("minutes") else "minutes"
        return f"the {own}"
    if matter.kind is ItemKind.VERBAL_UPDATE:
        return "the verbal update"
    if matter.kind is ItemKind.PRESENTATION:
        return "the presentation"
    if matter.verbs & _SEEKS_VIEWS:
        return "the report, with the comments that Members made on it,"
    return "the report"


def _agreed(matter: Matter, ending: str) -> str:
    if len(matter.asked) > 1:
        return f"RESOLVED that the following {ending}:\n\n{_lettered(matter.asked)}"
    asked = _clean(matter.asked[0]) if matter.asked else "the recommendation"
    if "\n" in asked:
        return f"RESOLVED that the following {ending}:\n\n{asked}"
    if not _ARTICLE.match(asked):
        asked = f"the recommendation {asked if _TO.match(asked) else 'to ' + asked}"
    return f"RESOLVED that {asked} {ending}."


def _advice(matter: Matter, outcome: Outcome, words: str | None) -> str:
    decision = "the decision proposed"
    if matter.decision_maker:
        decision = f"the decision proposed to be taken by the {matter.decision_maker}"
    decision += _what_is_decided(matter.asked)
    if outcome is Outcome.RECOMMENDATIONS_MADE:
        to = f" to the {matter.decision_maker}" if matter.decision_maker else ""
        return f"RESOLVED that the following be recommended{to}:\n\n{_clean(words or '')}"
    if outcome is Outcome.NOT_ENDORSED:
        return _ended(f"RESOLVED that {decision}", "be not endorsed.")
    limited = outcome is Outcome.ENDORSED_SUBJECT_TO and words
    subject = f", subject to {_clean(words or '')}," if limited else ""
    return _ended(f"RESOLVED that{subject} {decision}", "be endorsed.")


def _ended(beginning: str, ending: str) -> str:
    """A sentence whose middle may be a list, after which it goes on in a line of its own."""
    return f"{beginning},\n\n{ending}" if "\n" in beginning else f"{beginning} {ending}"


def _what_is_decided(asked: Sequence[str]) -> str:
    bare = [_without_lead(text) for text in asked if text.strip()]
    if not bare:
        return ""
    if len(bare) > 1:
        return f", to:\n\n{_lettered(bare)}"
    if "\n" in bare[0]:
        return f", to:\n\n{bare[0]}"
    if _ARTICLE.match(bare[0]):
        return f" on {bare[0]}"
    return f", to {bare[0]},"


def _without_lead(text: str) -> str:
    cleaned = _clean(text)
    lead = _LEAD.match(cleaned) or _TO.match(cleaned)
    return cleaned[lead.end() :] if lead else cleaned


def _lettered(texts: Sequence[str]) -> str:
    marked = zip("abcdefghijklmnopqrstuvwxyz", texts, strict=False)
    return "\n".join(f"{letter}) {' '.join(_clean(text).split())}" for letter, text in marked)


def _clean(text: str) -> str:
    return text.strip().rstrip(".;,").strip()
