from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GrundConfig(AppConfig):
    name = "grund"

    def ready(self) -> None:
        from grund.databas.efter_migrering import ordna_databasen  # noqa: PLC0415  models are not loaded before this

        post_migrate.connect(ordna_databasen, sender=self, dispatch_uid="grund.databas")
        from grund.insyn import uppgifter  # noqa: F401, PLC0415  hears Celery, in every process that sends or takes
