"""Addresses of reports and of the event log."""

from django.urls import path

from uppfoljning.views import (
    avtalsuppfoljning,
    bemanning,
    brister,
    handelser,
    individavtal,
    ivo,
    nivaandringar,
    prognos,
    rapport,
    rapporter,
    simulering,
    uppgifter,
)

app_name = "uppfoljning"
urlpatterns = [
    path("rapporter/", rapporter.rapporter, name="rapporter"),
    path("rapporter/tjansteutlatande/<manad:manad>/", rapporter.tjansteutlatande, name="tjansteutlatande"),
    path("rapporter/simulering/<int:pk>/", simulering.simuleringsutlatande, name="simuleringsutlatande"),
    path("rapporter/individrapport/<int:pk>/<kvartal:kvartal>/", ivo.individrapport, name="individrapport"),
    path("rapporter/individavtal/", individavtal.utlatande, name="individavtalsutlatande"),
    path("rapporter/nivaandringar/", nivaandringar.rapport, name="nivaandringar"),
    path("rapporter/nivaandringar/nivaandringar.xlsx", nivaandringar.arbetsbok, name="nivaandringarnas_arbetsbok"),
    path("rapporter/nivaandringar/<int:pk>/", nivaandringar.andring, name="nivaandring"),
    path("rapporter/nivaandringar/halvar/<int:ar>-<int:halva>/", nivaandringar.utlatande, name="nivaandringsutlatande"),
    path("rapporter/prognos/<int:pk>/", prognos.prognosutlatande, name="prognosutlatande"),
    path("rapporter/uppgifter/", uppgifter.uppgifter, name="uppgifter"),
    path("rapporter/uppgifter/fil/<int:pk>/", uppgifter.fil, name="uppgiftsfil"),
    path("rapporter/uppgifter/<slug:nyckel>/", uppgifter.slag, name="uppgiftsslag"),
    path("rapporter/uppgifter/<slug:nyckel>/mall.csv", uppgifter.mall, name="uppgiftsmall"),
    path("rapporter/behov-mot-bemanning/nycklar/", bemanning.nycklar, name="bemanningsnycklar"),
    path("rapporter/behov-mot-bemanning/nycklar/ny/", bemanning.ny, name="ny_bemanningsnyckel"),
    path("rapporter/behov-mot-bemanning/nycklar/<int:pk>/", bemanning.nyckel, name="bemanningsnyckel"),
    path("rapporter/avtalsuppfoljning/enheter/", avtalsuppfoljning.enheter, name="avtalsenheter"),
    path("rapporter/avtalsuppfoljning/enheter/<int:pk>/", avtalsuppfoljning.enhet, name="avtalsenhet"),
    path("rapporter/avtalsuppfoljning/enheter/<int:pk>/uppgifter/", avtalsuppfoljning.fakta, name="enhetsfakta"),
    path("rapporter/avtalsuppfoljning/enheter/<int:pk>/brist/", brister.ny_brist, name="ny_brist"),
    path(
        "rapporter/avtalsuppfoljning/enheter/<int:pk>/folj-upp/<slug:insats>/",
        avtalsuppfoljning.folj_upp,
        name="folj_upp",
    ),
    path(
        "rapporter/avtalsuppfoljning/uppfoljningar/<int:pk>/", avtalsuppfoljning.uppfoljning, name="avtalsuppfoljning"
    ),
    path("rapporter/avtalsuppfoljning/brister/<int:pk>/", brister.brist, name="brist"),
    path("rapporter/avtalsuppfoljning/brister/<int:pk>/tillagg/", brister.tillagg, name="brist_tillagg"),
    path("rapporter/avtalsuppfoljning/kravlistor/", avtalsuppfoljning.kravlistor, name="kravlistor"),
    path("rapporter/avtalsuppfoljning/kravlistor/ny/", avtalsuppfoljning.ny_kravlista, name="ny_kravlista"),
    path("rapporter/avtalsuppfoljning/kravlistor/<int:pk>/", avtalsuppfoljning.kravlista, name="kravlista"),
    path("rapporter/avtalsuppfoljning/underrattelser/", brister.underrattelser, name="underrattelser"),
    path("rapporter/avtalsuppfoljning/underrattelser/ny/", brister.ny_underrattelse, name="ny_underrattelse"),
    path("rapporter/<slug:nyckel>/", rapport.rapport, name="rapport"),
    path("rapporter/<slug:nyckel>/arbetsbok/", rapport.arbetsbok, name="rapportens_arbetsbok"),
    path("rapporter/<slug:nyckel>/utlatande/", rapport.utlatande, name="rapportutlatande"),
    path("handelser/", handelser.handelser, name="handelser"),
    path("handelser/<slug:slag>/", handelser.objekt, name="slag"),
    path("handelser/<slug:slag>/<path:nyckel>/", handelser.objekt, name="objekt"),
]
