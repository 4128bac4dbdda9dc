"""A person who is in every table: two settled months of real calculation, and a row of each other kind, all marked.

What is written in free text bears MARKE; the name, number and address are such as nobody else has. ALVA ended in
January 2020 and is due; BROR is alike in all but the day of birth, and shows what must be left alone.
"""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test.utils import CaptureQueriesContext

from beslut.models import Person
from ersattning.models import Ersattningsrad, Korning
from grund.handelser import skriv_handelse
from grund.models import Anvandare
from tests.kedja import direkt
from uppfoljning.gallring.tabell import FOR
from utforare.models import Verkstallighet

__all__ = ["ALVA", "BROR", "CaptureQueriesContext"]

IDAG = date(2026, 6, 3)
NU = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)
DAG = date(2020, 1, 14)
TID = datetime(2020, 1, 14, 9, 0, tzinfo=UTC)
MARKE = "Kvarglömd"
ADRESS = "Kastanjestigen 17"
ALVA = ("P-ALVA", "199002029818", "Alvahild", "Ekdahlquist")
BROR = ("P-BROR", "199003039824", "Brorulf", "Granlundgren")
MANADER = ("2019-12", "2020-01")

PAKET = {
    "utforare": "utforare_id;namn;organisationsnummer;regi\nU;Eken AB;5566002373;privat\n",
    "enheter": "enhet_id;utforare_id;namn;platser\nE;U;Eken;6\n",
    "prislistor": "prislista_id;namn\nPL;Priser\n",
    "priser": (
        "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
        "PL;LSS-10;3;heltid;;dag;1164;2019-01-01;\nPL;LSS-3;;;;timme;444,50;2019-01-01;\n"
    ),
    "avtal": (
        "avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till\n"
        "A1;U;LSS-10;lov;;PL;narvaro;2019-01-01;\nA2;U;LSS-3;lov;;PL;utford_tid;2019-01-01;\n"
    ),
}


def _paket(mapp: Path) -> Path:
    mapp.mkdir()
    personer = "".join(f"{p[0]};{p[1]};{p[2]};{p[3]};1;nej;\n" for p in (ALVA, BROR))
    per: dict[str, str] = {
        "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n" + personer,
        "beslut": "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n",
        "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n",
        "nivabedomningar": "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n",
        "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n",
        "besok": (
            "besok_id;verkstallighet_id;planerad_start;planerad_slut;utford_start;utford_slut;avbokad;avbokad_av;"
            "orsak;registrering\n"
        ),
    }
    for vem in ("ALVA", "BROR"):
        for kod in ("10", "3"):
            per["beslut"] += f"B{kod}-{vem};P-{vem};LSS-{kod};LSS;bifall;2019-01-01;2019-01-01;2020-01-31;;\n"
            omf = "heltid" if kod == "10" else ""
            per["verkstalligheter"] += (
                f"V{kod}-{vem};B{kod}-{vem};E;2019-01-01;{omf};2019-01-01;2020-01-31;beslut_upphor\n"
            )
        per["nivabedomningar"] += f"N-{vem};P-{vem};LSS-10;3;2019-01-01;godkand;Karin;Gunnel;2019-01-02\n"
        for dag in ("2019-12-03", "2019-12-04", "2020-01-07"):
            kod, orsak = ("N", "") if dag != "2019-12-04" else ("F", MARKE if vem == "ALVA" else "annat")
            per["narvaro"] += f"V10-{vem};{dag};{kod};;;{orsak}\n"
            tid = f"{dag}T09:00;{dag}T10:25"
            per["besok"] += f"BS-{vem}-{dag};V3-{vem};{tid};{tid};;;{MARKE if vem == 'ALVA' else 'annat'};pa_plats\n"
    for namn, text in {**PAKET, **per}.items():
        (mapp / f"{namn}.csv").write_text(text, encoding="utf-8")
    return mapp


class Varld:
    """The rows that others point at, by model: what a new row of another table gets where nothing else is said."""

    def __init__(self, mapp: Path) -> None:
        self.mapp = mapp
        self.rader: dict[str, models.Model] = {}

    def ny(self, etikett: str, **givet: Any) -> Any:
        """A row of the model, each field filled with something that its table takes."""
        modell = apps.get_model(etikett)
        varden = {falt.name: self._varde(etikett, falt) for falt in modell._meta.concrete_fields if _fylls(falt)}
        rad = modell._base_manager.create(**{**varden, **givet})
        self.rader.setdefault(etikett, rad)
        return rad

    def _varde(self, etikett: str, falt: "models.Field[Any, Any]") -> Any:
        if isinstance(falt.related_model, type):
            vem = falt.related_model._meta.label
            return None if falt.null and vem == "grund.Anvandare" else self.rader.get(vem)
        text = falt.name in FOR[etikett].fritext
        return _text(falt) if text else _annat(falt)


def _fylls(falt: "models.Field[Any, Any]") -> bool:
    return not falt.primary_key and not isinstance(falt, models.GeneratedField)


def _text(falt: "models.Field[Any, Any]") -> Any:
    text = f"{MARKE} {ALVA[2]} {ALVA[3]}, {ALVA[1]}, {ADRESS}"
    if isinstance(falt, ArrayField):
        return [text[:30], ALVA[1]]
    if isinstance(falt, models.JSONField):
        return {"text": text}
    if isinstance(falt, models.BinaryField):
        return text.encode()
    return text[: falt.max_length] if falt.max_length else text


_VARDEN: dict[type[Any], Any] = {
    models.DateTimeField: TID,
    models.DateField: DAG,
    models.DecimalField: Decimal(10),
    models.IntegerField: 1,
}


def _annat(falt: "models.Field[Any, Any]") -> Any:
    if falt.null:
        return None
    if falt.has_default() and not falt.choices:
        return falt.get_default()
    if falt.choices:
        return "" if falt.blank else next(iter(falt.choices))[0]
    for slag, varde in _VARDEN.items():
        if isinstance(falt, slag):
            return varde
    return "" if falt.blank else f"k-{falt.name}"


def skriv_filer() -> None:
    """The files on disk, again: a test that removes them does not undo it."""
    for sokvag in ("alva-intyg.pdf", "alva-steg.pdf"):
        _fil("INTYG_DIR", sokvag)


def _fil(rot: str, sokvag: str) -> tuple[str, str]:
    """A file on disk with the person in it; its path and SHA-256."""
    plats = Path(getattr(settings, rot)) / sokvag
    plats.parent.mkdir(parents=True, exist_ok=True)
    innehall = f"{MARKE} {ALVA[2]} {ALVA[3]} {ALVA[1]}".encode()
    plats.write_bytes(innehall)
    return sokvag, hashlib.sha256(innehall).hexdigest()


def bygg(mapp: Path) -> Varld:
    """The whole of it. `mapp` is an empty folder; settings.INTYG_DIR and FILER_DIR should be below it."""
    direkt.las_in(_paket(mapp / "paket"))
    v = Varld(mapp)
    _anvandare(v)
    for manad in MANADER:
        direkt.kor(manad)
        if manad == MANADER[1]:
            _bonus_och_avvikelse(v)
        direkt.faststall(manad)
    _akten(v)
    _utfort(v)
    _pengar(v)
    _uppfoljning(v)
    return v


def _anvandare(v: Varld) -> None:
    for namn, roll in (("maria", "handlaggare"), ("nora", "namndsekreterare"), ("gustav", "gruppchef")):
        v.rader.setdefault("grund.Anvandare", Anvandare.objects.create_user(namn, roller=[roll]))
    alva = Person.objects.get(nyckel=ALVA[0])
    verk = Verkstallighet.objects.select_related("beslut", "enhet__utforare").get(nyckel="V10-ALVA")
    for ett in (alva, verk, verk.beslut, verk.enhet, verk.enhet.utforare):
        v.rader[ett._meta.label] = ett
    v.rader["beslut.Nivabedomning"] = apps.get_model("beslut.Nivabedomning").objects.get(nyckel="N-ALVA")
    v.rader["utforare.Prislista"] = apps.get_model("utforare.Prislista").objects.get()


def _bonus_och_avvikelse(v: Varld) -> None:
    """What a körning writes beside the ordinary rows, before it is settled."""
    korning = Korning.objects.get(manad=date(2020, 1, 1))
    v.rader["ersattning.Korning"] = korning
    regel = v.ny("ersattning.Bonusregel", nyckel="BR", fran=date(2019, 1, 1), till=None, belopp=30000)
    v.ny("ersattning.Bonusutfall", del_av_bonus="start", forfallodag=DAG, belopp=30000, betald=True)
    mall = Ersattningsrad.objects.filter(korning=korning, person__nyckel=ALVA[0], artikel="narvaro").get()
    mall.pk, mall.typ, mall.artikel, mall.enhet_for_antal = None, "bonus", "arbetsbonus", "styck"
    mall.grund = [{"regel": regel.pk, "anstallning": "AN-ALVA"}]
    mall.save()
    v.rader["ersattning.Ersattningsrad"] = mall
    v.ny("ersattning.Avvikelse", manad=date(2020, 1, 1), kod="niva_saknas", till=date(2020, 1, 15))


def _akten(v: Varld) -> None:
    maria = v.rader["grund.Anvandare"]
    v.ny("beslut.Tilldelning", fran=date(2019, 1, 1), till=date(2020, 1, 31))
    v.ny("beslut.Arende", status="beslutat", avslutat=None, avslutsskal="", slag="ansokan", omprovar=None, nummer="L-1")
    v.ny("beslut.Utredningstext")
    v.ny("beslut.Kommunicering")
    v.ny(
        "beslut.Forslag",
        status="undertecknat",
        utfall="bifall",
        omfattning=None,
        omfattning_enhet="",
        fran=DAG,
        sista=DAG,
        uppfoljning=None,
        kostnad=None,
        forbehall=True,
        foreslaget_av=maria,
        foreslaget=TID,
        undertecknat_av=maria,
        undertecknat=TID,
    )
    v.ny("beslut.Beslutshandling")
    v.ny("beslut.Delgivning")
    v.ny("beslut.Uppfoljning", nasta=None)
    v.ny("beslut.Overklagande", steg="avgjort", domdag=DAG, domsutfall="avslag", domens_beslut=None)
    _nivan(v)
    v.ny("beslut.Lasning", utanfor_uppdrag=True, sida="akt")
    v.ny(
        "beslut.Loggkontroll", fran=date(2020, 1, 1), till=date(2020, 2, 1), antal=1, storlek=1, vems=None, slutsats=""
    )
    v.ny("beslut.Kontrollrad")
    annan = Anvandare.objects.get(username="gustav")
    v.ny("beslut.Kontrollbedomning", utfall="fraga", av=annan)
    for handling, objekt in (
        ("aterlamna_forslag", "arende:L-1"),
        ("ta_over_nivabedomning", f"nivaarende:{v.rader['beslut.Nivaarende'].pk}"),
        ("kasta_nivabedomning", "nivaarende:999999"),
    ):
        skriv_handelse(
            av=maria, handling=handling, objekt=objekt, text="Sagt.", skal=f"{MARKE} {ALVA[2]}", person=ALVA[0]
        )
    v.ny("uppfoljning.Gallringsstopp", havt=TID, havt_av=maria)


def _nivan(v: Varld) -> None:
    v.ny("beslut.Instrument", fran=None, till=None, insatser=["LSS-10"])
    v.ny("beslut.Instrumentomrade")
    v.ny("beslut.Nivaarende", lage="utkast", insats="LSS-10", summa=None, niva="", inskickad=None, bedomning=None)
    v.ny("beslut.Nivasvar", svar=1)
    gustav, nora = Anvandare.objects.get(username="gustav"), Anvandare.objects.get(username="nora")
    v.ny("beslut.Nivaovertagande", till=nora)
    apps.get_model("beslut.Nivaarende").objects.update(
        lage="godkand", summa=1, niva="3", inskickad=TID, onskad_fran=DAG, bedomning=v.rader["beslut.Nivabedomning"]
    )
    v.ny("beslut.Nivaprovning", slag="godkand", av=gustav, fran=DAG)
    v.ny("beslut.Nivasynpunkt", svar="star_fast", svar_av=gustav, svarad=TID)


def _utfort(v: Varld) -> None:
    maria = v.rader["grund.Anvandare"]
    v.ny(
        "utforare.Bestallning",
        status="paborjad",
        start=DAG,
        besvarad=TID,
        besvarad_av=maria,
        avslutad=TID,
        avslutad_av=maria,
    )
    v.ny("utforare.Erbjudande", svar="nej", svarsdatum=DAG, svar_registrerat_av=maria)
    v.ny("utforare.Drojsmal")
    v.ny("utforare.Slutanmalan", status="bekraftad", provad=TID, provad_av=maria)
    v.ny("utforare.Uppehall", fran=date(2020, 1, 10), till=date(2020, 1, 12))
    v.ny("utforare.PlaneratBesok", nyckel="PB-ALVA", slut=datetime(2020, 1, 14, 10, 0, tzinfo=UTC))
    v.ny("utforare.SenAndring", verkstallighet_nyckel="V10-ALVA", besok_nyckel="", manad=date(2020, 1, 1))
    v.ny(
        "utforare.Avtal",
        nyckel="A-ALVA",
        insats="LSS-9",
        avtalsform="individavtal",
        fran=date(2019, 1, 1),
        till=date(2020, 1, 31),
        avrundning_minuter=None,
        avslut_orsaker=[],
        niva_fran="",
    )
    v.ny("ersattning.Individavtalsmotiv")


def _pengar(v: Varld) -> None:
    v.ny("ersattning.Anstallning", nyckel="AN-ALVA", fran=DAG, till=date(2020, 1, 20))
    sokvag, sha256 = _fil("INTYG_DIR", "alva-intyg.pdf")
    v.ny("ersattning.Bonusansokan", sokvag=sokvag, sha256=sha256, status="beviljad", anstallning_nyckel="AN-ALVA")
    sokvag, sha256 = _fil("INTYG_DIR", "alva-steg.pdf")
    v.ny("ersattning.Bonusansokansteg", slag="bifall", sokvag=sokvag, sha256=sha256)
    v.ny("ersattning.Aterkravsprovning", beslut="aterkrav", skal=["k"])
    v.ny("ersattning.Aterkravsrad", rad=v.rader["ersattning.Ersattningsrad"])
    gustav = Anvandare.objects.get(username="gustav")
    v.ny(
        "ersattning.Justering",
        slag="avdrag",
        belopp=-10,
        manad=date(2020, 1, 1),
        motverkar=None,
        status="nekad",
        avgjord_av=gustav,
        avgjord=TID,
        insats="LSS-10",
        verkstallighet_nyckel="V10-ALVA",
        sokvag="alva-bilaga.pdf",
        sha256="0" * 64,
        storlek=1,
    )
    v.ny("ersattning.Avvikelsebedomning", verkstallighet_nyckel="V10-ALVA", kod="niva_saknas", till=date(2020, 1, 15))
    v.ny("ersattning.Fakturafil")
    v.ny("ersattning.Faktura", fran=DAG, till=date(2020, 1, 15), slag="faktura")
    v.ny("ersattning.Fakturarad", momskategori="E")
    v.ny("ersattning.Tackning")
    v.ny("ersattning.Simulering", status="utkast", fran=date(2020, 1, 1), till=date(2020, 2, 1), prognos_fran=None)
    v.ny("ersattning.Simuleringsdel", personer=[v.rader["beslut.Person"].pk])


def _uppfoljning(v: Varld) -> None:
    v.ny("uppfoljning.Ivorapport", slag="individ", handelsedag=None, kvartal=date(2020, 1, 1))
    v.ny("uppfoljning.Underrattelse", riktning="lamnad", insats="LSS-9")
    v.ny("uppfoljning.Uppgiftsfil", slag="besokspersonal")
    v.ny("uppfoljning.Besokspersonal", besok_id="BS-ALVA-2020-01-07")
    v.ny("uppfoljning.Leveranslayout", fran=date(2019, 1, 1), till=None, bekraftad=None, bekraftad_mot="")
    apps.get_model("uppfoljning.Leveranslayout").objects.update(bekraftad_av=None)
    v.ny(
        "uppfoljning.Leverans",
        status="lamnad",
        dag=date(2020, 1, 1),
        lamnad=DAG,
        avslutad=TID,
        avslutad_av=v.rader["grund.Anvandare"],
    )
    v.ny("uppfoljning.Leveransrad")
    v.ny("uppfoljning.Fynd", stangd=None, nyckel="F-1", regel="r", agare="handlaggare", objekt_id=1)
    v.ny("uppfoljning.Fyndbedomning")
    v.ny("uppfoljning.Registerutdrag", begarande="sjalv")
    v.ny("uppfoljning.Arkivexport")
    v.ny("uppfoljning.Arkivakt")
