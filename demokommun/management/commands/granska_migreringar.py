"""Looks at the newer migrations for what would stop those who work meanwhile."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demokommun.migreringslint import BASLINJE, granska


class Command(BaseCommand):
    """Part of ./dev check."""

    help = "Granskar SQL i migreringar efter baslinjen: låser de en tabell länge?"

    def handle(self, *args: Any, **options: Any) -> None:
        if fel := granska():
            raise CommandError("\n".join([*map(str, fel), "", "Se docs/drift.md, Migreringar."]))
        self.stdout.write("Inga nya migreringar låser något länge.", ending="\n")
        self.stdout.write(f"Baslinje: {', '.join(f'{app} {nummer:04}' for app, nummer in BASLINJE.items())}")
