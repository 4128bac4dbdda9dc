"""How long a year of the whole municipality takes to simulate in five variants, against the same months' körningar."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command

from demokommun import skriv_paket
from demokommun.matning import matare
from ersattning.models import Simulering
from ersattning.regler import Simuleringslage
from ersattning.simulering import actions, tasks
from ersattning.simulering.actions import Fraga, Variantval
from grund import klocka
from grund.tid import Manad

MANADER = 12
VARIANTER = (
    Variantval("Priserna upp", {"upprakning": "3"}),
    Variantval("Nivå 3 blir nivå 4", {"nivaer": {"3": "4"}}),
    Variantval("Kortare trappa", {"franvaro": "1-5:100,6-10:50", "avslut_dagar": "10"}),
    Variantval("Bomtid", {"bomtid_varsel_timmar": "24", "bomtid_andel": "1", "bomtid_tak_andel": None}),
    Variantval("Antagen tid", {"antagen_utford": "0.7", "tak_andel_av_bestallt": "1"}),
)
_PAUS, LANGST_STILLA = 0.1, 60.0


def las_in(sista: Manad) -> list[Manad]:
    """Take in the demo's municipality at full size; gives the months to measure."""
    with TemporaryDirectory() as mapp:
        skriv_paket(Path(mapp) / "ekstad", till_manad=str(sista), manader=MANADER, skala=1.0)
        call_command("las_in", str(Path(mapp) / "ekstad"), verbosity=0)
    matare.sql("ANALYZE")
    return list(sista.plus(1 - MANADER).till_och_med(sista))


def korningar(manader: list[Manad]) -> float:
    """Seconds that the months' körningar take, one after the other."""
    return sum(matare.kor(manad) for manad in manader)


def simulera(manader: list[Manad]) -> tuple[float, Simulering]:
    """Seconds from the command until the simulering is klar, with the workers that there are."""
    fraga = Fraga("Mätning", manader[0], manader[-1])
    ny = actions.skapa_simulering(fraga=fraga, varianter=VARIANTER, av=None, nu=klocka.nu())
    start = time.perf_counter()
    ny = actions.starta_simulering(simulering=ny, av=None, nu=klocka.nu())
    tasks.skicka(ny)
    _vanta(ny)
    return time.perf_counter() - start, ny


def _vanta(ny: Simulering) -> None:
    """Until it is klar. CommandError when it is stopped, or when no part is done for long: its worker may be gone."""
    klara, rorde_sig = -1, time.perf_counter()
    while ny.status == Simuleringslage.RAKNAS:
        time.sleep(_PAUS)
        ny.refresh_from_db(fields=["status"])
        nu = ny.delar.filter(klar__isnull=False).count()
        if nu > klara:
            klara, rorde_sig = nu, time.perf_counter()
        elif time.perf_counter() - rorde_sig > LANGST_STILLA:
            msg = (
                f"Inget har hänt med simuleringen på {LANGST_STILLA:.0f} sekunder. Är arbetarna igång? Läs deras logg."
            )
            raise CommandError(msg)
    if ny.status != Simuleringslage.KLAR:
        msg = f"Simuleringen blev inte räknad: den är {ny.get_status_display()}. Läs arbetarnas logg."
        raise CommandError(msg)
