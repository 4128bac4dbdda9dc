"""Instruments of nivåbedömning: drafts are made and changed, and taken into use from a day for good."""

from datetime import date

from django.db import IntegrityError, transaction

from beslut import instrument as las
from beslut.instrument import Instrumentutkast
from beslut.models import Instrument, Instrumentgrans, Instrumentomrade
from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord


def skapa_instrument(*, utkast: Instrumentutkast, av: Anvandare | None) -> Instrument:
    """A new instrument, as a draft of its version 1. Hindrad when `av` may not, or the name is taken."""
    _krav_ratt(av)
    if Instrument.objects.filter(namn=utkast.namn).exists():
        raise Hindrad([f"Instrumentet {utkast.namn} finns redan. Gör en ny version av det."])
    with transaction.atomic():
        ny = Instrument(namn=utkast.namn, version=1, skapad_av=av)
        _spara(ny, utkast)
        _notera(av, "skapa_instrument", ny, f"{ny} lades upp som utkast.")
    return ny


def ny_version(*, av: Anvandare, instrument: Instrument) -> Instrument:
    """A draft of the next version, like `instrument`. Hindrad when there is a draft already."""
    _krav_ratt(av)
    senaste = Instrument.objects.filter(namn=instrument.namn).order_by("-version")[0]
    if senaste.ar_utkast:
        raise Hindrad([f"{senaste} är redan ett utkast. Ändra det i stället."])
    with transaction.atomic():
        ny = Instrument(namn=instrument.namn, version=senaste.version + 1, skapad_av=av)
        _spara(ny, las.som_utkast(instrument))
        _notera(av, "ny_version_av_instrument", ny, f"{ny} gjordes som utkast ur version {instrument.version}.")
    return ny


def andra_utkast(*, instrument: Instrument, utkast: Instrumentutkast, av: Anvandare) -> Instrument:
    """Let the draft say what `utkast` says. Hindrad when it is in use: then it never changes."""
    _krav_ratt(av)
    with transaction.atomic():
        eget = _last(instrument)
        if not eget.ar_utkast:
            raise Hindrad([f"{eget} är tagen i bruk och ändras aldrig. Gör en ny version."])
        _spara(eget, utkast)
        _notera(av, "andra_instrument", eget, f"Utkastet {eget} ändrades.")
    return eget


def ta_bort_utkast(*, instrument: Instrument, av: Anvandare) -> None:
    """Throw the draft away. Hindrad when it is in use."""
    _krav_ratt(av)
    with transaction.atomic():
        eget = _last(instrument)
        if not eget.ar_utkast:
            raise Hindrad([f"{eget} är tagen i bruk och tas aldrig bort."])
        _notera(av, "ta_bort_instrument", eget, f"Utkastet {eget} togs bort.")
        eget.delete()


def ta_i_bruk(*, instrument: Instrument, fran: date, av: Anvandare | None, idag: date) -> Instrument:
    """Use the version from `fran` on, in place of the one before. Hindrad with the reasons why it cannot be."""
    with transaction.atomic():
        eget = _last(instrument)
        if hinder := las.hinder_for_bruk(eget, fran, av, idag):
            raise Hindrad(hinder)
        forra = Instrument.objects.filter(namn=eget.namn, fran__isnull=False, till__isnull=True)
        forra.update(till=fran)
        eget.fran, eget.i_bruk_av = fran, av
        try:
            eget.save(update_fields=["fran", "i_bruk_av"])
        except IntegrityError as fel:
            raise Hindrad([svenska(fel)]) from fel
        _notera(av, "ta_instrument_i_bruk", eget, f"{eget} används från {datum_i_ord(fran)}.")
    return eget


def _krav_ratt(av: Anvandare | None) -> None:
    if av and (hinder := hinder_for_ratt(av.roller, Ratt.PROVA_NIVA)):
        raise Hindrad(hinder)


def _last(instrument: Instrument) -> Instrument:
    """The version, with all of the same name locked: they follow each other in time."""
    alla = Instrument.objects.select_for_update().filter(namn=instrument.namn).order_by("pk")
    for ett in alla:
        if ett.pk == instrument.pk:
            return ett
    raise Hindrad(["Utkastet finns inte längre."])


def _spara(instrument: Instrument, utkast: Instrumentutkast) -> None:
    """The whole draft, in place of what was there. Its name stays: the versions are known by it."""
    instrument.insatser = list(utkast.insatser)
    instrument.beskrivning, instrument.hogst_utan_tal = utkast.beskrivning, utkast.hogst_utan_tal
    try:
        with transaction.atomic():
            instrument.save()
            instrument.omraden.all().delete()
            instrument.granser.all().delete()
            Instrumentomrade.objects.bulk_create(
                Instrumentomrade(
                    instrument=instrument, ordning=nummer, kod=ett.kod, namn=ett.namn, vikt=ett.vikt, hjalp=ett.hjalp
                )
                for nummer, ett in enumerate(utkast.omraden, 1)
            )
            Instrumentgrans.objects.bulk_create(
                Instrumentgrans(instrument=instrument, minst=ett.minst, niva=ett.niva) for ett in utkast.granser
            )
    except IntegrityError as fel:
        raise Hindrad([svenska(fel)]) from fel


def _notera(av: Anvandare | None, handling: str, instrument: Instrument, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"instrument:{instrument.pk}", text=text)
