"""Two officers send a paper for one item at the same moment."""

import threading

from flask import Flask
from sqlalchemy.orm import close_all_sessions

from committee.extensions import db
from committee.reports import service
from committee.reports.rules import PaperKind
from tests import builders


def test_only_one_of_two_papers_sent_at_once_becomes_the_main_paper(app: Flask) -> None:
    item_id = builders.an_item(builders.a_meeting()).id
    uploads = [builders.an_upload("one.pdf", b"one"), builders.an_upload("two.pdf", b"two")]
    db.session.commit()
    both_ready = threading.Barrier(2)

    def send(upload: service.Upload) -> None:
        with app.app_context():
            both_ready.wait(10)
            service.receive_paper(item_id, upload)
            db.session.commit()

    threads = [threading.Thread(target=send, args=(upload,)) for upload in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_all_sessions()
    papers = service.papers_of(item_id)
    assert [paper.kind for paper in papers] == [PaperKind.MAIN, PaperKind.APPENDIX]
    assert [paper.position for paper in papers] == [1, 2]
