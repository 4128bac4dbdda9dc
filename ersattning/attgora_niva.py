"""What the avtalssamordnare has to do: decide on nivåbedömningar, answer who contests."""

from datetime import date

from django.urls import reverse

from beslut import nivavisning
from beslut.models import Nivaarende
from ersattning import nivaprovning
from ersattning.nivaprovning import Vantanderad
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from grund.tid import lokal_dag

FLEST = 8
SENT_EFTER_DAGAR = 14


def niva_grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Those that wait, the oldest first with their yearly cost, and those that are contested."""
    del alla
    if not har_ratt(vem.roller, Ratt.PROVA_NIVA):
        return []
    return [grupp for grupp in (_vantar(vem, idag), _overklagade(vem, idag)) if grupp.antal]


def _vantar(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    urval = nivaprovning.vantande()
    antal = urval.count()
    uppgifter = [_uppgift(ett, idag) for ett in nivaprovning.rader(list(urval[:FLEST]), vem, idag)]
    sena = [ett for ett in uppgifter if ett.sen]
    return Uppgiftsgrupp(
        nyckel="nivaprovning",
        rubrik="Nivåbedömningar att besluta om",
        kort="Att besluta om",
        ingress="Äldst först, med vad de skulle kosta på ett helår.",
        uppgifter=uppgifter,
        antal=antal,
        not_=f"{len(sena)} har väntat mer än två veckor" if sena else "nivåbedömningar",
        sen=bool(sena),
        alla=reverse("ersattning:nivalista"),
    )


def _uppgift(ett: Vantanderad, idag: date) -> Uppgift:
    arende, rad = ett.rad.arende, ett.rad
    adress = reverse("ersattning:nivaprovning", args=[arende.pk]) if rad.oppna else ""
    dagar = _dagar(arende, idag)
    onskad = datum_i_ord(arende.onskad_fran) if arende.onskad_fran else ""
    return Uppgift(
        nar=antal_ord(dagar, "dag", "dagar") if dagar else "I dag",
        nar_under="har väntat" if dagar else "",
        vem=rad.person,
        adress=adress,
        vad=rad.insats,
        vad_under=f"{rad.niva} från {onskad}",
        lage=f"Helår: {ett.helar} kr" if ett.helar[-1:].isdigit() else f"Helår: {ett.helar}",
        lage_under=f"Bedömd av {rad.bedomare}",
        nasta="Besluta" if rad.oppna else "",
        nasta_adress=adress,
        sen=dagar > SENT_EFTER_DAGAR,
        person=arende.person_id if rad.oppna else None,
    )


def _overklagade(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    alla = list(nivaprovning.overklagade())
    return Uppgiftsgrupp(
        nyckel="nivasynpunkter",
        rubrik="Utförare som begär omprövning",
        kort="Begär omprövning",
        ingress="Utföraren har lämnat en synpunkt på ett beslut om nivå.",
        uppgifter=[_synpunkt(ett, vem, idag) for ett in alla[:FLEST]],
        antal=len(alla),
        not_="väntar på svar",
        alla=reverse("ersattning:nivalista"),
    )


def _synpunkt(ett: Nivaarende, vem: Anvandare, idag: date) -> Uppgift:
    rad = nivavisning.listrad(ett, vem, idag)
    adress = reverse("ersattning:nivaprovning", args=[ett.pk]) if rad.oppna else ""
    dag = lokal_dag(ett.synpunkt.tidpunkt)
    return Uppgift(
        nar=datum_i_ord(dag),
        vem=rad.person,
        adress=adress,
        vad=rad.insats,
        vad_under=rad.niva,
        lage=rad.beslut,
        nasta="Svara" if rad.oppna else "",
        nasta_adress=adress,
        sen=(idag - dag).days > SENT_EFTER_DAGAR,
        person=ett.person_id if rad.oppna else None,
    )


def _dagar(arende: Nivaarende, idag: date) -> int:
    return max(0, (idag - lokal_dag(arende.inskickad or arende.skapad)).days)
