"""Carries out the decided lists of gallring, or takes up what was broken off."""

from typing import Any

from grund import klocka
from grund.kommando import Kommando
from grund.text import antal_ord
from uppfoljning.gallring import atgarder
from uppfoljning.models import Gallringslista


class Command(Kommando):
    """`gallra`: nothing is removed that a gruppchef has not decided on."""

    help = "Genomför beslutade gallringslistor, och fortsätter med det som avbröts. Körs som databasens ägare."
    vid_avbrott = "Gallringen avbröts. Det som är gallrat är gallrat; kör kommandot igen för resten."

    def handle(self, *_args: Any, **_options: Any) -> None:
        listor = atgarder.ogenomforda()
        if not listor:
            self.stdout.write("Ingen beslutad lista väntar.")
        for pk in listor:
            antal = atgarder.genomfor(lista_id=pk, idag=klocka.idag(), nu=klocka.nu())
            lista = Gallringslista.objects.get(pk=pk)
            gicks = antal_ord(antal, "person gicks igenom", "personer gicks igenom")
            self.stdout.write(f"{lista.nyckel}: {gicks}, listan är {lista.get_lage_display()}.")
