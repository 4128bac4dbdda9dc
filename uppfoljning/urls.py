"""Addresses of reports and of the event log."""

from django.urls import path

from uppfoljning.views import (
    arssats,
    handelser,
    handlingsplan,
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
    path("rapporter/ar/", arssats.arssatser, name="arssatser"),
    path("rapporter/ar/<int:pk>/", arssats.arssats, name="arssats"),
    path("rapporter/ar/<int:pk>/gor-om/", arssats.gor_om, name="gor_om_arssats"),
    path("rapporter/ar/fil/<int:pk>/", arssats.fil, name="arsfil"),
    path("rapporter/uppgifter/", uppgifter.uppgifter, name="uppgifter"),
    path("rapporter/uppgifter/fil/<int:pk>/", uppgifter.fil, name="uppgiftsfil"),
    path("rapporter/uppgifter/<slug:nyckel>/", uppgifter.slag, name="uppgiftsslag"),
    path("rapporter/uppgifter/<slug:nyckel>/mall.csv", uppgifter.mall, name="uppgiftsmall"),
    path("rapporter/handlingsplan/planer/", handlingsplan.lista, name="handlingsplaner"),
    path("rapporter/handlingsplan/planer/ny/", handlingsplan.ny, name="ny_handlingsplan"),
    path("rapporter/handlingsplan/planer/<int:pk>/", handlingsplan.plan, name="handlingsplan"),
    path("rapporter/handlingsplan/planer/<int:pk>/atgard/", handlingsplan.ny_atgard, name="ny_atgard"),
    path("rapporter/handlingsplan/planer/<int:pk>/redovisad/", handlingsplan.redovisa, name="redovisa_handlingsplan"),
    path("rapporter/handlingsplan/atgarder/<int:pk>/", handlingsplan.atgard, name="atgard"),
    path("rapporter/<slug:nyckel>/", rapport.rapport, name="rapport"),
    path("rapporter/<slug:nyckel>/rakna-om/", rapport.rakna_om, name="rakna_om_rapport"),
    path("rapporter/<slug:nyckel>/pdf/", rapport.pdf, name="rapportens_pdf"),
    path("rapporter/<slug:nyckel>/arbetsbok/", rapport.arbetsbok, name="rapportens_arbetsbok"),
    path("rapporter/<slug:nyckel>/utlatande/", rapport.utlatande, name="rapportutlatande"),
    path("handelser/", handelser.handelser, name="handelser"),
    path("handelser/<slug:slag>/", handelser.objekt, name="slag"),
    path("handelser/<slug:slag>/<path:nyckel>/", handelser.objekt, name="objekt"),
]
