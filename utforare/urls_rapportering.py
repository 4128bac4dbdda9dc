"""Addresses of the utförare's own reporting."""

from django.urls import path

from utforare.views import besok, narvaro, rapport

ADRESSER = [
    path("narvaro/", narvaro.start, name="narvaro_start"),
    path("narvaro/<int:pk>/<manad:manad>/", narvaro.narvaro, name="narvaro"),
    path("narvaro/<int:pk>/<manad:manad>/spara/", narvaro.spara, name="spara_narvaro"),
    path("besok/", besok.start, name="besok_start"),
    path("besok/<int:pk>/<manad:manad>/", besok.lista, name="besok"),
    path("besok/<int:pk>/nytt/", besok.nytt, name="nytt_besok"),
    path("besok/<int:pk>/planera/", besok.planera, name="planera_besok"),
    path("besok/<int:pk>/rapportera/<path:nyckel>/", besok.rapportera, name="rapportera_besok"),
    path("besok/<int:pk>/avboka/<path:nyckel>/", besok.avboka, name="avboka_besok"),
    path("besok/<int:pk>/ta-tillbaka/<path:nyckel>/", besok.ta_tillbaka, name="ta_tillbaka_besok"),
    path("rapport/<int:pk>/<manad:manad>/", rapport.rapport, name="rapport"),
    path("rapport/<int:pk>/<manad:manad>/signera/", rapport.signera, name="signera"),
]
