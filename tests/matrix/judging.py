"""Whether an answer is the one that the table expects."""

from collections.abc import Mapping

from tests.matrix.callers import Answer
from tests.matrix.table import Expected

TAKEN_IN = {200, 201, 204, 409, 422}
REFUSALS = {409, 422}
SIGN_IN = "/sign-in"


def to_sign_in(answer: Answer) -> bool:
    """Whether somebody is asked to sign in: led there, or for what was sent told so."""
    return answer.status == 401 or (answer.status == 303 and answer.leads_to.startswith(SIGN_IN))


def is_led_on(answer: Answer) -> bool:
    """Whether the answer leads to another page of ours than the one to sign in."""
    return answer.status == 303 and answer.leads_to.startswith("/") and not to_sign_in(answer)


def fits(expected: Expected, answer: Answer, changed: Mapping[str, str]) -> bool:
    """Whether the answer, and what changed in the database, are as expected."""
    led = is_led_on(answer)
    rules = {
        Expected.PAGE: answer.status == 200 and not changed,
        Expected.ONWARD: led and not changed,
        Expected.PAGE_OR_ONWARD: (led or answer.status == 200) and not changed,
        Expected.ALLOWED: led or answer.status in TAKEN_IN,
        Expected.DONE: (led or answer.status in (200, 201, 204)) and bool(changed),
        Expected.REFUSED: (led or answer.status in REFUSALS) and not changed,
        Expected.GONE: answer.status == 410 and not changed,
        Expected.HIDDEN: answer.status == 404 and not changed,
        Expected.SIGN_IN: to_sign_in(answer) and not changed,
    }
    return rules[expected]
