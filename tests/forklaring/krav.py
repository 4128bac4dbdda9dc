"""What every explained avvikelse must have."""

from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.forklaring.typer import Avvikelseforklaring
from ersattning.models import Avvikelse


def forklarad(pk: int) -> Avvikelseforklaring:
    forklaring = forklara_avvikelse(pk)
    assert forklaring is not None
    return forklaring


def krav_hel(avvikelse: Avvikelse) -> None:
    """What has happened, what it does to the money, what to do, what it rests on, and its days."""
    a = forklarad(avvikelse.pk)
    assert a.hande
    assert a.pengar
    assert len(a.gor) > 1
    assert a.kedja
    egna = {ruta.dag for ruta in a.dagar if ruta.klass == "har"}
    assert egna == {ruta.dag for ruta in a.dagar if a.fran <= ruta.dag <= a.sista}
    assert avvikelse.besok_nyckel in " ".join(a.hande)
