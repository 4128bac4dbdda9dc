from django.apps import AppConfig


class BeslutConfig(AppConfig):
    name = "beslut"
