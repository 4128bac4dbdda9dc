from django.apps import AppConfig


class GrundConfig(AppConfig):
    name = "grund"

    def ready(self) -> None:
        from grund.insyn import uppgifter  # noqa: F401, PLC0415  hears Celery, in every process that sends or takes
