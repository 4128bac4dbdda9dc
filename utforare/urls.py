"""Addresses of providers, contracts, verkställigheter and what was carried out."""

from django.urls import path

from utforare import views

app_name = "utforare"
urlpatterns = [
    path("utforare/<int:pk>/", views.utforare, name="utforare"),
    path("avtal/<int:pk>/", views.avtal, name="avtal"),
    path("beslut/<int:pk>/verkstalligheter/", views.av_beslut, name="av_beslut"),
    path("verkstalligheter/<int:pk>/", views.verkstallighet, name="verkstallighet"),
    path("verkstalligheter/<int:pk>/<manad:manad>/", views.utfort, name="utfort"),
]
