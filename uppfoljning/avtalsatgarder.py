"""What is registered of avtalsuppföljning: kravlistor, follow-ups, brister and what becomes of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max

from beslut.ord import insats_i_ord
from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from uppfoljning.models import Avtalsuppfoljning, Brist, Bristhandelse, Krav, Kravbedomning, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, Uppfyllt
from utforare.models import Enhet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kravrad:
    """A krav to write in a list."""

    kod: str
    rubrik: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bedomt:
    """How a krav was met, and what was seen."""

    utfall: Uppfyllt
    anteckning: str = ""


def kravlista_pa_dag(insats: str, dag: date) -> Kravlista | None:
    """The version that holds."""
    return Kravlista.objects.filter(insats=insats, fran__lte=dag).order_by("-fran", "-version").first()


def _prova(av: Anvandare | None, hinder: Callable[[], list[str]]) -> None:
    """Raise Hindrad with why it cannot be done. `av` None = a command on the server."""
    orsaker = hinder_for_ratt(av.roller, Ratt.SKOTA_UPPFOLJNING) if av else []
    if orsaker := orsaker or hinder():
        raise Hindrad(orsaker)


def _lagra(gor: Callable[[], T]) -> T:
    """Do it in one transaction; what the database refuses is said in its words."""
    try:
        with transaction.atomic():
            return gor()
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott


def hinder_for_kravlista(krav: Sequence[Kravrad], mal: Decimal) -> list[str]:
    """Why the list cannot be registered; empty = it can."""
    koder = [ett.kod for ett in krav]
    dubbla = sorted({kod for kod in koder if koder.count(kod) > 1})
    hinder = [f"Koden {kod} står två gånger." for kod in dubbla]
    if not krav:
        hinder.append("En kravlista har minst ett krav.")
    if not 0 <= mal <= 1:
        hinder.append("Målet är 0–100 procent.")
    return hinder


def registrera_kravlista(
    *, insats: str, fran: date, kalla: str, mal: Decimal, krav: Sequence[Kravrad], av: Anvandare | None, nu: datetime
) -> Kravlista:
    """A new version of what an insats is held to. Raises Hindrad."""
    _prova(av, lambda: hinder_for_kravlista(krav, mal))

    def gor() -> Kravlista:
        senast = Kravlista.objects.filter(insats=insats).aggregate(version=Max("version", default=0))["version"]
        lista = Kravlista.objects.create(
            insats=insats,
            version=senast + 1,
            fran=fran,
            kalla=kalla,
            utbildningsmal=mal,
            registrerad=nu,
            registrerad_av=av,
        )
        Krav.objects.bulk_create(
            Krav(lista=lista, ordning=plats, kod=ett.kod, rubrik=ett.rubrik, text=ett.text)
            for plats, ett in enumerate(krav)
        )
        antal = antal_ord(len(krav), "krav", "krav")
        text = f"{insats_i_ord(insats)}, version {lista.version}: {antal}, gäller från {datum_i_ord(fran)}."
        skriv_handelse(av=av, handling="registrera_kravlista", objekt=f"kravlista:{lista.pk}", text=text)
        return lista

    return _lagra(gor)


@dataclass(frozen=True, slots=True)
class Uppfoljningsforslag:
    """A follow-up to register. `bedomt`: by the krav's primary key, each of the list's."""

    enhet: Enhet
    lista: Kravlista
    datum: date
    ansvarig: str
    metod: str
    sammanfattning: str
    bedomt: Mapping[int, Bedomt]
    ersatter: Avtalsuppfoljning | None = None


def hinder_for_uppfoljning(forslag: Uppfoljningsforslag, idag: date) -> list[str]:
    """Why the follow-up cannot be registered; empty = it can."""
    hinder = []
    if forslag.datum > idag:
        hinder.append("Uppföljningens dag har inte varit än. Registrera den när den är gjord.")
    if forslag.datum < forslag.lista.fran:
        hinder.append(f"Kraven gäller från {datum_i_ord(forslag.lista.fran)}. Uppföljningen är gjord tidigare.")
    krav = set(forslag.lista.krav.values_list("pk", flat=True))
    if krav != set(forslag.bedomt):
        hinder.append("Varje krav i listan bedöms, eller sägs vara ej granskat.")
    if any(ett.utfall in {Uppfyllt.DELVIS, Uppfyllt.EJ} and not ett.anteckning for ett in forslag.bedomt.values()):
        hinder.append("Skriv vad som brister i varje krav som inte är helt uppfyllt.")
    if all(ett.utfall == Uppfyllt.EJ_GRANSKAT for ett in forslag.bedomt.values()):
        hinder.append("Minst ett krav är granskat i en uppföljning.")
    return hinder + _hinder_for_ersattning(forslag)


def _hinder_for_ersattning(forslag: Uppfoljningsforslag) -> list[str]:
    fore = forslag.ersatter
    if fore is None:
        return []
    if (fore.enhet_id, fore.lista.insats) != (forslag.enhet.pk, forslag.lista.insats):
        return ["Den uppföljning som ersätts gäller en annan enhet eller insats."]
    if Avtalsuppfoljning.objects.filter(ersatter=fore).exists():
        return ["Uppföljningen är redan ersatt av en annan."]
    return []


def registrera_uppfoljning(
    *, forslag: Uppfoljningsforslag, av: Anvandare | None, idag: date, nu: datetime
) -> Avtalsuppfoljning:
    """Register a follow-up, with every krav. Raises Hindrad."""
    _prova(av, lambda: hinder_for_uppfoljning(forslag, idag))

    def gor() -> Avtalsuppfoljning:
        ett = Avtalsuppfoljning.objects.create(
            enhet=forslag.enhet,
            lista=forslag.lista,
            datum=forslag.datum,
            ansvarig=forslag.ansvarig,
            metod=forslag.metod,
            sammanfattning=forslag.sammanfattning,
            ersatter=forslag.ersatter,
            registrerad=nu,
            registrerad_av=av,
        )
        Kravbedomning.objects.bulk_create(
            Kravbedomning(uppfoljning=ett, krav_id=krav, utfall=bedomt.utfall, anteckning=bedomt.anteckning)
            for krav, bedomt in forslag.bedomt.items()
        )
        skriv_handelse(
            av=av, handling="registrera_avtalsuppfoljning", objekt=f"avtalsuppfoljning:{ett.pk}", text=_text(forslag)
        )
        return ett

    return _lagra(gor)


def _text(forslag: Uppfoljningsforslag) -> str:
    granskade = [ett for ett in forslag.bedomt.values() if ett.utfall != Uppfyllt.EJ_GRANSKAT]
    uppfyllda = sum(ett.utfall == Uppfyllt.UPPFYLLT for ett in granskade)
    ersatter = f" Den ersätter {forslag.ersatter.nyckel}." if forslag.ersatter else ""
    return (
        f"{forslag.enhet.namn} följdes upp {datum_i_ord(forslag.datum)}: {uppfyllda} av {len(granskade)} granskade"
        f" krav uppfyllda.{ersatter}"
    )


@dataclass(frozen=True, slots=True)
class Bristforslag:
    """A brist to register."""

    enhet: Enhet
    uppfoljning: Avtalsuppfoljning | None
    krav: Krav | None
    funnen: date
    vad: str
    atgard: str
    frist: date


def hinder_for_brist(forslag: Bristforslag, idag: date) -> list[str]:
    """Why the brist cannot be registered; empty = it can."""
    hinder = []
    if forslag.funnen > idag:
        hinder.append("Dagen då bristen hittades har inte varit än.")
    if forslag.frist < forslag.funnen:
        hinder.append("Bristen kan inte ha åtgärdats innan den hittades. Välj en senare frist.")
    if forslag.uppfoljning and forslag.uppfoljning.enhet_id != forslag.enhet.pk:
        hinder.append("Uppföljningen gäller en annan enhet.")
    return hinder


def registrera_brist(*, forslag: Bristforslag, av: Anvandare | None, idag: date, nu: datetime) -> Brist:
    """Register something to put right. Raises Hindrad."""
    _prova(av, lambda: hinder_for_brist(forslag, idag))

    def gor() -> Brist:
        falt = {namn: getattr(forslag, namn) for namn in Bristforslag.__slots__}
        ett = Brist.objects.create(**falt, registrerad=nu, registrerad_av=av)
        text = f"{forslag.enhet.namn}: en brist ska vara åtgärdad senast {datum_i_ord(forslag.frist)}."
        skriv_handelse(av=av, handling="registrera_brist", objekt=f"brist:{ett.pk}", text=text)
        return ett

    return _lagra(gor)


def hinder_for_tillagg(brist: Brist) -> list[str]:
    """Why nothing more is added to the brist; empty = it may be."""
    if brist.handelser.filter(slag=Bristslag.STANGD).exists():
        return ["Bristen är stängd. Registrera en ny om den har kommit tillbaka."]
    return []


def _hinder_for_bristhandelse(brist: Brist, slag: Bristslag, datum: date, frist: date | None, idag: date) -> list[str]:
    if hinder := hinder_for_tillagg(brist):
        return hinder
    if datum > idag:
        hinder.append("Dagen har inte varit än.")
    if datum < brist.funnen:
        hinder.append(f"Bristen hittades {datum_i_ord(brist.funnen)}. Dagen kan inte vara tidigare.")
    if slag == Bristslag.NY_FRIST and frist is None:
        hinder.append("Ange den nya fristen.")
    if slag == Bristslag.NY_FRIST and frist and frist < datum:
        hinder.append("Den nya fristen kan inte ha gått ut när den sätts.")
    if slag != Bristslag.NY_FRIST and frist is not None:
        hinder.append("Lämna fristen tom. Den anges bara när den ändras.")
    return hinder


def lagg_till_brist(
    *,
    brist: Brist,
    slag: Bristslag,
    datum: date,
    text: str,
    frist: date | None,
    av: Anvandare | None,
    idag: date,
    nu: datetime,
) -> Bristhandelse:
    """Add a note or a later deadline to a brist, or close it. What is there stands. Raises Hindrad."""
    _prova(av, lambda: _hinder_for_bristhandelse(brist, slag, datum, frist, idag))

    def gor() -> Bristhandelse:
        ett = Bristhandelse.objects.create(
            brist=brist, slag=slag, datum=datum, text=text, frist=frist, registrerad=nu, registrerad_av=av
        )
        hur = {
            Bristslag.ANTECKNING: "En anteckning lades till.",
            Bristslag.NY_FRIST: f"Ny frist: {datum_i_ord(frist) if frist else ''}.",
            Bristslag.STANGD: f"Stängd {datum_i_ord(datum)}.",
        }
        skriv_handelse(av=av, handling="lagg_till_brist", objekt=f"brist:{brist.pk}", text=hur[slag])
        return ett

    return _lagra(gor)
