"""What Ekstad keeps of its enheter for the reports: where they lie, the key from levels to staff, and schedules.

The numbers of the key are made up. No product's key is known, and none is copied.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from beslut.models.instrument import Instrumentomrade
from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from uppfoljning.bemanningsatgarder import Nyckelforslag, registrera_bemanningsnyckel
from uppfoljning.enhetsfakta import registrera_enhetsfakta
from uppfoljning.models import Bemanningsnyckel
from uppfoljning.rapporter.behov_mot_bemanning.behov import rakna
from uppfoljning.rapporter.behov_mot_bemanning.queries import BEMANNING, hamta
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform, Nattform, Nivabehov
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.register import SLAG
from utforare.models import Enhet

_GRUPP, _SERVICE, _ANPASSAD = Boendeform.GRUPPBOSTAD, Boendeform.SERVICEBOSTAD, Boendeform.ANPASSAD
_INGEN, _JOUR, _VAKEN = Nattform.INGEN, Nattform.JOUR, Nattform.VAKEN
_NATTEN = Decimal(63)  # nine hours every night

# Level: hours a week by day, evening and night, the night, and the homes that it fits.
_VUXNA = (
    ("grundpeng", 3, 2, 0, _INGEN, (_SERVICE, _ANPASSAD)),
    ("1", 6, 4, 0, _INGEN, (_SERVICE, _ANPASSAD)),
    ("2", 10, 7, 0, _JOUR, (_SERVICE, _GRUPP, _ANPASSAD)),
    ("3", 15, 10, 1, _JOUR, (_SERVICE, _GRUPP)),
    ("4", 21, 14, 3, _JOUR, (_GRUPP,)),
    ("5", 28, 18, 7, _JOUR, (_GRUPP,)),
    ("6", 36, 23, 12, _VAKEN, (_GRUPP,)),
    ("7", 45, 28, 20, _VAKEN, (_GRUPP,)),
)
_BARN = tuple((str(niva), 14 + 5 * niva, 10 + 3 * niva, 2 * niva, _VAKEN, (Boendeform.BARN,)) for niva in range(1, 8))
_DAGLIG = (
    ("1", 4, 0, 0, _INGEN, ()),
    ("2", 7, 0, 0, _INGEN, ()),
    ("3", 11, 0, 0, _INGEN, ()),
    ("4", 17, 0, 0, _INGEN, ()),
    ("5", 26, 0, 0, _INGEN, ()),
)
_UTE = ("Lindviks kommun", "Havsby kommun", "Tallåsa kommun")


@transaction.atomic
def lagg_upp_bemanning(sista: Manad) -> None:
    """Once. `sista` is the last settled month."""
    if Bemanningsnyckel.objects.exists():
        return
    klara = Anvandare.objects.get(username="klara")
    _fakta(sista, klara)
    _nycklar(sista, klara)
    for manad in (sista.plus(-1), sista):
        rader = "".join(_schema(manad))
        if rader:
            las_in_uppgifter(
                slag=SLAG[BEMANNING],
                period=str(manad),
                innehall=f"enhet_id;dag;kvall;natt;jour;nattform;beslutad\n{rader}".encode(),
                filnamn=f"bemanning-{manad}.csv",
                kalla="Schemasystemet",
                av=klara,
                nu=_klockan(sista.till),
            )


def _klockan(dag: date) -> datetime:
    return datetime.combine(dag, time(9, 15), STOCKHOLM)


def _fakta(sista: Manad, av: Anvandare) -> None:
    """Every enhet but the last few: one of each private utförare with many lies in another municipality."""
    fran = sista.plus(-24).fran
    privata: dict[int, int] = {}
    for nummer, enhet in enumerate(Enhet.objects.select_related("utforare").order_by("nyckel")):
        form = _form(enhet.namn)
        if form is Boendeform.ANNAN and nummer % 5 == 0:
            continue  # nobody has told of these yet
        kommun = ""
        if enhet.utforare.regi == "privat" and form is not Boendeform.ANNAN:
            privata[enhet.utforare_id] = privata.get(enhet.utforare_id, 0) + 1
            if privata[enhet.utforare_id] in {3, 6}:
                kommun = _UTE[enhet.utforare_id % len(_UTE)]
        registrera_enhetsfakta(
            enhet=enhet, fran=fran, kommun=kommun, boendeform=form, av=av, nu=_klockan(sista.plus(-6).fran)
        )


def _form(namn: str) -> Boendeform:
    if "gruppbostad" in namn:
        return _GRUPP
    if "servicebostad" in namn:
        return _SERVICE
    return Boendeform.BARN if "ungdomsboende" in namn else Boendeform.ANNAN


def _nycklar(sista: Manad, av: Anvandare) -> None:
    """Two versions for bostad för vuxna: what the evening needs was counted anew."""
    for insats, nivaer, omrade in (
        (Insats.BOSTAD_VUXNA, _VUXNA, "trygghet"),
        (Insats.BOSTAD_BARN, _BARN, ""),
        (Insats.DAGLIG_VERKSAMHET, _DAGLIG, ""),
    ):
        forslag = _forslag(insats, nivaer, sista.plus(-24).fran, omrade, "Påhittad nyckel för demokommunen.")
        if insats is Insats.BOSTAD_VUXNA:
            lagre = tuple((niva, dag, kvall - 1, *resten) for niva, dag, kvall, *resten in nivaer)
            _registrera(_forslag(insats, lagre, sista.plus(-24).fran, "", forslag.motiv), sista.plus(-24), av)
            motiv = "Kvällarna räknade om efter tidmätning i fyra gruppbostäder. Natten avgörs av Känsla av trygghet."
            forslag = _forslag(insats, nivaer, sista.plus(-4).fran, omrade, motiv)
        _registrera(forslag, sista.plus(-5), av)


def _registrera(forslag: Nyckelforslag, manad: Manad, av: Anvandare) -> None:
    registrera_bemanningsnyckel(forslag=forslag, av=av, nu=_klockan(manad.fran))


def _forslag(insats: Insats, nivaer: Sequence[tuple[Any, ...]], fran: date, omrade: str, motiv: str) -> Nyckelforslag:
    finns = omrade if omrade and _har_omrade(insats, omrade) else ""
    return Nyckelforslag(
        insats=insats,
        fran=fran,
        heltid=Decimal(37),
        natt_timmar=_NATTEN,
        jour_andel=Decimal("0.35"),
        natt_omrade=finns,
        jour_fran=2 if finns else 0,
        vaken_fran=4 if finns else 0,
        ojamn_kvot=Decimal(5),
        motiv=motiv,
        nivaer=[
            Nivabehov(niva, Decimal(dag), Decimal(kvall), Decimal(natt), form, tuple(former))
            for niva, dag, kvall, natt, form, former in nivaer
        ],
    )


def _har_omrade(insats: Insats, kod: str) -> bool:
    return Instrumentomrade.objects.filter(kod=kod, instrument__insatser__contains=[insats]).exists()


def _schema(manad: Manad) -> Iterator[str]:
    """Near what the levels ask for, and some far from it. The last enhet of each insats has sent in nothing."""
    nycklar = dict(Enhet.objects.values_list("pk", "nyckel"))
    skrivna: set[int] = set()
    for insats in (Insats.BOSTAD_VUXNA, Insats.BOSTAD_BARN, Insats.DAGLIG_VERKSAMHET):
        underlag = hamta(manad, insats, manad.sista)
        assert underlag.nyckel is not None  # noqa: S101  _nycklar has made it
        alla = [ett for ett in rakna(underlag.enheter, underlag.nyckel) if ett.med_niva]
        for ett in alla[: max(1, len(alla) - 1)]:
            if ett.enhet.pk in skrivna:
                continue
            skrivna.add(ett.enhet.pk)
            slump = Random(f"{manad}{nycklar[ett.enhet.pk]}")
            form = slump.choice((ett.nattform,) * 7 + tuple(Nattform)) if ett.nattform != _INGEN else _INGEN
            andel = Decimal(slump.choice((82, 91, 96, 98, 100, 101, 103, 106, 112))) / 100
            vaken = max(_NATTEN, ett.behov.natt) if form == _VAKEN else Decimal(0)
            jour = _NATTEN if form == _JOUR else Decimal(0)
            beslutad = slump.choice((form, form, form, ett.nattform, ""))
            dag, kvall = ((timmar * andel).quantize(Decimal("0.5")) for timmar in (ett.behov.dag, ett.behov.kvall))
            yield f"{nycklar[ett.enhet.pk]};{dag};{kvall};{vaken};{jour};{form};{beslutad}\n"
