"""The pages on which administrators keep portfolios: the offices, and who holds each."""

from flask import Blueprint, flash, render_template

from committee.clock import today
from committee.extensions import db
from committee.people import access, listing
from committee.people import portfolios as offices
from committee.people.permissions import Permission, requires
from committee.people.user_forms import AppointForm, EndHoldingForm, PortfolioForm
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.fields import add_error

portfolios = Blueprint("portfolios", __name__)


@portfolios.route("/portfolios", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
def overview() -> Page:
    """Every portfolio with its holder today, and a form to add one."""
    council = access.council()
    form = PortfolioForm()
    if form.validate_on_submit():
        try:
            added = offices.add_portfolio(council, form.title.data, by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.title, str(refused))
        else:
            flash(f"{added.title} has been added. Next, appoint its holder.", "success")
            return see_other("portfolios.portfolio", portfolio_id=added.id)
    found = listing.held_portfolios(on=today(), page=page_asked_for())
    return shown(render_template("people/portfolios.html", form=form, found=found), form)


@portfolios.route("/portfolios/<int:portfolio_id>", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
def portfolio(portfolio_id: int) -> Page:
    """Who holds and has held a portfolio, and a form to appoint the next holder."""
    found = access.portfolio(portfolio_id)
    makers = listing.decision_makers()
    form = AppointForm(data={"started_on": today()})
    form.name_holders(makers)
    if form.validate_on_submit():
        try:
            holder = access.account(int(form.holder.data))
            offices.appoint(found, holder, started_on=form.started_on.data, by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.started_on, str(refused))
        else:
            flash(f"{holder.name} has been appointed.", "success")
            return see_other("portfolios.portfolio", portfolio_id=found.id)
    page = render_template(
        "people/portfolio.html",
        form=form,
        portfolio=found,
        holdings=offices.holdings_of(found),
        has_makers=bool(makers),
        today=today(),
    )
    return shown(page, form)


@portfolios.route(
    "/portfolios/<int:portfolio_id>/holdings/<int:holding_id>/end", methods=["GET", "POST"]
)
@requires(Permission.USER_EDIT, council_wide=True)
def end_holding(portfolio_id: int, holding_id: int) -> Page:
    """End a holding without a next holder, after asking for its last day."""
    found = access.portfolio(portfolio_id)
    holding = access.holding_of(found, holding_id)
    form = EndHoldingForm(data={"ended_on": today()})
    if form.validate_on_submit():
        try:
            offices.end_holding(holding, on=form.ended_on.data, by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.ended_on, str(refused))
        else:
            flash("The last day is noted.", "success")
            return see_other("portfolios.portfolio", portfolio_id=found.id)
    page = render_template("people/end_holding.html", form=form, portfolio=found, holding=holding)
    return shown(page, form)
