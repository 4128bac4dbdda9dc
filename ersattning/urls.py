"""Addresses of körningar, their rows and what those rest on."""

from django.urls import path

from ersattning.views import filer, forklara, korningar, niva, priser, rader, steg, utforarens

app_name = "ersattning"
urlpatterns = [
    path("korningar/", korningar.lista, name="korningar"),
    path("korningar/starta/", steg.starta, name="starta"),
    path("korningar/<manad:manad>/", korningar.manad, name="korning"),
    path("korningar/<manad:manad>/framsteg/", korningar.framsteg, name="framsteg"),
    path("korningar/<manad:manad>/granska/", steg.granska, name="granska"),
    path("korningar/<manad:manad>/faststall/", steg.faststall, name="faststall"),
    path("korningar/<manad:manad>/filer/", steg.gor_filer, name="gor_filer"),
    path("korningar/<manad:manad>/<slug:namn>.csv", filer.csv, name="csv"),
    path("korningar/<manad:manad>/rader/", rader.rader, name="rader"),
    path("korningar/<manad:manad>/avvikelser/", rader.avvikelser, name="avvikelser"),
    path("korningar/<manad:manad>/handelser/", korningar.handelser, name="handelser"),
    path("rader/<int:pk>/", forklara.rad, name="forklara"),
    path("rader/<int:pk>/forklaring.pdf", forklara.rad_pdf, name="forklara_pdf"),
    path("avvikelser/<int:pk>/", forklara.avvikelse, name="avvikelse"),
    path("filer/<int:pk>/", filer.fil, name="fil"),
    path("nivabedomningar/", niva.lista, name="nivalista"),
    path("nivabedomningar/prova/<int:pk>/", niva.prova, name="nivaprovning"),
    path("nivabedomningar/prova/<int:pk>/svara/", niva.svara, name="nivasvar"),
    path("underlag/", utforarens.manader, name="utforarens"),
    path("underlag/<manad:manad>/", utforarens.manad, name="utforarens_manad"),
    path("underlag/<manad:manad>/<int:pk>/", utforarens.rader, name="utforarens_rader"),
    path("underlag/filer/<int:pk>/", utforarens.fil, name="utforarens_fil"),
    path("underlag/rader/<int:pk>/forklaring.pdf", utforarens.forklaring, name="utforarens_forklaring"),
    path("arbetsbonus/", utforarens.bonus, name="bonus"),
    path("arbetsbonus/<int:pk>/", utforarens.ansokningar, name="bonusansokningar"),
    path("arbetsbonus/<int:pk>/ny/", utforarens.ansok, name="ansok_om_bonus"),
    path("arbetsbonus/intyg/<int:pk>/", utforarens.intyg_for_utforare, name="bonusintyg"),
    path("bonusansokningar/", utforarens.kommunens_ansokningar, name="kommunens_bonusansokningar"),
    path("bonusansokningar/<int:pk>/intyg/", utforarens.intyg_for_kommunen, name="kommunens_bonusintyg"),
    path("prislistor/", priser.lista, name="prislistor"),
    path("prislistor/<int:pk>/", priser.prislista, name="prislista"),
    path("regler/", priser.regler, name="regler"),
]
