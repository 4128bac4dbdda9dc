from django.apps import AppConfig


class ErsattningConfig(AppConfig):
    name = "ersattning"
