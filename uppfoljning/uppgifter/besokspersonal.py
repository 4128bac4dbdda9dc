"""Who made the visits, as a file."""

from collections.abc import Iterator, Sequence

from grund.datapaket.beskrivning import Varden
from grund.datapaket.typer import Text
from uppfoljning.models import Besokspersonal
from uppfoljning.uppgifter.typ import Falt, Filfel, Period, Uppgiftsslag
from utforare.models import Besok


def _finns(rader: Sequence[tuple[int, Varden]]) -> Iterator[Filfel]:
    """Each visit must be one that has been carried out."""
    nycklar = {varden["besok_id"] for _, varden in rader}
    utforda = Besok.objects.filter(nyckel__in=nycklar, utford_start__isnull=False)
    kanda = set(utforda.values_list("nyckel", flat=True))
    for rad, varden in rader:
        if varden["besok_id"] not in kanda:
            yield rad, "besok_id", "Det finns inget utfört besök med det id:t."


BESOKSPERSONAL = Uppgiftsslag(
    "besokspersonal",
    "Vem som gjorde besöken",
    "Vem hos utföraren som gjorde varje besök, med utförarens egen kod. Rapporten om avbokningar räknar hur många olika"
    " boendestödjare varje person har haft, och nattens kontroll ser om någon var hos flera samtidigt.",
    Period.MANAD,
    (
        Falt(
            "besok_id",
            "Besök",
            Text(40),
            hjalp="Besökets id i besok.csv. Var det två: en rad för var och en.",
        ),
        Falt("personal", "Personal", Text(40), hjalp="Utförarens egen kod. Inga namn och inga personnummer."),
    ),
    Besokspersonal,
    ("besok_id", "personal"),
    kontroll=_finns,
)
