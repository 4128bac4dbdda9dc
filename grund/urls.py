"""Addresses of the users' pages."""

from django.urls import path

from grund import views

app_name = "grund"
urlpatterns = [
    path("anvandare/", views.lista, name="anvandare"),
    path("anvandare/ny/", views.ny, name="ny_anvandare"),
    path("anvandare/<int:pk>/", views.en, name="en_anvandare"),
    path("anvandare/<int:pk>/losenord/", views.losenord, name="losenord"),
    path("anvandare/<int:pk>/inloggning/", views.inloggning, name="inloggning"),
    path("anvandare/<int:pk>/skyddade/", views.skyddade, name="skyddade"),
    path("anvandare/<int:pk>/stang-av/", views.stang_av, name="stang_av"),
    path("anvandare/<int:pk>/oppna/", views.oppna_igen, name="oppna_igen"),
]
