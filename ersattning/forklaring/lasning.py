"""Reads all that an explanation of a row needs, in a number of queries that does not grow with what is explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Max, Q

from beslut.models import Beslut, Nivabedomning
from ersattning.forklaring.da import Andringar, andringar, da, narvarodag, satt_tillbaka, som_det_var
from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.kalkyl.rattelse import Fast, netto
from ersattning.kalkyl.typer import Del
from ersattning.models import Avvikelse, Ersattningsrad, Korning, Pris
from ersattning.regler import Artikel, Radtyp
from grund.models import Handelse
from grund.tid import EN_DAG, Manad
from utforare.models import Avtal, Besok, Narvaro, Verkstallighet

_RADVAL = ("korning", "utforare", "enhet", "person", "krediterar__korning")
_MED_NARVARO = (Artikel.DYGN, Artikel.FRANVARO, Artikel.NARVARO)
BESOKSARTIKLAR = frozenset({Artikel.UTFORD_TID, Artikel.BOMTID})
RATTAR = (Radtyp.KREDITERING, Radtyp.RATTELSE)
_RADER_BAKAT = timedelta(days=400)  # of närvaro: as far back as a run of absence is followed


@dataclass(frozen=True)
class Kring:
    """The facts around a verkställighet's month, as a calculation saw them."""

    manad: Manad
    verk: Verkstallighet | None
    verk_finns: bool
    beslut: Beslut
    avtal: dict[int, Avtal]
    priser: dict[int, Pris]
    nivaer: dict[int, Nivabedomning]
    narvaro: dict[date, Narvaro]
    besok: dict[str, Besok]
    andringar: Andringar
    nu_narvaro: frozenset[date]
    nu_besok: frozenset[str]

    @property
    def kalender(self) -> Kalender:
        """The month's days as masks."""
        return Kalender.for_manad(self.manad)

    def dagar(self, mask: int) -> tuple[date, ...]:
        """The dates of a mask of the month."""
        kalender = self.kalender
        return tuple(kalender.dag(n) for n in nummer(mask))


@dataclass(frozen=True)
class Radunderlag:
    """A row, the rows that it stands among, and the facts that it rests on.

    `mellan`: for a correction, what had changed since the month was last calculated.
    """

    rad: Ersattningsrad
    delar: tuple[Del, ...]
    kring: Kring
    rader: tuple[Ersattningsrad, ...]
    alla_rader: tuple[Ersattningsrad, ...]
    avvikelser: tuple[Avvikelse, ...]
    handelser: tuple[Handelse, ...]
    mellan: Andringar

    @property
    def ursprung(self) -> Ersattningsrad:
        """The row whose calculation this one rests on: what it takes back, or itself."""
        return self.rad.krediterar or self.rad

    @property
    def dagar(self) -> tuple[date, ...]:
        """The days that count in the row."""
        mask = 0
        for del_ in self.delar:
            mask |= del_.dagar
        return self.kring.dagar(mask)


def las_rad(pk: int) -> Ersattningsrad | None:
    """The row with what it points at."""
    return Ersattningsrad.objects.select_related(*_RADVAL).filter(pk=pk).first()


def gradera(grund: list[dict[str, Any]]) -> tuple[Del, ...]:
    """The parts of a row, out of what is kept of them (ersattning.lagring)."""
    return tuple(
        Del(
            dagar=ett["dagar"],
            mangd=Fraction(ett["mangd"]),
            avtal_id=ett["avtal"],
            pris_id=ett["pris"],
            niva_id=ett.get("niva"),
            platser=tuple((dag, plats) for dag, plats in ett.get("platser", ())),
            besok=tuple((nyckel, minuter) for nyckel, minuter in ett.get("besok", ())),
        )
        for ett in grund
    )


def las_underlag(rad: Ersattningsrad) -> Radunderlag:
    """All that an explanation of the row needs. Not for bonus, which rests on other things (bonus.py)."""
    delar, ursprung, fore = gradera(rad.grund), rad.krediterar or rad, _raknad_fore(rad)
    alla = _verkstallighetens_rader(rad)
    kring_rader = _star_tillsammans(rad, alla)
    nycklar = {ett for en in kring_rader for del_ in gradera(en.grund) for ett, _ in del_.besok}
    sett, listor = ursprung.korning.andring_nr, _prislistor(delar)
    sedan = fore if rad.typ == Radtyp.RATTELSE else sett
    andrat = _andringar(rad, sedan, listor)
    return Radunderlag(
        rad=rad,
        delar=delar,
        kring=_las_kring(rad, delar, andrat.efter(sett), listor, nycklar),
        rader=kring_rader,
        alla_rader=alla,
        avvikelser=_manadens_avvikelser(ursprung),
        handelser=tuple(
            Handelse.objects.filter(objekt=f"korning:{rad.korning}").select_related("av").order_by("tidpunkt", "pk")
        ),
        mellan=andrat.efter(fore).till_och_med(rad.korning.andring_nr) if rad.typ in RATTAR else Andringar(()),
    )


def _prislistor(delar: Sequence[Del]) -> set[int]:
    return set(Pris.objects.filter(pk__in={del_.pris_id for del_ in delar}).values_list("prislista_id", flat=True))


def _andringar(rad: Ersattningsrad, sedan: int, listor: set[int]) -> Andringar:
    vems = {
        "person": [rad.person_id],
        "utforare": [rad.utforare_id],
        "enhet": [rad.enhet_id],
        "prislista": listor,
    }
    return andringar(sedan, vems, Manad.av(rad.avser_manad)).som_ror(rad)


def _verkstallighetens_rader(rad: Ersattningsrad) -> tuple[Ersattningsrad, ...]:
    """Every row, of any körning, for the verkställighet and month."""
    urval = Ersattningsrad.objects.filter(
        person_id=rad.person_id, avser_manad=rad.avser_manad, verkstallighet_nyckel=rad.verkstallighet_nyckel
    ).exclude(artikel=Artikel.ARBETSBONUS)
    return tuple(urval.select_related("korning").order_by("korning__manad", "fran", "pk"))


def _star_tillsammans(rad: Ersattningsrad, alla: Sequence[Ersattningsrad]) -> tuple[Ersattningsrad, ...]:
    """The rows that stood when this row was made; for a kreditering, those that stood before it."""
    sista = rad.korning.manad - EN_DAG if rad.typ == Radtyp.KREDITERING else rad.korning.manad
    fasta = [Fast(ett.pk, ett.pk, ett.krediterar_id) for ett in alla if ett.korning.manad <= sista]
    kvar = {ett.id for ett in netto(fasta)}
    return tuple(ett for ett in alla if ett.pk in kvar)


def _manadens_avvikelser(ursprung: Ersattningsrad) -> tuple[Avvikelse, ...]:
    urval = Avvikelse.objects.filter(
        person_id=ursprung.person_id,
        manad=ursprung.avser_manad,
        korning_id=ursprung.korning_id,
        verkstallighet_nyckel=ursprung.verkstallighet_nyckel,
    )
    return tuple(urval.order_by("fran", "kod", "besok_nyckel", "pk"))


def _raknad_fore(rad: Ersattningsrad) -> int:
    """The last change that the month had been calculated with before this körning (R40)."""
    tidigare = Korning.objects.filter(manad__gte=rad.avser_manad, manad__lt=rad.korning.manad)
    senast = tidigare.filter(Q(manad=rad.avser_manad) | Q(bar_rattelser=True)).aggregate(nr=Max("andring_nr"))
    return int(senast["nr"] or 0)


def _las_kring(
    rad: Ersattningsrad, delar: Sequence[Del], sedan_dess: Andringar, listor: set[int], nycklar: Iterable[str]
) -> Kring:
    return las_kring(
        Manad.av(rad.avser_manad),
        sedan_dess,
        verk_id=rad.verkstallighet_id,
        beslut_id=rad.beslut_id,
        avtal_ider={del_.avtal_id for del_ in delar} | _manadens_avtal(rad, sedan_dess),
        priser=Q(prislista__in=listor, insats=rad.insats, enhet=rad.enhet_for_antal),
        niva_ider={del_.niva_id for del_ in delar if del_.niva_id is not None},
        med_narvaro=rad.artikel in _MED_NARVARO,
        besok=nycklar,
    )


def _manadens_avtal(rad: Ersattningsrad, sedan_dess: Andringar) -> set[int]:
    """A cap is the sum of the month's paid days, whatever avtal they are under (R21): those it may be, for visits."""
    if rad.artikel not in BESOKSARTIKLAR:
        return set()
    manad, vems = Manad.av(rad.avser_manad), {None, rad.person_id}
    urval = Avtal.objects.filter(Q(person=None) | Q(person=rad.person_id), utforare=rad.utforare_id, insats=rad.insats)
    nu = urval.filter(Q(till=None) | Q(till__gt=manad.fran), fran__lt=manad.till).values_list("pk", flat=True)
    fore = sedan_dess.fore("avtal").values()
    da_ = {ett["id"] for ett in fore if ett["utforare_id"] == rad.utforare_id and ett["person_id"] in vems}
    return {*nu, *da_}


def las_kring(
    manad: Manad,
    andringar_: Andringar,
    *,
    verk_id: int,
    beslut_id: int,
    avtal_ider: set[int],
    priser: Q,
    niva_ider: set[int],
    med_narvaro: bool,
    besok: Iterable[str],
) -> Kring:
    """The facts as a calculation saw them, set back by the changes after it."""
    verk_finns = Verkstallighet.objects.filter(pk=verk_id).exists()
    verk = da(
        Verkstallighet.objects.select_related("enhet__utforare"), andringar_.fore("verkstalligheter"), [verk_id]
    ).get(verk_id)
    narvaro = _las_narvaro(verk_id, manad) if med_narvaro else {}
    nu_besok = {ett.nyckel: ett for ett in Besok.objects.filter(nyckel__in=list(besok))}
    return Kring(
        manad=manad,
        verk=verk,
        verk_finns=verk_finns,
        beslut=da(Beslut.objects.all(), andringar_.fore("beslut"), [beslut_id])[beslut_id],
        avtal=da(Avtal.objects.select_related("prislista"), andringar_.fore("avtal"), avtal_ider),
        priser=_las_priser(priser, andringar_),
        nivaer=da(Nivabedomning.objects.all(), andringar_.fore("nivabedomningar"), niva_ider),
        narvaro=_narvaro_da(narvaro, verk_id, andringar_) if med_narvaro else {},
        besok=_besok_da(nu_besok, andringar_),
        andringar=andringar_,
        nu_narvaro=frozenset(narvaro),
        nu_besok=frozenset(nu_besok),
    )


def _las_narvaro(verk_id: int, manad: Manad) -> dict[date, Narvaro]:
    urval = Narvaro.objects.filter(
        verkstallighet_id=verk_id, datum__gte=manad.fran - _RADER_BAKAT, datum__lt=manad.till
    )
    return {ett.datum: ett for ett in urval.order_by("datum")}


def _narvaro_da(nu: dict[date, Narvaro], verk_id: int, andringar_: Andringar) -> dict[date, Narvaro]:
    svar = dict(nu)
    for (verk, _), gammalt in andringar_.fore("narvaro", narvarodag).items():
        if verk == verk_id:
            da_ = som_det_var(Narvaro, gammalt)
            svar[da_.datum] = da_
    return dict(sorted(svar.items()))


def _besok_da(nu: dict[str, Besok], andringar_: Andringar) -> dict[str, Besok]:
    gamla = (som_det_var(Besok, gammalt) for gammalt in andringar_.fore("besok").values())
    return nu | {ett.nyckel: ett for ett in gamla}


def _las_priser(vilka: Q, andringar_: Andringar) -> dict[int, Pris]:
    nu = {ett.pk: ett for ett in Pris.objects.filter(vilka).select_related("prislista")}
    return satt_tillbaka(Pris, nu, andringar_.fore("priser"), set(nu))


def avtal_pa_dag(utforare_id: int, insats: str, person_id: int, dag: date) -> Avtal | None:
    """R2 on one day, for words only: an individavtal for the person before the general one."""
    urval = Avtal.objects.filter(Q(person=None) | Q(person=person_id), utforare=utforare_id, insats=insats)
    return urval.filter(period__contains=dag).select_related("prislista").order_by("person_id").first()
