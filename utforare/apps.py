from django.apps import AppConfig


class UtforareConfig(AppConfig):
    name = "utforare"
