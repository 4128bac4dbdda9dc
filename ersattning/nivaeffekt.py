"""What a nivåbedömning would cost if it were godkänd: the same core as a körning, run twice, with and without it.

Months that have been are exact: calculated from what is registered. Months to come are an estimate
(kalkyl.framtid). Settled months are compared as the next run will compare them (R40), so that what is promised here is
what it does. Nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Self

from beslut.models import Nivaarende
from ersattning.kalkyl import framtid, typer
from ersattning.kalkyl.bocker import niva_pa_dag
from ersattning.kalkyl.framtid import Monster, Post
from ersattning.kalkyl.person import betalda_strackor, rakna_person
from ersattning.kalkyl.rattelse import Fast, jamfor
from ersattning.kalkyl.samling import Manadsbok, Samling
from ersattning.lagring import Personrad, las_fasta, tryckt
from ersattning.models import Korning
from ersattning.regler import FAST
from ersattning.underlag_manader import Personmanad, las_manader
from grund.tid import EN_DAG, Manad, lagg_till_manader

MONSTER_MANADER = 12
_OFORMOGEN = {"niva_saknas", "pris_saknas"}


@dataclass(frozen=True, slots=True)
class Forslag:
    """A level that may be godkänd: whose, for what, and the row that would count, from its `fran`.

    `fore`: the assessments that it is compared with, when they are not all that are registered: of a level that has
    been godkänd, those before it (ersattning.nivaandring).
    """

    person_id: int
    insats: str
    bedomning: typer.Nivabedomning
    fore: tuple[typer.Nivabedomning, ...] | None = None

    @classmethod
    def av(cls, arende: Nivaarende, fran: date, idag: date) -> "Forslag":
        """What godkännande from `fran` today would store."""
        rad = arende.bedomning
        assert rad is not None  # noqa: S101  it is sent in
        bedomning = typer.Nivabedomning(rad.pk, rad.nyckel, arende.niva, fran, idag)
        return cls(arende.person_id, arende.insats, bedomning)


@dataclass(frozen=True, slots=True)
class Sida:
    """What some days cost at one of the levels. `utan_pris`: some of it has no price (or no level), and is not in."""

    kronor: Fraction = Fraction(0)
    antal: Mapping[str, Fraction] = field(default_factory=dict)
    utan_pris: bool = False

    def plus(self, annan: "Sida") -> "Sida":
        """Both together."""
        enheter = {**self.antal}
        for enhet, antal in annan.antal.items():
            enheter[enhet] = enheter.get(enhet, Fraction(0)) + antal
        return Sida(self.kronor + annan.kronor, enheter, self.utan_pris or annan.utan_pris)


@dataclass(frozen=True, slots=True)
class Period:
    """The days `[fran, till)` at the level that holds and at the new one."""

    fran: date
    till: date
    fore: Sida
    efter: Sida
    uppskattad: bool

    @property
    def skillnad(self) -> Fraction:
        """How much more, or less, it costs."""
        return self.efter.kronor - self.fore.kronor


@dataclass(frozen=True, slots=True)
class Rattad:
    """What the next run takes back and adds for a settled month; `redan` is what other changes cause anyway."""

    manad: Manad
    status: str
    kreditering: Decimal
    rattelse: Decimal
    antal: Mapping[str, Fraction]
    redan: Decimal

    @property
    def netto(self) -> Decimal:
        return self.kreditering + self.rattelse


@dataclass(frozen=True, slots=True)
class Pris:
    """What one unit costs at each level; None = no price."""

    enhet: str
    fore: Decimal | None
    efter: Decimal | None
    omfattning: str = ""
    tidsband: str = ""


@dataclass(frozen=True, slots=True)
class Effekt:
    """All that the avtalssamordnare sees of a level's cost."""

    niva_fore: str
    niva_efter: str
    helar: Period
    i_ar: Period | None
    priser: Sequence[Pris]
    rattas: Sequence[Rattad]
    raknas_om: Sequence[tuple[Manad, str]]
    nasta_korning: Manad | None
    monster: Mapping[str, Monster]
    avtal: Sequence[int]
    prislistor: Sequence[int]
    verkstalligheter: Sequence[int]

    @property
    def lofte(self) -> str:
        """A fingerprint of what is shown, to know at the decision that it is still so."""
        rattas = [f"{ett.manad} {ett.kreditering} {ett.rattelse}" for ett in self.rattas]
        delar = [self.niva_efter, str(self.helar.fran), str(self.helar.skillnad), *rattas]
        return sha256("|".join(delar).encode()).hexdigest()[:16]

    @property
    def rattas_netto(self) -> Decimal:
        """All settled months together, but for what is corrected anyway."""
        return sum((ett.netto - ett.redan for ett in self.rattas), Decimal(0))

    @property
    def saknar_pris(self) -> bool:
        """There is no price for the new level, wholly or in part, though there may be one for the old."""
        return self.helar.efter.utan_pris or bool(self.i_ar and self.i_ar.efter.utan_pris)


def helar(forslag: Sequence[Forslag], idag: date) -> dict[int, Period]:
    """What each costs in a whole year, by the row's primary key; none where nothing is carried out.

    The same number of queries whatever their number.
    """
    if not forslag:
        return {}
    underlag = las_manader(manader_for(forslag, idag), sorted({ett.person_id for ett in forslag}))
    svar = {}
    for ett in forslag:
        if ett.person_id in underlag:
            fran = ett.bedomning.fran
            rakning = Rakning.av(ett, underlag[ett.person_id], idag)
            svar[ett.bedomning.id] = rakning.period(fran, lagg_till_manader(fran, 12))
    return svar


def effekt(forslag: Forslag, idag: date) -> Effekt | None:
    """All that it would do; None where nothing is carried out. Fixed number of queries."""
    korningar = {Manad.av(ett.manad): ett for ett in Korning.objects.order_by("manad")}
    manader, personer = manader_for([forslag], idag), [forslag.person_id]
    underlag = las_manader(manader, personer)
    if forslag.person_id not in underlag:
        return None
    fasta = [manad for manad, ett in korningar.items() if ett.status in FAST and manad >= manader[0]]
    fasta_rader = las_fasta(personer, fasta) if fasta else {}
    return _effekt(forslag, underlag[forslag.person_id], korningar, fasta_rader, idag)


def gjord(forslag: Forslag, idag: date) -> Effekt | None:
    """The same of a level that has been godkänd, with `forslag.fore` before it: nothing is left to be corrected."""
    underlag = las_manader(manader_for([forslag], idag), [forslag.person_id])
    return _effekt(forslag, underlag[forslag.person_id], {}, {}, idag) if forslag.person_id in underlag else None


def manader_for(forslag: Iterable[Forslag], idag: date, till: date | None = None) -> list[Manad]:
    """From the first that any of them touches, or whose pattern is used, to the last. At least until `till`."""
    nu = Manad.av(idag)
    dagar = [ett.bedomning.fran for ett in forslag]
    forsta = min(nu.plus(-MONSTER_MANADER), Manad.av(min(dagar)))
    sista = max(Manad(nu.ar, 12), Manad.av(max(dagar)).plus(12), *([Manad.av(till - EN_DAG)] if till else []))
    return list(forsta.till_och_med(sista))


def _effekt(
    forslag: Forslag,
    underlag: Mapping[Manad, Personmanad],
    korningar: Mapping[Manad, Korning],
    fasta_rader: Mapping[Manad, Sequence[Fast]],
    idag: date,
) -> Effekt:
    fran, nu = forslag.bedomning.fran, Manad.av(idag)
    rakning = Rakning.av(forslag, underlag, idag)
    nyar, slutar = date(nu.ar, 1, 1), date(nu.ar + 1, 1, 1)
    strackor = rakning.villkor(max(fran, idag))
    person = next(iter(underlag.values()))[0]
    innan = rakning.utan_forslaget(person).nivaer.get(forslag.insats, ())
    galler = niva_pa_dag(innan, fran, fran_godkand=False)
    return Effekt(
        niva_fore=galler.niva if galler else "",
        niva_efter=forslag.bedomning.niva,
        helar=rakning.period(fran, lagg_till_manader(fran, 12)),
        i_ar=rakning.period(max(fran, nyar), slutar) if fran < slutar else None,
        priser=rakning.priser(max(fran, idag), galler.niva if galler else ""),
        rattas=[ett for ett in rakning.rattade(korningar, fasta_rader) if ett.kreditering or ett.rattelse],
        raknas_om=[
            (manad, ett.status) for manad, ett in korningar.items() if ett.status not in FAST and manad.till > fran
        ],
        nasta_korning=_nasta(korningar),
        monster=rakning.monster,
        avtal=sorted({ett[1].id for ett in strackor}),
        prislistor=sorted({ett[1].prislista_id for ett in strackor}),
        verkstalligheter=sorted({ett[0] for ett in strackor}),
    )


def _nasta(korningar: Mapping[Manad, Korning]) -> Manad | None:
    fasta = [manad for manad, ett in korningar.items() if ett.status in FAST]
    return max(fasta).plus(1) if fasta else None


class Rakning:
    """One proposal's months, with and without it. Its months are calculated once each."""

    def __init__(
        self, forslag: Forslag, underlag: Mapping[Manad, Personmanad], monster: dict[str, Monster], nu: Manad
    ) -> None:
        self.forslag, self.underlag, self.monster, self.nu = forslag, underlag, monster, nu
        self._svar: dict[tuple[Manad, date, date], tuple[Sida, Sida]] = {}

    @classmethod
    def av(cls, forslag: Forslag, underlag: Mapping[Manad, Personmanad], idag: date) -> Self:
        """With the pattern of the months that have been."""
        nu = Manad.av(idag)
        historia = [underlag[manad] for manad in nu.plus(-MONSTER_MANADER).till_och_med(nu.plus(-1))]
        return cls(forslag, underlag, framtid.monster(forslag.insats, historia), nu)

    def utan_forslaget(self, person: typer.Person) -> typer.Person:
        """The person, as the proposal is compared with."""
        if self.forslag.fore is None:
            return person
        return replace(person, nivaer=person.nivaer | {self.forslag.insats: self.forslag.fore})

    def med_forslaget(self, person: typer.Person) -> typer.Person:
        """The person, with the assessment godkänd."""
        insats, ny = self.forslag.insats, self.forslag.bedomning
        innan = person.nivaer.get(insats, ()) if self.forslag.fore is None else self.forslag.fore
        andra = tuple(ett for ett in innan if ett.id != ny.id)
        return replace(person, nivaer=person.nivaer | {insats: (*andra, ny)})

    def period(self, fran: date, till: date) -> Period:
        """The days `[fran, till)`, month by month."""
        fore, efter, sista = Sida(), Sida(), till - EN_DAG
        for manad in Manad.av(fran).till_och_med(Manad.av(sista)):
            egna = self._manad(manad, max(fran, manad.fran), min(till, manad.till))
            fore, efter = fore.plus(egna[0]), efter.plus(egna[1])
        return Period(fran, till, fore, efter, uppskattad=Manad.av(sista) >= self.nu)

    def _manad(self, manad: Manad, fran: date, till: date) -> tuple[Sida, Sida]:
        nyckel = (manad, fran, till)
        if nyckel not in self._svar:
            person, bok = self.underlag[manad]
            start, slut = (fran if fran > manad.fran else None), (till if till < manad.till else None)
            egen = _klipp(person, self.forslag.insats, start, slut)
            fore, efter = self.utan_forslaget(egen), self.med_forslaget(egen)
            self._svar[nyckel] = self._sida(fore, manad, bok), self._sida(efter, manad, bok)
        return self._svar[nyckel]

    def _sida(self, person: typer.Person, manad: Manad, bok: Manadsbok) -> Sida:
        if manad >= self.nu:
            return summera_poster(framtid.uppskatta(person, self.forslag.insats, bok, self.monster))
        resultat = rakna_person(person, bok)
        sida = summera_poster(Post(rad.enhet, rad.antal, Fraction(rad.belopp)) for rad in resultat.rader)
        return replace(sida, utan_pris=any(ett.kod in _OFORMOGEN for ett in resultat.avvikelser))

    def villkor(self, dag: date) -> list[tuple[int, typer.Avtal]]:
        """The verkställigheter that are paid in the month of `dag`, or the first month after, with their avtal."""
        for manad in Manad.av(dag).till_och_med(max(self.underlag)):
            person, bok = self.underlag[manad]
            svar = [
                (verk.id, stracka.avtal)
                for verk in person.verkstalligheter
                if verk.beslut.insats == self.forslag.insats
                for stracka in betalda_strackor(person, Samling(bok.kalender, verk), bok)
            ]
            if svar:
                return svar
        return []

    def priser(self, dag: date, niva_fore: str) -> list[Pris]:
        """What a unit costs at each level on `dag`, for the commonest kind of volume of each verkställighet."""
        svar: dict[Pris, None] = {}
        person, bok = self.underlag[Manad.av(dag)]
        omfattning = {verk.id: verk.omfattning for verk in person.verkstalligheter}
        for verk, avtal in self.villkor(dag):
            enhet = framtid.EFTER_NARVARO.get(avtal.modell) or {"bestalld_tid": "timme"}.get(avtal.modell, "manad")
            slag = self._vanligaste(avtal.modell)
            oms = "" if enhet == "timme" else slag.omfattning if slag and slag.omfattning else omfattning.get(verk, "")
            band = slag.tidsband if slag else ""
            fore, efter = (
                _pris(bok, avtal, dag, enhet, niva, oms, band) for niva in (niva_fore, self.forslag.bedomning.niva)
            )
            svar[Pris(enhet, fore, efter, oms, band)] = None
        return list(svar)

    def _vanligaste(self, modell: str) -> framtid.Slag | None:
        monster = self.monster.get(modell)
        return max(monster.mangd, key=lambda slag: monster.mangd[slag]) if monster and monster.mangd else None

    def rattade(
        self, korningar: Mapping[Manad, Korning], fasta_rader: Mapping[Manad, Sequence[Fast]]
    ) -> Iterable[Rattad]:
        """R40 for each settled month from the assessment's day, as the next run will do it."""
        for manad, fasta in fasta_rader.items():
            if manad.till <= self.forslag.bedomning.fran:
                continue
            person, bok = self.underlag[manad]
            egna = [ett for ett in fasta if ett.nyckel.person_id == person.id]  # type: ignore[attr-defined]
            utan, med = (_rattelse(egna, ett, bok) for ett in (person, self.med_forslaget(person)))
            yield Rattad(manad, korningar[manad].status, med[0], med[1], med[2], redan=utan[0] + utan[1])


def _rattelse(
    fasta: Sequence[Fast], person: typer.Person, bok: Manadsbok
) -> tuple[Decimal, Decimal, dict[str, Fraction]]:
    """What is taken back (negative), what is added, and the volume that is added."""
    nya = [Personrad(person.id, rad) for rad in rakna_person(person, bok).rader]
    skillnad = jamfor(fasta, [(tryckt(ett), ett) for ett in nya])
    krediteras = set(skillnad.krediteras)
    kreditering = -sum((ett.nyckel.belopp for ett in fasta if ett.id in krediteras), Decimal(0))  # type: ignore[attr-defined]
    rader = [ett.rad for ett in skillnad.tillkommer]
    antal = framtid.per_enhet(Post(rad.enhet, rad.antal, None) for rad in rader)
    return kreditering, sum((rad.belopp for rad in rader), Decimal(0)), antal


def summera_poster(poster: Iterable[Post]) -> Sida:
    """What the amounts come to together."""
    alla = list(poster)
    kronor = sum((ett.kronor for ett in alla if ett.kronor is not None), Fraction(0))
    return Sida(kronor, framtid.per_enhet(alla), any(ett.kronor is None for ett in alla))


def _klipp(person: typer.Person, insats: str, fran: date | None, till: date | None) -> typer.Person:
    """The person with the insats' days `[fran, till)` only, by the decision: what lies outside is not paid (R1)."""
    verk = []
    for ett in person.verkstalligheter:
        beslut = ett.beslut
        if beslut.insats == insats and beslut.fran is not None:
            start = beslut.fran if fran is None else max(beslut.fran, fran)
            slut = min((dag for dag in (beslut.till, till) if dag), default=None)
            verk.append(replace(ett, beslut=replace(beslut, fran=start, till=slut)))
    return replace(person, verkstalligheter=tuple(verk))


def _pris(
    bok: Manadsbok, avtal: typer.Avtal, dag: date, enhet: str, niva: str, omfattning: str, tidsband: str
) -> Decimal | None:
    bit = bok.kalender.bit(dag)
    priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, enhet, niva, omfattning, tidsband)
    return next((pris.belopp for mask, pris in priser.priser if mask & bit), None)
