"""Addresses of providers, contracts, orders, verkställigheter and what was carried out."""

from django.urls import path

from utforare.urls_rapportering import ADRESSER
from utforare.views import akt, anvandare, bestall, brukare, inkomna, niva, register, underlag, uppehall, utforande

app_name = "utforare"
urlpatterns = [
    path("personer/<int:pk>/", akt.akt, name="akt"),
    path("utforare/", register.lista, name="lista"),
    path("utforare/ny/", register.ny, name="ny_utforare"),
    path("utforare/<int:pk>/andra/", register.andra, name="andra_utforare"),
    path("utforare/<int:pk>/enheter/ny/", register.ny_enhet, name="ny_enhet"),
    path("enheter/<int:pk>/andra/", register.andra_enhet, name="andra_enhet"),
    path("utforare/<int:pk>/", underlag.utforare, name="utforare"),
    path("anvandare/<int:pk>/enheter/", anvandare.enheter, name="anvandarens_enheter"),
    path("anvandare/enheter/<int:pk>/avsluta/", anvandare.avsluta, name="avsluta_enhet"),
    path("brukare/<int:pk>/uppehall/", uppehall.anmal, name="anmal_uppehall"),
    path("verkstalligheter/<int:pk>/uppehall/", uppehall.registrera, name="registrera_uppehall"),
    path("brukare/uppehall/<int:pk>/", uppehall.ateruppta, name="ateruppta"),
    path("uppehall/<int:pk>/avsluta/", uppehall.avsluta, name="avsluta_uppehall"),
    path("enheter/nivabedomningar/", niva.valj_enhet, name="niva_enheter"),
    path("enheter/<int:pk>/nivabedomningar/", niva.enhet, name="niva_enhet"),
    path("enheter/nivabedomningar/<int:pk>/", niva.arende, name="nivaarende"),
    path("enheter/nivabedomningar/<int:pk>/fyll-i/", niva.fyll_i, name="nivaarende_fyll_i"),
    path("enheter/nivabedomningar/<int:pk>/kasta/", niva.kasta, name="nivaarende_kasta"),
    path("enheter/nivabedomningar/<int:pk>/ta-over/", niva.ta_over, name="niva_ta_over"),
    path("enheter/nivabedomningar/<int:pk>/synpunkt/", niva.synpunkt, name="niva_synpunkt"),
    path("verkstalligheter/<int:pk>/nivabedomning/", niva.ny, name="niva_ny"),
    path("avtal/<int:pk>/", underlag.avtal, name="avtal"),
    path("beslut/<int:pk>/verkstalligheter/", underlag.av_beslut, name="av_beslut"),
    path("verkstalligheter/<int:pk>/", underlag.verkstallighet, name="verkstallighet"),
    path("verkstalligheter/<int:pk>/<manad:manad>/", underlag.utfort, name="utfort"),
    path("beslut/<int:pk>/utforande/", utforande.utforande, name="utforande"),
    path("beslut/<int:pk>/bestall/", bestall.bestall, name="bestall"),
    path("beslut/<int:pk>/erbjudande/", utforande.erbjud, name="erbjud"),
    path("beslut/<int:pk>/orsak/", utforande.orsak, name="orsak"),
    path("erbjudanden/<int:pk>/", utforande.svar, name="svar"),
    path("bestallningar/", bestall.lista, name="bestallningar"),
    path("bestallningar/<int:pk>/", bestall.bestallning, name="bestallning"),
    path("verkstalligheter/<int:pk>/avsluta/", utforande.avsluta, name="avsluta"),
    path("att-gora/<slug:grupp>/", utforande.arbetslista, name="arbetslista"),
    path("inkomna/", inkomna.inkomna, name="inkomna"),
    path("inkomna/<int:pk>/", inkomna.inkommen, name="inkommen"),
    path("inkomna/enhet/<int:pk>/", inkomna.enhetens_bestallningar, name="enhetens_bestallningar"),
    path("brukare/", brukare.brukare, name="brukare"),
    path("brukare/enhet/<int:pk>/", brukare.enhetens_brukare, name="enhetens_brukare"),
    path("brukare/<int:pk>/", brukare.brukaren, name="brukaren"),
    path("brukare/<int:pk>/slut/", brukare.anmal_slut, name="anmal_slut"),
    *ADRESSER,
]
