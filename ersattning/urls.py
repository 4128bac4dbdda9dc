"""Addresses of körningar, their rows and what those rest on."""

from django.urls import path

from ersattning.views import korningar

app_name = "ersattning"
urlpatterns = [
    path("korningar/", korningar.lista, name="korningar"),
    path("korningar/<manad:manad>/", korningar.manad, name="korning"),
]
