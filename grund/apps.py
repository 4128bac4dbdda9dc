from django.apps import AppConfig


class GrundConfig(AppConfig):
    name = "grund"
