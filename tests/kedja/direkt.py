"""The chain without workers: the same actions, one after the other in this process."""

from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from ersattning import actions
from ersattning.models import Delkorning, Korning
from grund.models import Anvandare
from grund.tid import Manad


def las_in(mapp: Path) -> None:
    call_command("las_in", str(mapp), verbosity=0)


def kor(manad: str) -> Korning:
    """Calculate the month here and now."""
    korning = actions.starta_korning(manad=Manad.las(manad), av=None, nu=timezone.now())
    for pk in Delkorning.objects.filter(korning=korning).values_list("pk", flat=True):
        actions.rakna_del(delkorning_id=pk, nu=timezone.now())
    assert actions.avsluta_korning(korning_id=korning.pk, nu=timezone.now())
    korning.refresh_from_db()
    return korning


def faststall(manad: str) -> None:
    """Review and settle the month, by two people."""
    anna, _ = Anvandare.objects.get_or_create(username="anna", defaults={"roller": ["controller"]})
    bo, _ = Anvandare.objects.get_or_create(username="bo", defaults={"roller": ["gruppchef"]})
    actions.granska_manad(manad=Manad.las(manad), av=anna, nu=timezone.now(), utan_underlag=True)
    actions.faststall_manad(manad=Manad.las(manad), av=bo, nu=timezone.now(), utan_underlag=True)


def exporterat(manad: str, mapp: Path) -> tuple[str, str]:
    """ersattning.csv and avvikelser.csv of the month."""
    call_command("exportera_ersattning", manad, str(mapp), verbosity=0)
    return (mapp / "ersattning.csv").read_text(encoding="utf-8"), (mapp / "avvikelser.csv").read_text(encoding="utf-8")
