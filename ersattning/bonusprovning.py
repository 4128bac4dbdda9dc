"""A claim against the terms: each condition of R50 met or not, with what it was read from, and what would be paid when.

The conditions and the payments are the core's own (kalkyl.bonus), asked with the claim's employment beside those that
are registered; here they are only put into words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ersattning.bonusbeslut import befintlig
from ersattning.bonusunderlag import fasta_manader, las_kanda, las_personer, las_regler, las_stoppade
from ersattning.forklaring.ord import decimaltal
from ersattning.kalkyl import bonus as kalkyl
from ersattning.kalkyl.bonus import Bonusperson, Kand, Provning, Utfall, Villkor
from ersattning.models import Bonusansokan, Bonusregel
from ersattning.regler import Anstallningsform, Bonusdel
from grund.pengar import kronor
from grund.text import HART, antal_ord, datum_i_ord, giltig_i_ord, manad_i_ord, och
from grund.tid import Manad, lagg_till_manader
from utforare.models import Enhet

_LED = {
    Villkor.VERKSAMHET: ("a", "Daglig verksamhet som leder fram till anställningen"),
    Villkor.TIDIGAST: ("b", "Tidigast"),
    Villkor.SENAST: ("b", "Senast"),
    Villkor.FORM: ("c", "Anställningsform"),
    Villkor.GRAD: ("c", "Sysselsättningsgrad"),
    Villkor.REGEL: ("d", "Regeln gäller"),
}


@dataclass(frozen=True, slots=True)
class Villkorsrad:
    """A condition: what it asks for, what it was read from, and whether it is met."""

    led: str
    namn: str
    krav: str
    fakta: str
    uppfyllt: bool


@dataclass(frozen=True, slots=True)
class Delrad:
    """A part of the bonus: its day and amount, what becomes of it, and how it lies to the year's cap."""

    namn: str
    dag: date
    belopp: Decimal
    betalas: bool
    text: str
    tak: str


@dataclass(frozen=True, slots=True)
class Regelprovning:
    """A version of the terms for the claim. `mottagare`: who would be paid, when that is another than who claims."""

    regel: Bonusregel
    rader: tuple[Villkorsrad, ...]
    delar: tuple[Delrad, ...]
    mottagare: str

    @property
    def brister(self) -> list[str]:
        """The conditions that are not met."""
        return [rad.namn for rad in self.rader if not rad.uppfyllt]

    @property
    def ger(self) -> Decimal:
        """What would be paid, as it stands now, and what has been."""
        return sum((del_.belopp for del_ in self.delar if del_.betalas), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class _Lage:
    """What all versions are tried against."""

    person: Bonusperson
    anstallning: kalkyl.Anstallning
    kanda: Mapping[kalkyl.Nyckel, Kand]
    stoppade: set[kalkyl.Bonus]
    utfall: Mapping[kalkyl.Nyckel, Utfall]
    fasta: frozenset[Manad]


def provningar(ansokan: Bonusansokan) -> list[Regelprovning]:
    """The versions that hold on the anställning's first day; all of them when none does. Some ten queries."""
    regler = {ett.id: ett for ett in las_regler()}
    rader = Bonusregel.objects.in_bulk(regler)
    lage = _lage(ansokan, list(regler.values()))
    alla = [kalkyl.prova(lage.person, regel, lage.anstallning) for regel in regler.values()]
    valda = [ett for ett in alla if dict(ett.villkor)[Villkor.REGEL]] or alla
    enheter = Enhet.objects.select_related("utforare").in_bulk(
        {ett.verksamhet.enhet_id for ett in valda if ett.verksamhet}
    )
    return [
        Regelprovning(
            rader[ett.regel.id],
            tuple(_villkorsrader(ett, lage, enheter)),
            tuple(_delrader(ett, lage)),
            _annan_mottagare(ett, ansokan, enheter),
        )
        for ett in valda
    ]


def _annan_mottagare(ett: Provning, ansokan: Bonusansokan, enheter: Mapping[int, Enhet]) -> str:
    """R50 (a) names the utförare, whoever it is that claims."""
    enhet = enheter[ett.verksamhet.enhet_id] if ett.verksamhet else None
    return enhet.utforare.namn if enhet and enhet.utforare_id != ansokan.enhet.utforare_id else ""


def _lage(ansokan: Bonusansokan, regler: list[kalkyl.Regel]) -> _Lage:
    alla = {ett.id: ett for ett in las_personer(aven=[ansokan.person_id])}
    person, anstallning = _med_ansokan(alla[ansokan.person_id], ansokan)
    alla[person.id] = person
    kanda, stoppade = las_kanda(), las_stoppade()
    dagar = [del_.dag for regel in regler for del_ in kalkyl.delar((anstallning,), regel, anstallning.fran)]
    sista = Manad.av(max(dagar, default=anstallning.fran))
    utfall = kalkyl.utfallen(alla.values(), regler, kanda, sista, stoppade)
    return _Lage(
        person,
        anstallning,
        kanda,
        stoppade,
        {ett.betalning.nyckel: ett for ett in utfall if ett.betalning.person.id == person.id},
        fasta_manader(),
    )


def _med_ansokan(person: Bonusperson, ansokan: Bonusansokan) -> tuple[Bonusperson, kalkyl.Anstallning]:
    """The person with the claim's employment: the registered one, or as bifall would register it."""
    finns = befintlig(ansokan)
    nyckel = ansokan.anstallning_nyckel or (finns.nyckel if finns else "")
    registrerad = next((ett for ett in person.anstallningar if nyckel and ett.nyckel == nyckel), None)
    if registrerad:
        return person, registrerad
    tankt = kalkyl.Anstallning(
        0,
        nyckel or f"AN-{ansokan.fran.year}",
        ansokan.fran,
        None,
        ansokan.sysselsattningsgrad,
        ansokan.anstallningsform,
    )
    return replace(person, anstallningar=(*person.anstallningar, tankt)), tankt


def _villkorsrader(ett: Provning, lage: _Lage, enheter: Mapping[int, Enhet]) -> Iterable[Villkorsrad]:
    for villkor, uppfyllt in ett.villkor:
        led, namn = _LED[villkor]
        krav, fakta = _krav(villkor, ett), _fakta(villkor, ett, enheter)
        yield Villkorsrad(f"R50 ({led})", namn, krav, fakta, uppfyllt)
    yield _en_gang(ett, lage)


def _krav(villkor: Villkor, ett: Provning) -> str:
    regel = ett.regel
    if villkor is Villkor.VERKSAMHET:
        return f"Pågår när anställningen börjar, eller slutade högst {kalkyl.GLAPP_DAGAR} dagar före."
    if villkor is Villkor.TIDIGAST:
        return _tidskrav("Tidigast", regel.tidigast_manader)
    if villkor is Villkor.SENAST:
        return _tidskrav("Senast", regel.senast_manader)
    if villkor is Villkor.FORM:
        former = [str(form.label) for form in Anstallningsform if form in regel.anstallningsformer]
        return f"{och(former, 'eller').capitalize()}." if former else "Vilken form som helst."
    if villkor is Villkor.GRAD:
        minst = regel.minst_sysselsattningsgrad
        return "Ingen gräns." if minst is None else f"Minst {decimaltal(minst, 2)}{HART}%."
    return f"Anställningens första dag, {giltig_i_ord(regel.fran, regel.till)}."


def _tidskrav(ord_: str, manader: int | None) -> str:
    if manader is None:
        return "Ingen gräns."
    return f"{ord_} {antal_ord(manader, 'månad', 'månader')} efter första dagen i följden."


def _fakta(villkor: Villkor, ett: Provning, enheter: Mapping[int, Enhet]) -> str:
    start, verk = ett.anstallning.fran, ett.verksamhet
    if villkor is Villkor.VERKSAMHET:
        if verk is None:
            return "Ingen daglig verksamhet leder fram till anställningens första dag."
        enhet = enheter[verk.enhet_id]
        return f"{verk.nyckel}, {enhet.namn} ({enhet.utforare.namn}), {giltig_i_ord(verk.fran, verk.till)}."
    if villkor in {Villkor.TIDIGAST, Villkor.SENAST}:
        return _tid(ett.forsta_dag, start)
    if villkor is Villkor.FORM:
        return f"{Anstallningsform(ett.anstallning.anstallningsform).label.capitalize()}."
    if villkor is Villkor.GRAD:
        return f"{decimaltal(ett.anstallning.sysselsattningsgrad, 2)}{HART}%."
    return f"{datum_i_ord(start)}."


def _tid(forsta: date | None, start: date) -> str:
    if forsta is None:
        return "Ingen första dag att räkna från."
    manader = (start.year - forsta.year) * 12 + start.month - forsta.month
    manader -= lagg_till_manader(forsta, manader) > start
    dagar = (start - lagg_till_manader(forsta, manader)).days
    langd = f"{antal_ord(manader, 'månad', 'månader')} och {antal_ord(dagar, 'dag', 'dagar')}"
    return f"Följden började {datum_i_ord(forsta)}. Anställningen började {datum_i_ord(start)}: efter {langd}."


def _en_gang(ett: Provning, lage: _Lage) -> Villkorsrad:
    """One bonus per person and rule: another employment that came first, or was paid, stands in the way."""
    namn, krav = "En gång per person och regel", "Ingen tidigare anställning har gett bonusen."
    tidigare = _tidigare(ett, lage)
    forst = kalkyl.forsta_som_ger_bonus(lage.person, ett.regel)
    if tidigare:
        return Villkorsrad("R50", namn, krav, tidigare, uppfyllt=False)
    if forst and forst.anstallning.nyckel != ett.anstallning.nyckel:
        text = f"Anställningen {forst.anstallning.nyckel} från {datum_i_ord(forst.anstallning.fran)} kom först."
        return Villkorsrad("R50", namn, krav, text, uppfyllt=False)
    return Villkorsrad("R50", namn, krav, "Ingen bonus är betald för en annan anställning.", uppfyllt=True)


def _tidigare(ett: Provning, lage: _Lage) -> str:
    """What is settled for the person and rule on other days than this employment's."""
    egna = {del_.del_av_bonus: del_.dag for del_ in kalkyl.delar((ett.anstallning,), ett.regel, ett.anstallning.fran)}
    andras = [
        f"{kronor(kand.belopp)} förföll {datum_i_ord(kand.forfallodag)}"
        for (regel, person, del_), kand in lage.kanda.items()
        if (regel, person) == (ett.regel.id, lage.person.id) and egna.get(del_) != kand.forfallodag
    ]
    return f"{och(sorted(andras)).capitalize()} för en annan anställning." if andras else ""


def _delrader(ett: Provning, lage: _Lage) -> Iterable[Delrad]:
    hindrad = not ett.ger_bonus or not _en_gang(ett, lage).uppfyllt
    for del_ in kalkyl.delar(lage.person.anstallningar, ett.regel, ett.anstallning.fran):
        if del_.belopp:
            betalas, text, tak = _vad_som_hander(ett, del_, lage, hindrad=hindrad)
            namn = str(Bonusdel(del_.del_av_bonus).label).capitalize()
            yield Delrad(namn, del_.dag, del_.belopp, betalas, text, tak)


def _vad_som_hander(ett: Provning, del_: kalkyl.Del, lage: _Lage, *, hindrad: bool) -> tuple[bool, str, str]:
    nyckel = (ett.regel.id, lage.person.id, del_.del_av_bonus)
    kand, utfall = lage.kanda.get(nyckel), lage.utfall.get(nyckel)
    if kand and kand.forfallodag == del_.dag:
        return kand.betald, "Betald." if kand.betald else "Betalas inte: den rymdes inte under årets tak.", ""
    if hindrad:
        return False, "Betalas inte: villkoren är inte uppfyllda.", ""
    if nyckel[:2] in lage.stoppade:
        return False, "Betalas inte: bonusen är återkrävd.", ""
    if not del_.forfaller:
        slut = kalkyl.anstalld_till(lage.person.anstallningar, ett.regel, ett.anstallning.fran)
        return False, f"Betalas inte: anställningen är slut {datum_i_ord(slut)}, före förfallodagen.", ""
    if utfall is None:
        return False, "Betalas inte.", ""
    return _nar(del_, utfall, lage)


def _nar(del_: kalkyl.Del, utfall: Utfall, lage: _Lage) -> tuple[bool, str, str]:
    manad = kalkyl.betalas_i(Manad.av(del_.dag), lage.fasta)
    if manad is None:
        return False, "Betalas inte här: den förföll före den första månaden som har körts.", ""
    tak = utfall.betalning.regel.arstak
    text = f"Betalas i körningen {manad_i_ord(manad)}"
    text = f"{text}, om anställningen då har bestått." if del_.del_av_bonus == kalkyl.REST else f"{text}."
    if tak is None:
        return True, text, ""
    mening = (
        f"Årets tak {del_.dag.year} är {kronor(tak)}. {kronor(utfall.anvant_fore)} är betalt eller förfaller före den "
        f"här, så {kronor(max(tak - utfall.anvant_fore, Decimal(0)))} finns kvar."
    )
    if not utfall.betald:
        return False, "Betalas inte: den ryms inte under årets tak.", mening
    return True, text, mening
