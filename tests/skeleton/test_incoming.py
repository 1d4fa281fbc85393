"""What other sites send is refused, and so is what is larger than any page of ours makes."""

from collections.abc import Callable

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from committee.web import incoming

URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "Same-Origin "])
def test_a_form_of_another_site_is_refused(client: FlaskClient, site: str) -> None:
    answer = client.post("/sign-in", data={"email": "x"}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_ours_is_taken(client: FlaskClient, site: str) -> None:
    answer = client.post("/sign-in", data={"email": "x"}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://localhost", 422),
        ("http://evil.example", 403),
        ("http://localhost.evil.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_older_browsers_tell_the_origin_alone(
    client: FlaskClient, origin: str, status: int
) -> None:
    answer = client.post("/sign-in", data={"email": "x"}, headers={"Origin": origin})
    assert answer.status_code == status


def test_the_public_address_is_ours_behind_a_proxy(app_with: Callable[..., Flask]) -> None:
    app = app_with(public_url="https://committees.example.org")
    answer = app.test_client().post(
        "/no-such-page", headers={"Origin": "https://committees.example.org"}
    )
    assert answer.status_code != 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_way_of_sending_is_looked_at(client: FlaskClient, method: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.open("/sign-in", method=method, headers=headers).status_code == 403


def test_a_link_from_elsewhere_is_followed(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/sign-in", headers=headers).status_code == 200


def test_an_address_has_a_longest_length(client: FlaskClient) -> None:
    assert client.get("/?" + "a" * incoming.LONGEST_QUERY).status_code == 200
    assert client.get("/?" + "a" * (incoming.LONGEST_QUERY + 1)).status_code == 400
    assert client.get("/?" + "&".join(["a=1"] * incoming.MOST_ARGUMENTS)).status_code == 200
    assert client.get("/?" + "&".join(["a=1"] * (incoming.MOST_ARGUMENTS + 1))).status_code == 400
    assert client.get("/" + "a" * incoming.LONGEST_PATH).status_code == 400


def test_headers_have_a_largest_size(client: FlaskClient) -> None:
    assert client.get("/", headers={"X-Much": "a" * 1000}).status_code == 200
    large = {"X-Much": "a" * incoming.MOST_HEADER_BYTES}
    assert client.get("/", headers=large).status_code == 400


def test_a_form_has_so_many_fields_and_no_more(client: FlaskClient) -> None:
    def sent(fields: int) -> int:
        body = "&".join(["email=x"] * fields)
        return client.post("/sign-in", data=body, content_type=URLENCODED).status_code

    assert sent(incoming.MOST_FIELDS) == 422
    assert sent(incoming.MOST_FIELDS + 1) == 413


def test_a_form_of_parts_has_so_many_and_no_more(client: FlaskClient) -> None:
    many = {f"field{number}": "x" for number in range(1001)}
    answer = client.post("/sign-in", data=many, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.fixture
def echo(app_with: Callable[..., Flask]) -> FlaskClient:
    """An application that answers the JSON which it is sent."""
    app = app_with()
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/echo", "echo", lambda: Response(str(request.get_json())), methods=["POST"])
    return app.test_client()


def test_json_has_a_largest_size_and_depth(echo: FlaskClient) -> None:
    def sent(body: str) -> int:
        return echo.post("/echo", data=body, content_type="application/json").status_code

    assert sent("[1]") == 200
    assert sent("[" * 30_000 + "]" * 30_000) == 400
    assert sent("[" + "1," * incoming.MOST_JSON_BYTES + "1]") == 413
    assert sent("{") == 400
