"""What there is of a web: a page that says so, and the answer to the load balancer."""

from django.test import Client


def test_the_start_page_says_what_can_be_done() -> None:
    svar = Client().get("/")
    assert svar.status_code == 200
    assert "Insatskollen är igång" in svar.content.decode()
    assert "style=" not in svar.content.decode()
    assert "<script" not in svar.content.decode()


def test_the_load_balancer_is_answered() -> None:
    assert Client().get("/halsa/").content == b"ok"
