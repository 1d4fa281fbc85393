"""Links in mail lead below the public address, whoever asks and from wherever."""

from dataclasses import replace

import pytest
from flask import Flask

from committee.mail.links import address_of


def test_a_link_needs_no_request_and_follows_the_setting(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert address_of("public.meeting", meeting_id=7) == "http://127.0.0.1:5050/meetings/7"
    settings = replace(app.config["SETTINGS"], public_url="https://example.org/committees")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    assert address_of("public.meeting", meeting_id=7) == (
        "https://example.org/committees/meetings/7"
    )
    assert address_of("public.home", q="a b") == "https://example.org/committees/?q=a+b"


def test_whoever_sends_a_request_does_not_choose_where_its_links_lead(app: Flask) -> None:
    with app.test_request_context("/", headers={"Host": "attacker.example"}):
        assert address_of("public.home") == "http://127.0.0.1:5050/"
