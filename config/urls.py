"""Addresses. Each app brings its own; here is only what belongs to none of them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, register_converter

from config import hjalp, views
from config.galleri import galleri
from grund.adresser import Manadsadress
from uppfoljning.adresser import Kvartalsadress

register_converter(Manadsadress, "manad")
register_converter(Kvartalsadress, "kvartal")


def halsa(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer the load balancer; says nothing about data."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("halsa/", halsa, name="halsa"),
    path("", include("config.inloggning.urls")),
    path("", include("grund.urls")),
    path("hjalp/", hjalp.index, name="hjalp"),
    path("hjalp/bilder/<slug:namn>.png", hjalp.bild, name="hjalpbild"),
    path("hjalp/<slug:namn>/", hjalp.avsnitt, name="hjalpavsnitt"),
    path("tillganglighet/", hjalp.tillganglighet, name="tillganglighet"),
    path("", include("beslut.urls")),
    path("", include("utforare.urls")),
    path("", include("ersattning.urls")),
    path("", include("uppfoljning.urls")),
]
handler500 = "config.fel.fel500"
if settings.UTVECKLING:
    urlpatterns.append(path("komponenter/", galleri, name="komponenter"))
