"""Addresses of providers, contracts, verkställigheter and what was carried out."""

from django.urls import path

from utforare.urls_rapportering import ADRESSER
from utforare.views import underlag

app_name = "utforare"
urlpatterns = [
    path("utforare/<int:pk>/", underlag.utforare, name="utforare"),
    path("avtal/<int:pk>/", underlag.avtal, name="avtal"),
    path("beslut/<int:pk>/verkstalligheter/", underlag.av_beslut, name="av_beslut"),
    path("verkstalligheter/<int:pk>/", underlag.verkstallighet, name="verkstallighet"),
    path("verkstalligheter/<int:pk>/<manad:manad>/", underlag.utfort, name="utfort"),
    *ADRESSER,
]
