"""Planted leaks: who may open what. Each is a check that was forgotten, or asks too little."""

from types import SimpleNamespace

from flask import redirect

from committee.consultations import reading
from committee.consultations import service as consultations
from committee.consultations.models import Consultation, Response
from committee.decisions import service as decisions
from committee.minutes import actions
from committee.people import permissions
from committee.reports import access, lists
from tests.canary.planting import Planted, leak

CLERK, MEMBER, AUTHOR = ("other clerk",), ("other member",), ("other author",)


def no_reading_rule(*_: object, **__: object) -> None:
    """The second lock of exempt matter, who may read it, turned off: each is to be tried alone."""


def anywhere(permission: object, _committee: object = None) -> None:
    """The usual slip: the permission is asked for, but on no matter which committee."""
    permissions.abort(404) if not permissions.may_anywhere(permission) else None  # type: ignore[arg-type]


@leak("GET publishing.restricted_pack as other member", "publishing.restricted_pack",
      readers=MEMBER)  # fmt: skip
def a_pack_for_members_of_any_committee(planted: Planted) -> None:
    planted.change("committee.meetings.access.check", anywhere)
    planted.change("committee.confidentiality.access.check_may_read", no_reading_rule)


@leak("GET published_minutes.restricted as other member", "published_minutes.restricted",
      readers=MEMBER)  # fmt: skip
def minutes_for_members_of_any_committee(planted: Planted) -> None:
    planted.change("committee.meetings.access.check", anywhere)
    planted.change("committee.minutes.public_views.check_may_read", no_reading_rule)


@leak("GET agendas.builder as other clerk", "agendas.builder", readers=CLERK)
def an_agenda_for_clerks_of_any_committee(planted: Planted) -> None:
    planted.change("committee.meetings.access.check", anywhere)


@leak("GET agendas.edit_item as other clerk", "agendas.edit_item", readers=CLERK)
def an_item_for_clerks_of_any_committee(planted: Planted) -> None:
    planted.change("committee.agendas.access.check", anywhere)


@leak("GET versions.original as other clerk", "versions.original", readers=CLERK)
def a_file_as_it_came_for_clerks_of_any_committee(planted: Planted) -> None:
    planted.change("committee.agendas.access.check", anywhere)


@leak("header Content-Disposition of versions.original as other clerk", "versions.original",
      readers=CLERK)  # fmt: skip
def the_name_of_a_file_for_clerks_of_any_committee(planted: Planted) -> None:
    planted.change("committee.agendas.access.check", anywhere)


@leak("GET packs.download as other clerk", "packs.download", readers=CLERK)
def a_built_pack_for_clerks_of_any_committee(planted: Planted) -> None:
    planted.change("committee.packs.access.check", anywhere)


@leak("GET reports.report as other author", "reports.report", readers=AUTHOR)
def a_report_for_any_author(planted: Planted) -> None:
    def found(report_id: int, **_: object) -> object:
        return lists.with_id(report_id) or permissions.abort(404)

    loaders = SimpleNamespace(own_report=found, note_words=access.note_words)
    planted.change("committee.reports.views.access", loaders)


@leak("GET decision_pages.decision as visitor", "decision_pages.decision")
def a_draft_decision_for_anyone(planted: Planted) -> None:
    def found(number: str) -> object:
        return decisions.decision_with_number(number) or permissions.abort(404)

    planted.change("committee.decisions.access.visible_decision", found)


@leak("GET consultations.consultation as visitor", "consultations.consultation")
def a_draft_consultation_for_anyone(planted: Planted) -> None:
    planted.change("committee.consultations.access.check", lambda *_: None)


@leak("GET consultation_responses.response as other member", "consultation_responses.response",
      readers=MEMBER)  # fmt: skip
def responses_for_members_of_any_committee(planted: Planted) -> None:
    planted.change("committee.consultations.access.check", anywhere)


@leak("GET consultation_responses.response as other author", "consultation_responses.response",
      readers=AUTHOR)  # fmt: skip
def a_response_by_its_number_alone(planted: Planted) -> None:
    def found(_permission: object, slug: str, response_id: int, **_: object) -> object:
        consultation = consultations.consultation_with_slug(slug)
        response = reading.response_of(consultation, response_id) if consultation else None
        return response or permissions.abort(404)

    planted.change("committee.consultations.access.response_for", found)


@leak("GET actions.update as other member", "actions.update", readers=MEMBER)
def an_action_for_whoever_has_any(planted: Planted) -> None:
    def found(action_id: int, **_: object) -> object:
        return actions.action_with_id(action_id) or permissions.abort(404)

    planted.change("committee.minutes.access.action_for", found)


@leak("GET actions.listed as other member", "actions.listed", readers=MEMBER)
def everybodys_actions_in_a_list(planted: Planted) -> None:
    planted.change("committee.minutes.action_views.permissions.where", lambda _: None)


@leak("GET programme.overview as visitor", "programme.overview")
def what_was_dropped_for_anyone(planted: Planted) -> None:
    planted.change("committee.agendas.programme_views.may", lambda *_: True)


@leak("GET consultation_themes.overview as other author", "consultation_themes.overview",
      readers=AUTHOR)  # fmt: skip
def themes_for_authors_of_any_committee(planted: Planted) -> None:
    planted.change("committee.consultations.access.check", anywhere)


@leak("header Location of agendas.edit_item as visitor", "agendas.edit_item")
def a_title_in_the_address_of_the_way_in(planted: Planted) -> None:
    planted.stack.callback(
        setattr, planted.watched.installation.app.login_manager, "unauthorized_callback",
        planted.watched.installation.app.login_manager.unauthorized_callback,
    )  # fmt: skip
    secret = planted.secret()
    planted.watched.installation.app.login_manager.unauthorized_callback = lambda: redirect(
        f"/sign-in?for={secret}", 303
    )


@leak("GET consultation_classes.readable as other member", "consultation_classes.readable",
      readers=MEMBER)  # fmt: skip
def responses_to_a_closed_consultation_whatever_their_class(planted: Planted) -> None:
    def whatever(consultation: Consultation) -> tuple[object, ...]:
        return (Response.consultation_id == consultation.id,)

    planted.change("committee.consultations.classing._open", whatever)


@leak("GET consultation_responses.response as other member", "consultation_responses.response",
      readers=MEMBER)  # fmt: skip
def a_closed_response_for_members_of_any_committee(planted: Planted) -> None:
    planted.change("committee.consultations.access.check", anywhere)
    planted.change("committee.confidentiality.access.check_may_read", no_reading_rule)
