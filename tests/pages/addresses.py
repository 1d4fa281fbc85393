"""Each address that can be opened: whose it is, and what a furnished product answers there.

One table for the pages that are read without a browser and for those that are opened in one. The
names in curly brackets are those of tests/pages/furnishing.py.
"""

from typing import Final

ANYONE: Final = {
    "public.home": "/",
    "public.committees": "/committees",
    "public.committee": "/committees/{slug}",
    "public.meetings": "/meetings",
    "public.meeting": "/meetings/{met}",
    "publishing.pack": "/meetings/{met}/agenda/1/pack",
    "publishing.paper": "/meetings/{met}/agenda/papers/1",
    "published_minutes.read": "/meetings/{met}/minutes/published",
    "published_minutes.file": "/meetings/{met}/minutes/published/1/pdf",
    "programme.overview": "/committees/{slug}/work-programme",
    "decision_pages.forward_plan": "/forward-plan",
    "decision_pages.taken": "/decisions",
    "decision_pages.decision": "/decisions/{published}",
    "decision_pages.record": "/decisions/{published}/record",
    "decision_pages.record_version": "/decisions/{published}/record/final/1",
    "decision_pages.record_pdf": "/decisions/{published}/record/final/1.pdf",
    "consultations.overview": "/consultations",
    "consultations.check_receipt": "/consultations/receipt",
    "consultations.consultation": "/consultations/{running}",
    "consultations.show_form": "/consultations/{running}/respond",
    "consultation_summaries.summary": "/consultations/{reported}/summary",
    "consultation_summaries.version": "/consultations/{reported}/summary/1",
    "consultation_summaries.pdf": "/consultations/{reported}/summary/1/pdf",
    "search.results": "/search?q=school",
    "feeds.lately": "/feed.xml",
    "feeds.decisions": "/decisions/feed.xml",
    "feeds.calendar": "/meetings/calendar.ics",
    "feeds.committee_calendar": "/committees/{slug}/calendar.ics",
    "people.sign_in": "/sign-in",
    "people.colours": "/council-colour.css",
    "account.forgotten": "/forgotten-password",
    "account.choose": "/choose-password/{token}",
    "health.show": "/healthz",
    "caught_mail.messages": "/mail",
    "caught_mail.message": "/mail/{mail}",
    "static": "/static/quorate.css",
}
SIGNED_IN: Final = {"homes.home": "/home", "account.own": "/account"}
# What every author, member and decision maker may read.
READERS: Final = {
    "actions.listed": "/actions",
    "consultation_responses.overview": "/consultations/{running}/responses",
    "consultation_responses.response": "/consultations/{running}/responses/{response}",
}
# What any author may open, for some of whom it holds nothing.
AUTHORS: Final = {
    "reports.owed": "/reports",
    "decisions.in_hand": "/decisions/in-hand",
    "decisions.open_decision": "/decisions/new",
    "decisions.edit": "/decisions/{draft_decision}/edit",
    "decisions.notice": "/decisions/{draft_decision}/notice",
    "consultation_responses.key_in": "/consultations/{running}/responses/new",
    "consultation_setting_up.set_up": "/consultations/new",
    "consultation_setting_up.edit": "/consultations/{draft}/edit",
    "consultation_setting_up.preview": "/consultations/{draft}/preview",
    "consultation_questions.questions": "/consultations/{draft}/questions",
    "consultation_questions.add_question": "/consultations/{draft}/questions/new",
    "consultation_questions.edit_question": "/consultations/{draft}/questions/{question}/edit",
    "consultation_questions.edit_type": "/consultations/{draft}/types/{type}/edit",
    "consultation_themes.overview": "/consultations/{running}/themes",
    "consultation_themes.edit": "/consultations/{running}/themes/{theme}/edit",
}
MEMBERS: Final = {
    "publishing.restricted_pack": "/meetings/{met}/agenda/1/restricted-pack",
    "published_minutes.restricted": "/meetings/{met}/minutes/restricted",
}
OFFICERS: Final = {
    "records.draft": "/decisions/{notified}/draft",
    "people.add_committee": "/committees/new",
    "people.edit_committee": "/committees/{slug}/edit",
    "people.members": "/committees/{slug}/members",
    "people.end_membership": "/committees/{slug}/members/{membership}/end",
    "meetings.schedule": "/committees/{slug}/meetings/new",
    "meetings.edit": "/meetings/{meeting}/edit",
    "agendas.builder": "/meetings/{meeting}/agenda",
    "agendas.items": "/meetings/{meeting}/agenda/items",
    "agendas.edit_item": "/agenda-items/{item}/edit",
    "agendas.remove_item": "/agenda-items/{item}/remove",
    "papers.overview": "/meetings/{meeting}/papers",
    "papers.of_item": "/agenda-items/{item}/papers",
    "papers.progress": "/agenda-items/{item}/papers/progress",
    "papers.remove": "/papers/{paper}/remove",
    "versions.paper": "/papers/{paper}",
    "versions.of_paper": "/papers/{paper}/versions",
    "versions.original": "/papers/{paper}/versions/1/original",
    "versions.prepared": "/papers/{paper}/versions/1/prepared",
    "packs.panel": "/meetings/{meeting}/packs",
    "packs.progress": "/packs/1/progress",
    "packs.download": "/packs/1/download",
    "publishing.publish": "/meetings/{meeting}/agenda/publish",
    "programme.plan": "/committees/{slug}/work-programme/plan",
    "programme.edit": "/work-programme/{planned}/edit",
    "programme.defer": "/work-programme/{planned}/defer",
    "programme.drop": "/work-programme/{planned}/drop",
    "reports.report": "/reports/{report}",
    "asking.of_meeting": "/meetings/{meeting}/reports",
    "asking.ask": "/meetings/{meeting}/reports/new",
    "asking.change_due_date": "/reports/{report}/due-date",
    "asking.return_to_author": "/reports/{sent}/return",
    "asking.withdraw": "/reports/{report}/withdraw",
    "accepting.accept": "/reports/{sent}/accept",
    "report_papers.overview": "/reports/{report}/papers",
    "report_papers.remove": "/reports/{report}/papers/{report_paper}/remove",
    "report_versions.paper": "/reports/{report}/papers/{report_paper}",
    "report_versions.of_paper": "/reports/{report}/papers/{report_paper}/versions",
    "report_versions.original": "/reports/{report}/papers/{report_paper}/versions/1/original",
    "report_versions.prepared": "/reports/{report}/papers/{report_paper}/versions/1/prepared",
    "decisions.urgency": "/decisions/{notified}/urgency",
    "decisions.end": "/decisions/{notified}/end",
    "decisions.reassign": "/decisions/{notified}/reassign",
    "records.ready": "/decisions/{notified}/ready",
    "published_records.publish": "/decisions/{taken}/publish",
    "published_records.waiver": "/decisions/{ready}/waiver",
    "published_records.correct": "/decisions/{published}/correct",
    "published_records.call_in": "/decisions/{published}/call-in",
    "consultation_setting_up.publish": "/consultations/{draft}/publish",
    "consultation_setting_up.extend": "/consultations/{running}/extend",
    "consultation_setting_up.withdraw": "/consultations/{running}/withdraw",
    "attending.record": "/meetings/{met}/attendance",
    "minutes.overview": "/meetings/{met}/minutes",
    "minutes.numbers": "/meetings/{met}/minutes/numbers",
    "minute.edit": "/minutes/{minute}",
    "releasing.publish": "/meetings/{met}/minutes/publish",
    "releasing.approve": "/meetings/{met}/minutes/approve",
    "actions.update": "/actions/{action}",
    "reminders.overview": "/reminders",
    "takedowns.register": "/takedowns",
    "takedowns.take_down": "/takedowns/record_version/{record}",
    "takedowns.takedown": "/takedowns/{takedown}",
}
# Only whoever holds the portfolio signs.
HOLDER: Final = {"signatures.sign": "/decisions/{ready}/sign"}
ADMINISTRATORS: Final = {
    "users.overview": "/people",
    "users.add": "/people/new",
    "users.person": "/people/{person}",
    "users.edit": "/people/{person}/edit",
    "users.end_role": "/people/{person}/roles/{grant}/end",
    "users.deactivate": "/people/{person}/deactivate",
    "portfolios.overview": "/portfolios",
    "portfolios.portfolio": "/portfolios/{portfolio}",
    "portfolios.end_holding": "/portfolios/{portfolio}/holdings/{holding}/end",
}
SHUT: Final = SIGNED_IN | READERS | AUTHORS | MEMBERS | OFFICERS | HOLDER | ADMINISTRATORS
ALL: Final = ANYONE | SHUT

# Where an address only leads to the page that shows what it names.
LEADS_ON: Final = {
    "agendas.items",
    "papers.of_item",
    "versions.of_paper",
    "report_versions.of_paper",
}
# Where the answer is a file, a picture of progress for a script, or data for a program.
FILES: Final = {
    "feeds.lately",
    "feeds.decisions",
    "feeds.calendar",
    "feeds.committee_calendar",
    "health.show",
    "papers.progress",
    "people.colours",
    "report_versions.original",
    "report_versions.prepared",
    "static",
    "versions.original",
    "versions.prepared",
}
# Files that a worker makes, which nobody has made yet: tests of their own slices download them.
NOT_MADE: Final = {
    "consultation_summaries.pdf",
    "decision_pages.record_pdf",
    "packs.download",
    "packs.progress",
    "published_minutes.file",
    "publishing.pack",
    "publishing.paper",
    "publishing.restricted_pack",
}
PAGES: Final = sorted(ALL.keys() - LEADS_ON - FILES - NOT_MADE)
