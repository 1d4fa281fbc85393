"""Other ways to write a request open no more than the plain one: methods, headers, addresses."""

from collections.abc import Iterator

import pytest

from tests.matrix.asking import NOTED_BY_READING, TOKEN_MISSING
from tests.matrix.callers import Answer, Caller
from tests.matrix.council import Names
from tests.matrix.people import NOBODY
from tests.matrix.table import Expected, Row, people, rows
from tests.matrix.town import Town

pytestmark = pytest.mark.usefixtures("undone")

# Each stands for many: nobody, and somebody to whom nearly everything is open.
ASKING = (NOBODY, "officer of every committee")
OUTSIDERS = (NOBODY, "officer of another committee")
READ = [row for (_, method), row in sorted(rows().items()) if method == "GET"]
NOT_FOR_READING = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
OF_LENGTH = {"content-length", "transfer-encoding"}
REDIRECTS = range(300, 400)


def each_thing(town: Town, row: Row) -> Iterator[tuple[str, Names]]:
    """One thing of each state."""
    yield from town.things[row.thing].items()


def first_thing(town: Town, row: Row) -> tuple[str, Names]:
    """The first thing of the kind."""
    return next(each_thing(town, row))


def test_asking_for_the_head_tells_no_more_than_the_whole(town: Town) -> None:
    for row in READ:
        _, names = first_thing(town, row)
        address = town.address(row.view, names)
        for name in ASKING:
            caller = town.callers[name]
            head, whole = caller.ask("HEAD", address), caller.ask("GET", address)
            assert (head.status, head.body) == (whole.status, b""), (row.view, name)
            assert head.headers.keys() - OF_LENGTH <= whole.headers.keys(), (row.view, name)
            assert head.leads_to == whole.leads_to, (row.view, name)


def test_the_options_of_an_address_are_the_same_for_everybody_and_everything(town: Town) -> None:
    for row in rows().values():
        _, names = first_thing(town, row)
        found = {
            (answer.status, answer.headers.get("allow"), answer.body)
            for address in (
                town.address(row.view, names),
                town.address_of_nothing(row.view, names),
            )
            for answer in (town.callers[name].ask("OPTIONS", address) for name in OUTSIDERS)
        }
        assert len(found) == 1, f"{row.view}: {found}"
    assert not town.kept.changed()


def test_a_method_that_a_view_does_not_have_does_nothing(town: Town) -> None:
    for view in sorted({view for view, _ in rows()}):
        row = next(row for (name, _), row in rows().items() if name == view)
        _, names = first_thing(town, row)
        address = town.address(view, names)
        for method in NOT_FOR_READING:
            answer = town.callers["administrator"].ask(method, address, {})
            assert answer.status in (404, 405, 501), f"{method} {view}: {answer.status}"
    assert not town.kept.changed()


def test_no_header_and_no_field_makes_another_method_of_a_request(town: Town) -> None:
    caller = town.callers["officer of this committee"]
    for row in READ:
        _, names = first_thing(town, row)
        address = town.address(row.view, names)
        plain = caller.ask("GET", address)
        for method in ("POST", "DELETE"):
            headers = dict.fromkeys(OVERRIDES, method)
            sent = caller.ask("GET", f"{address}?_method={method}", headers=headers)
            assert sent.status == plain.status, (row.view, method)
    assert not {*town.kept.changed()} - NOTED_BY_READING


def test_a_form_is_not_taken_for_reading_whatever_its_headers_say(town: Town) -> None:
    caller, headers = town.callers["officer of every committee"], dict.fromkeys(OVERRIDES, "GET")
    for (view, method), row in rows().items():
        if method == "POST":
            _, names = first_thing(town, row)
            address = town.address(view, names)
            answer = caller.ask("POST", address, {}, token=False, headers=headers)
            assert answer.status == TOKEN_MISSING, view
    assert not town.kept.changed()


def tricks(address: str) -> Iterator[str]:
    """Other ways to write an address."""
    path = address.partition("?")[0]
    first, _, rest = path.strip("/").partition("/")
    yield from (
        f"/{path}",
        f"//{first}//{rest}",
        f"{path}/",
        f"{path}//",
        f"{path}/.",
        f"/./{first}/{rest}",
        f"/static/..{path}",
        f"/static/%2e%2e{path}",
        f"/{first}%2F{rest}",
        f"/{first}%252F{rest}",
        f"/{first}\\{rest}",
        path.upper(),
        f"/{first.capitalize()}/{rest}",
        f"{path}%00",
        f"{path}%20",
        f"{path};a=b",
        f"{path}.json",
        f"{path}?next=/home",
        f"http://example.org{path}",
    )


def hidden_things(town: Town) -> Iterator[tuple[Row, str, str, Names]]:
    """What is hidden from an outsider: row, state, person and names. The outsiders take turns."""
    for at, row in enumerate(READ):
        name = OUTSIDERS[at % len(OUTSIDERS)]
        person = next(each for each in people() if each.name == name)
        for state, names in each_thing(town, row):
            if row.expected(person, state) in (Expected.HIDDEN, Expected.SIGN_IN):
                yield row, state, name, names
                break


def test_no_way_of_writing_an_address_opens_what_is_hidden(town: Town) -> None:
    found = list(hidden_things(town))
    assert len(found) > 100
    for row, state, name, names in found:
        caller = town.callers[name]
        pairs = zip(
            tricks(town.address(row.view, names)),
            tricks(town.address_of_nothing(row.view, names)),
            strict=True,
        )
        for written, nothing in pairs:
            answer = caller.ask("GET", written)
            assert is_shut(answer), f"{row.view} {state} {name}: {written} is {answer.status}"
            assert answer.status == caller.ask("GET", nothing).status, (row.view, written)
            led = where_it_leads(caller, answer)
            assert is_shut(led), f"{row.view} {name}: {written} leads to {led.status}"


def is_shut(answer: Answer) -> bool:
    """Whether nothing was shown: no such page, not understood, or led to another address."""
    return answer.status in (400, 401, 404, 405, 414) or answer.status in REDIRECTS


def where_it_leads(caller: Caller, answer: Answer) -> Answer:
    """The last answer of those to which this one leads, as far as the page to sign in."""
    for _ in range(4):
        if not answer.leads_to.startswith("/") or answer.leads_to.startswith("/sign-in"):
            break
        answer = caller.ask("GET", answer.leads_to)
    return answer
