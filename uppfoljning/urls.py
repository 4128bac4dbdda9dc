"""Addresses of reports and of the event log."""

from django.urls import path

from uppfoljning.views import (
    handelser,
    individavtal,
    ivo,
    leveranser,
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
    path("rapporter/leveranser/alla/", leveranser.leveranser, name="leveranser"),
    path("rapporter/leveranser/layouter/", leveranser.layouter, name="leveranslayouter"),
    path("rapporter/leveranser/layouter/grund/", leveranser.grundlayouter, name="grundlayouter"),
    path("rapporter/leveranser/layouter/<int:pk>/", leveranser.layout, name="leveranslayout"),
    path("rapporter/leveranser/layouter/<int:pk>/ny/", leveranser.ny_layout, name="ny_leveranslayout"),
    path("rapporter/leveranser/<int:pk>/", leveranser.leverans, name="leverans"),
    path("rapporter/leveranser/<int:pk>/kasta/", leveranser.kasta, name="kasta_leverans"),
    path("rapporter/leveranser/<int:pk>/fil/", leveranser.fil, name="leveransens_fil"),
    path("rapporter/leveranser/<int:pk>/protokoll/", leveranser.protokoll, name="leveransens_protokoll"),
    path("rapporter/uppgifter/", uppgifter.uppgifter, name="uppgifter"),
    path("rapporter/uppgifter/fil/<int:pk>/", uppgifter.fil, name="uppgiftsfil"),
    path("rapporter/uppgifter/<slug:nyckel>/", uppgifter.slag, name="uppgiftsslag"),
    path("rapporter/uppgifter/<slug:nyckel>/mall.csv", uppgifter.mall, name="uppgiftsmall"),
    path("rapporter/<slug:nyckel>/", rapport.rapport, name="rapport"),
    path("rapporter/<slug:nyckel>/arbetsbok/", rapport.arbetsbok, name="rapportens_arbetsbok"),
    path("rapporter/<slug:nyckel>/utlatande/", rapport.utlatande, name="rapportutlatande"),
    path("handelser/", handelser.handelser, name="handelser"),
    path("handelser/<slug:slag>/", handelser.objekt, name="slag"),
    path("handelser/<slug:slag>/<path:nyckel>/", handelser.objekt, name="objekt"),
]
