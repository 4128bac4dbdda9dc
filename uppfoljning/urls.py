"""Addresses of reports and of the event log."""

from django.urls import path

from uppfoljning.views import handelser, prognos, rapporter, simulering

app_name = "uppfoljning"
urlpatterns = [
    path("rapporter/", rapporter.rapporter, name="rapporter"),
    path("rapporter/tjansteutlatande/<manad:manad>/", rapporter.tjansteutlatande, name="tjansteutlatande"),
    path("rapporter/simulering/<int:pk>/", simulering.simuleringsutlatande, name="simuleringsutlatande"),
    path("rapporter/prognos/<int:pk>/", prognos.prognosutlatande, name="prognosutlatande"),
    path("handelser/", handelser.handelser, name="handelser"),
    path("handelser/<slug:slag>/", handelser.objekt, name="slag"),
    path("handelser/<slug:slag>/<path:nyckel>/", handelser.objekt, name="objekt"),
]
