"""Nivåbedömningar in the small world: each person has one that waits, made by somebody who is nobody's boss."""

from datetime import date
from decimal import Decimal

from beslut.models import Instrument, Nivaarende, Nivabedomning, Nivasvar
from beslut.models.nivaarende import Arendelage
from grund.models import Anvandare
from tests.niva.hus import OMRADEN, instrument_i_bruk, klockan
from tests.webb.varld import START, TILLAGG, Varld, Vems


def nivaarende(varld: Varld, vems: Vems) -> dict[str, int]:
    del varld
    if vems is Vems.INGENS:
        return {"nivaarende": 999_999, "instrument": 999_999}
    instrument = Instrument.objects.first() or instrument_i_bruk("LSS-10", fran=START)
    bedomning = Nivabedomning.objects.get(nyckel=f"N-{vems.upper()}")
    bedomare, _ = Anvandare.objects.get_or_create(username="bedomare", defaults={"roller": []})
    arende = Nivaarende.objects.create(
        person=bedomning.person, insats="LSS-10", instrument=instrument, bedomare=bedomare, skapad=klockan(START),
        onskad_fran=date(2026, 2, 1), sammanfattning="Hemlig Person behöver mer." if vems is Vems.SKYDDAD else "Mer.",
    )  # fmt: skip
    Nivasvar.objects.bulk_create(
        Nivasvar(arende=arende, omrade=omrade, svar=3, skal="Behöver stöd.") for omrade in instrument.omraden.all()
    )
    ny = Nivabedomning.objects.create(
        nyckel=f"NB-{vems.upper()}", person=bedomning.person, insats="LSS-10", niva="4", fran=date(2026, 2, 1),
        status="inskickad", bedomd_av="bedomare",
    )  # fmt: skip
    Nivaarende.objects.filter(pk=arende.pk).update(
        lage=Arendelage.INSKICKAD, niva="4", summa=Decimal(3 * len(OMRADEN)), inskickad=klockan(START), bedomning=ny
    )
    return {"nivaarende": arende.pk, "instrument": instrument.pk}


TILLAGG.append(nivaarende)
