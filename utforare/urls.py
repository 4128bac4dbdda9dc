"""Addresses of providers, contracts, verkställigheter and what was carried out."""

from django.urls import path

from utforare.views import niva, underlag

app_name = "utforare"
urlpatterns = [
    path("utforare/<int:pk>/", underlag.utforare, name="utforare"),
    path("enheter/nivabedomningar/", niva.valj_enhet, name="niva_enheter"),
    path("enheter/<int:pk>/nivabedomningar/", niva.enhet, name="niva_enhet"),
    path("enheter/nivabedomningar/<int:pk>/", niva.arende, name="nivaarende"),
    path("enheter/nivabedomningar/<int:pk>/fyll-i/", niva.fyll_i, name="nivaarende_fyll_i"),
    path("enheter/nivabedomningar/<int:pk>/kasta/", niva.kasta, name="nivaarende_kasta"),
    path("enheter/nivabedomningar/<int:pk>/synpunkt/", niva.synpunkt, name="niva_synpunkt"),
    path("verkstalligheter/<int:pk>/nivabedomning/", niva.ny, name="niva_ny"),
    path("avtal/<int:pk>/", underlag.avtal, name="avtal"),
    path("beslut/<int:pk>/verkstalligheter/", underlag.av_beslut, name="av_beslut"),
    path("verkstalligheter/<int:pk>/", underlag.verkstallighet, name="verkstallighet"),
    path("verkstalligheter/<int:pk>/<manad:manad>/", underlag.utfort, name="utfort"),
]
