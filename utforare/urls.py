"""Addresses of providers, contracts, verkställigheter and what was carried out."""

from django.urls import path

from utforare.views import akt, underlag

app_name = "utforare"
urlpatterns = [
    path("personer/<int:pk>/", akt.akt, name="akt"),
    path("utforare/<int:pk>/", underlag.utforare, name="utforare"),
    path("avtal/<int:pk>/", underlag.avtal, name="avtal"),
    path("beslut/<int:pk>/verkstalligheter/", underlag.av_beslut, name="av_beslut"),
    path("verkstalligheter/<int:pk>/", underlag.verkstallighet, name="verkstallighet"),
    path("verkstalligheter/<int:pk>/<manad:manad>/", underlag.utfort, name="utfort"),
]
