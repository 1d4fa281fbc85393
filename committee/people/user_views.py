"""The pages on which administrators keep accounts: who has one, and which roles they hold."""

from functools import partial

from flask import Blueprint, flash, render_template, request, url_for

from committee.clock import now, today
from committee.extensions import db
from committee.people import access, accounts, listing, service, sessions
from committee.people import portfolios as offices
from committee.people import users as people
from committee.people.account_views import FORGOTTEN, INVITATION, send_link
from committee.people.accounts import Particulars
from committee.people.holdings import Way, holdings
from committee.people.lapses import lapses
from committee.people.models import Committee, User
from committee.people.permissions import Permission, may, requires
from committee.people.proving_views import needs_factor, needs_factor_to_send
from committee.people.roles import (
    CLEARANCE_KIND_LABELS,
    ROLE_LABELS,
    ROLE_MEANINGS,
    ClearanceKind,
    Role,
)
from committee.people.sign_in_rules import SIGN_IN_KIND_LABELS
from committee.people.user_forms import (
    GrantForm,
    NewAccountForm,
    ParticularsForm,
    particulars_data,
)
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.fields import add_error

users = Blueprint("users", __name__)

LONGEST_SEARCH = 200  # characters


@users.get("/people")
@requires(Permission.USER_EDIT, council_wide=True)
def overview() -> str:
    """Everybody who has an account, to be searched by name or e-mail address."""
    words = request.args.get("words", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "people/accounts.html",
        found=listing.accounts(words=words, page=page_asked_for()),
        words=words,
        roles_in_words=partial(listing.roles_in_words, on=today()),
    )


@users.route("/people/new", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def add() -> Page:
    """Give somebody an account with a first role; a letter invites them to choose a password."""
    form = NewAccountForm()
    form.name_committees(service.all_committees())
    if form.validate_on_submit():
        try:
            user = accounts.invite(
                form.email.data,
                form.name.data,
                role=Role(form.role.data),
                committee=_chosen(form),
                kind=_kind(form),
                now=now(),
                by=access.reader_id(),
            )
            send_link(user, INVITATION, by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.email, str(refused))
        else:
            flash(f"{user.name} has an account. An invitation is on its way to them.", "success")
            return see_other("users.person", user_id=user.id)
    return shown(render_template("people/add_account.html", form=form, **_role_words()), form)


@users.route("/people/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor_to_send
def person(user_id: int) -> Page:
    """One account: what is known of the person, the roles they hold, and a form to give one."""
    user = access.account(user_id)
    form = GrantForm()
    form.name_committees(service.all_committees())
    if form.validate_on_submit():
        try:
            accounts.grant(
                user,
                Role(form.role.data),
                _chosen(form),
                kind=_kind(form),
                now=now(),
                by=access.reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.role, str(refused))
        else:
            flash("The role has been given. It counts from the next page on.", "success")
            return see_other("users.person", user_id=user.id)
    page = render_template(
        "people/person.html",
        form=form,
        user=user,
        grants=people.roles_now(user),
        lapsed={h.holding.row: h.why for h in lapses(user, on=today())},
        of_themselves=[h for h in holdings(user, on=today()) if h.way is not Way.GRANT],
        kinds=CLEARANCE_KIND_LABELS,
        offices=offices.portfolios_of(user, today()),
        is_oneself=user.id == access.reader_id(),
        open_sessions=(theirs := sessions.open_sessions_of(user, now=now())),
        session_kinds=SIGN_IN_KIND_LABELS,
        end_at={
            each.id: url_for("users.end_session", user_id=user.id, session_id=each.id)
            for each in theirs
        },
        **_role_words(),
    )
    return shown(page, form)


@users.route("/people/<int:user_id>/edit", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def edit(user_id: int) -> Page:
    """Change what is known of a person."""
    user = access.account(user_id)
    form = ParticularsForm(data=particulars_data(user))
    form.name_councillors(listing.councillors_without_account(user))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(user)
    if valid and not overtaken:
        try:
            accounts.change(user, _typed(form), now=now(), by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.email, str(refused))
        else:
            flash("The particulars have been changed.", "success")
            return see_other("users.person", user_id=user.id)
    page = render_template(
        "people/edit_person.html", form=form, user=user, theirs=user if overtaken else None
    )
    return shown(page, form)


@users.route("/people/<int:user_id>/roles/<int:grant_id>/end", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def end_role(user_id: int, grant_id: int) -> Page:
    """Take a role away, after asking."""
    user = access.account(user_id)
    grant = access.role_of(user, grant_id)
    if request.method == "POST":
        try:
            accounts.end_grant(grant, now=now(), by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            flash("The role has ended.", "success")
        return _back_to(user)
    return render_template("people/end_role.html", user=user, grant=grant, **_role_words())


@users.post("/people/<int:user_id>/sessions/<int:session_id>/end")
@requires(Permission.USER_EDIT, council_wide=True)
def end_session(user_id: int, session_id: int) -> Page:
    """Sign somebody out at one browser."""
    user = access.account(user_id)
    at = now()
    sessions.end(access.session_of(user, session_id, now=at), now=at, by=access.reader_id())
    sessions.forget_browsers(user, now=at)
    db.session.commit()
    flash(f"{user.name} is signed out at that browser.", "success")
    return _back_to(user)


@users.route("/people/<int:user_id>/deactivate", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def deactivate(user_id: int) -> Page:
    """Close an account, after asking. Its sessions end."""
    user = access.account(user_id)
    if request.method == "POST":
        try:
            accounts.deactivate(user, now=now(), by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            flash(f"{user.name} can no longer sign in.", "success")
        return _back_to(user)
    return render_template(
        "people/deactivate.html", user=user, offices=offices.portfolios_of(user, today())
    )


@users.post("/people/<int:user_id>/activate")
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def activate(user_id: int) -> Page:
    """Open a closed account again."""
    user = access.account(user_id)
    try:
        accounts.activate(user, by=access.reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"{user.name} can sign in again.", "success")
    return _back_to(user)


@users.post("/people/<int:user_id>/link")
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def send(user_id: int) -> Page:
    """Send a link to choose a password: an invitation to those who have none yet."""
    user = access.account(user_id)
    if not user.active:
        flash(f"The account of {user.name} is inactive. Activate it first.", "information")
        return _back_to(user)
    send_link(user, FORGOTTEN if user.password_hash else INVITATION, by=access.reader_id())
    db.session.commit()
    flash(f"A link is on its way to {user.email}.", "success")
    return _back_to(user)


def _back_to(user: User) -> Page:
    """The account's page, or for those who administer no more, their own."""
    if not may(Permission.USER_EDIT):
        return see_other("account.own")
    return see_other("users.person", user_id=user.id)


def _kind(form: GrantForm) -> ClearanceKind | None:
    return ClearanceKind(form.kind.data) if form.kind.data else None


def _chosen(form: GrantForm) -> Committee | None:
    return service.committee_with_slug(form.committee.data) if form.committee.data else None


def _typed(form: ParticularsForm) -> Particulars:
    return Particulars(
        name=form.name.data,
        email=form.email.data,
        job_title=form.job_title.data,
        directorate=form.directorate.data,
        telephone=form.telephone.data,
        councillor_id=int(form.councillor.data) if form.councillor.data else None,
    )


def _role_words() -> dict[str, dict[Role, str]]:
    return {"roles": ROLE_LABELS, "meanings": ROLE_MEANINGS}
