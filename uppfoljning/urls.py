"""Addresses of reports."""

from django.urls import path

from uppfoljning import views

app_name = "uppfoljning"
urlpatterns = [
    path("rapporter/", views.rapporter, name="rapporter"),
    path("rapporter/tjansteutlatande/<manad:manad>/", views.tjansteutlatande, name="tjansteutlatande"),
]
