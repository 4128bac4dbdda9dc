"""Addresses of persons, decisions and assessments."""

from django.urls import path

from beslut.views import instrument, nivaarende, underlag, varfor

app_name = "beslut"
urlpatterns = [
    path("beslut/<int:pk>/", underlag.beslut, name="beslut"),
    path("nivabedomningar/<int:pk>/", underlag.niva, name="niva"),
    path("nivabedomningar/mina/", nivaarende.mina, name="niva_mina"),
    path("nivabedomningar/mina/valj/", nivaarende.valj, name="niva_valj"),
    path("nivabedomningar/arende/<int:pk>/", nivaarende.arende, name="nivaarende"),
    path("nivabedomningar/arende/<int:pk>/fyll-i/", nivaarende.fyll_i, name="nivaarende_fyll_i"),
    path("nivabedomningar/arende/<int:pk>/kasta/", nivaarende.kasta, name="nivaarende_kasta"),
    path("personer/<int:pk>/nivabedomning/", nivaarende.ny, name="niva_ny"),
    path("instrument/", instrument.lista, name="instrumenten"),
    path("instrument/nytt/", instrument.nytt, name="instrument_nytt"),
    path("instrument/<int:pk>/", instrument.visa, name="instrument"),
    path("instrument/<int:pk>/andra/", instrument.andra, name="instrument_andra"),
    path("instrument/<int:pk>/ny-version/", instrument.ny_version, name="instrument_ny_version"),
    path("instrument/<int:pk>/ta-i-bruk/", instrument.ta_i_bruk, name="instrument_ta_i_bruk"),
    path("instrument/<int:pk>/ta-bort/", instrument.ta_bort, name="instrument_ta_bort"),
    path("personer/<int:pk>/varfor/", varfor.varfor, name="varfor"),
]
