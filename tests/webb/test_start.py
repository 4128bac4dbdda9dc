"""The way in."""

from django.test import Client
from django.urls import reverse


def test_the_start_page_asks_who_it_is() -> None:
    svar = Client().get("/")
    assert svar.status_code == 302
    assert svar["Location"] == f"{reverse('logga_in')}?next=/"


def test_the_load_balancer_is_answered() -> None:
    assert Client().get("/halsa/").content == b"ok"
