"""Addresses of persons, decisions and assessments."""

from django.urls import path

from beslut.views import underlag, varfor

app_name = "beslut"
urlpatterns = [
    path("beslut/<int:pk>/", underlag.beslut, name="beslut"),
    path("nivabedomningar/<int:pk>/", underlag.niva, name="niva"),
    path("personer/<int:pk>/varfor/", varfor.varfor, name="varfor"),
]
