"""Addresses of decisions and assessments."""

from django.urls import path

from beslut import views

app_name = "beslut"
urlpatterns = [
    path("beslut/<int:pk>/", views.beslut, name="beslut"),
    path("nivabedomningar/<int:pk>/", views.niva, name="niva"),
]
