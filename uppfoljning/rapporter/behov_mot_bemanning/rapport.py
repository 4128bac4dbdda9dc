"""The report: need and schedule, nights, other homes, uneven enheter. Pure but for the addresses of rows.

`offentlig` tells whole årsarbetare of all enheter together and by regi, and nothing of persons: an enhet is often
fewer than five.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import antal_ord, datum_i_ord, liten_forsta, manad_i_ord, stor_forsta, tal
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell, Varde
from uppfoljning.rapporter.behov_mot_bemanning import listor
from uppfoljning.rapporter.behov_mot_bemanning.behov import Enhetsbehov, Timmar, jamforda, rakna, summera
from uppfoljning.rapporter.behov_mot_bemanning.queries import Underlag
from uppfoljning.rapporter.behov_mot_bemanning.regler import Nyckel
from utforare.regler import Regi

DELAR = ("Dag", "Kväll", "Natt")
_PAGAR = "Månaden pågår. Siffrorna visas när den har slutat, så att två dagar inte kan jämföras."
_HELA = "Hela årsarbetare. Varje tal är avrundat för sig."
_SA_RAKNAS = (
    "Nyckeln säger hur många timmar i veckan en nivå behöver dag, kväll och natt. På natten behövs minst de timmar som"
    " den mest krävande personens natt kräver, vaken natt eller sovande jour, eller personernas egna timmar om de är"
    " fler."
)


@dataclass(frozen=True, slots=True)
class _Boende:
    """A person at an enhet that can be compared; for the protection of small numbers."""

    person: int
    enhet: int
    regi: str


def rapport(underlag: Underlag, lasare: Lasare, *, enhet: int | None = None) -> Rapport:
    """The report. `enhet`: whose persons are asked for, one by one."""
    return Rapport(
        rubrik=f"Behov mot bemanning, {liten_forsta(insats_i_ord(underlag.insats))}, {manad_i_ord(underlag.manad)}",
        per=underlag.dag,
        urval=tuple(_urval(underlag)),
        delar=tuple(_delar(underlag, lasare, enhet)),
        forslag=("{namnd} godkänner redovisningen av behov mot bemanning.",),
        ekonomi=("Rapporten redovisar tid, inte kronor. En ändrad bemanning beslutas för sig.",),
        personer=frozenset() if lasare.offentlig else _personer(underlag),
    )


def _urval(underlag: Underlag) -> Iterator[tuple[str, str]]:
    yield "Månad", manad_i_ord(underlag.manad)
    yield "Insats", stor_forsta(insats_i_ord(underlag.insats))
    yield "Läget den", datum_i_ord(underlag.dag)
    if underlag.nyckel and underlag.nyckel_fran:
        yield "Bemanningsnyckel", f"version {underlag.nyckel.version}, från {datum_i_ord(underlag.nyckel_fran)}"
    if underlag.fil:
        yield "Schema", f"version {underlag.fil.version}, {underlag.fil.kalla}"


def _personer(underlag: Underlag) -> frozenset[int]:
    return frozenset(ett.person for enhet in underlag.enheter for ett in enhet.brukare)


def _delar(underlag: Underlag, lasare: Lasare, enhet: int | None) -> Iterator[Del]:
    if underlag.nyckel is None:
        text = f"Det finns ingen bemanningsnyckel för {insats_i_ord(underlag.insats)} den {datum_i_ord(underlag.dag)}."
        yield Del("laget", "Läget", (text,))
        return
    alla = rakna(underlag.enheter, underlag.nyckel)
    if lasare.offentlig:
        yield _offentligt(underlag, underlag.nyckel, alla)
        return
    yield _laget(underlag, underlag.nyckel, alla)
    yield from listor.delar(underlag, underlag.nyckel, alla, enhet)


def _offentligt(underlag: Underlag, nyckel: Nyckel, alla: Sequence[Enhetsbehov]) -> Del:
    """Only of enheter that can be compared, and never how many persons there are: what is left of another report's
    number of persons would be those at the enheter without a schedule."""
    if underlag.dag < underlag.manad.sista:  # before anything else is told of it
        return Del("laget", "Läget", (_PAGAR,))
    med = jamforda(alla)
    boende = [_Boende(ett.person, rad.enhet.pk, rad.enhet.regi) for rad in med for ett, _ in rad.med_niva]
    if not boende:
        return Del("laget", "Läget", ("Det finns inget schema att jämföra med.",))
    if ar_for_fa(boende):
        return Del("laget", "Läget", (FARRE,))
    behov, schema = summera(med)
    former = [(ett.value, stor_forsta(ett.label)) for ett in Regi]
    grupper = fordela(boende, lambda ett: ett.regi, former, offentlig=True)
    rader = []
    for grupp in grupper:
        hos = {ett.enhet for ett in grupp.delar}
        rader.append(_regirad(grupp.namn, [ett for ett in med if ett.enhet.pk in hos], nyckel))
    return Del(
        "laget",
        "Läget",
        (_SA_RAKNAS, _HELA),
        nyckeltal=tuple(
            replace(ett, varde=_hel(ett.varde), slag=Slag.HELTAL) for ett in _summor(behov, schema, nyckel, adress="")
        ),
        bild=_i_hela(_bild(behov, schema, nyckel)),
        tabeller=tuple(
            _utan_timmar(ett)
            for ett in (_dygnet(behov, schema, nyckel), *([_per_regi(rader)] if len(rader) > 1 else []))
        ),
    )


def _hel(varde: Varde) -> Varde:
    return avrunda(Fraction(varde), 0) if isinstance(varde, Decimal) else varde


def _i_hela(bild: Bild) -> Bild:
    def hela(serie: Serie) -> Serie:
        return Serie(serie.namn, tuple(None if ett is None else avrunda(Fraction(ett), 0) for ett in serie.varden))

    return replace(bild, serier=tuple(map(hela, bild.serier)))


def _utan_timmar(tabell: Tabell) -> Tabell:
    """The table without hours, in whole årsarbetare: the key of levels is known, so that hours could be solved for how
    many have each level."""

    def rad(ett: Rad) -> Rad:
        return Rad((ett.celler[0], *map(_hel, ett.celler[3:])))

    return replace(
        tabell,
        kolumner=(tabell.kolumner[0], *(replace(ett, slag=Slag.HELTAL) for ett in tabell.kolumner[3:])),
        rader=tuple(map(rad, tabell.rader)),
        summa=rad(tabell.summa) if tabell.summa else None,
        noter=(_HELA,),
    )


def _laget(underlag: Underlag, nyckel: Nyckel, alla: Sequence[Enhetsbehov]) -> Del:
    med = jamforda(alla)
    behov, schema = summera(med)
    meningar = [_mening(behov, schema, nyckel, underlag)] if med else ["Det finns inget schema att jämföra med."]
    saknas = len([ett for ett in alla if ett.med_niva and ett.schema is None])
    if saknas:
        meningar.append(f"{antal_ord(saknas, 'enhet', 'enheter')} har inget schema och är inte med i summorna.")
    per_regi = [
        _regirad(stor_forsta(regi.label), hos, nyckel)
        for regi in Regi
        if (hos := [ett for ett in med if ett.enhet.regi == regi])
    ]
    return Del(
        "laget",
        "Läget",
        (*meningar, _SA_RAKNAS),
        nyckeltal=(*_summor(behov, schema, nyckel, adress="#enheter"), *_antal(alla, med)),
        bild=_bild(behov, schema, nyckel) if med else None,
        tabeller=(_dygnet(behov, schema, nyckel), _per_regi(per_regi)) if med else (),
    )


def _mening(behov: Timmar, schema: Timmar, nyckel: Nyckel, underlag: Underlag) -> str:
    skillnad = avrunda(Fraction(nyckel.arsarbetare(schema.alla - behov.alla)), 1)  # as it is told: no 0,0 more or less
    at = "mer än" if skillnad > 0 else "mindre än"
    hur = f"{tal(abs(skillnad), 1)} årsarbetare {at}" if skillnad else "lika mycket som"
    return (
        f"I {liten_forsta(manad_i_ord(underlag.manad))} var {tal(nyckel.arsarbetare(schema.alla), 1)} årsarbetare"
        f" schemalagda. Det är {hur} behovet enligt nivåerna, {tal(nyckel.arsarbetare(behov.alla), 1)} årsarbetare."
    )


def _summor(behov: Timmar, schema: Timmar, nyckel: Nyckel, *, adress: str) -> Iterator[Nyckeltal]:
    yield Nyckeltal("bemanning_behov", nyckel.arsarbetare(behov.alla), Slag.ANTAL, adress=adress)
    yield Nyckeltal("bemanning_schema", nyckel.arsarbetare(schema.alla), Slag.ANTAL, adress=adress)
    skillnad = nyckel.arsarbetare(schema.alla - behov.alla)
    yield Nyckeltal("bemanning_skillnad", skillnad, Slag.ANTAL, adress=adress)


def _antal(alla: Sequence[Enhetsbehov], med: Sequence[Enhetsbehov]) -> Iterator[Nyckeltal]:
    under = sum(ett.behov.alla > ett.schema.alla for ett in med if ett.schema)
    yield Nyckeltal("bemanning_enheter_under", under, av=(under, len(med)) if med else None, adress="#enheter")
    yield Nyckeltal("bemanning_natt_avviker", sum(ett.natt_avviker for ett in med), adress="#natt")
    flytt = sum(len(ett.fel_boendeform) for ett in alla)
    yield Nyckeltal("bemanning_annan_boendeform", flytt, adress="#forflyttning")
    yield Nyckeltal("bemanning_ojamna", sum(ett.ojamn for ett in alla), adress="#ojamna")
    yield Nyckeltal("bemanning_utan_niva", sum(len(ett.utan_niva) for ett in alla), adress="#utan-niva")


def _dygnet(behov: Timmar, schema: Timmar, nyckel: Nyckel) -> Tabell:
    """By part of the day."""
    par = zip(DELAR, _delvis(behov), _delvis(schema), strict=True)
    return Tabell(
        "dygnet",
        "Behov och schema, dag, kväll och natt",
        (Kolumn("Del av dygnet"), *_TIMMAR),
        tuple(Rad((namn, *_celler(ett, annat, nyckel))) for namn, ett, annat in par),
        Rad(("Summa", *_celler(behov.alla, schema.alla, nyckel))),
        noter=(
            "Timmar per vecka. Natt: vakna timmar, och den del av en jourtimme som nyckeln räknar som arbete.",
            "Årsarbetare avrundas var för sig.",
        ),
    )


_TIMMAR = (
    Kolumn("Behov, tim", Slag.ANTAL),
    Kolumn("Schema, tim", Slag.ANTAL),
    Kolumn("Behov, årsarb.", Slag.ANTAL),
    Kolumn("Schema, årsarb.", Slag.ANTAL),
    Kolumn("Skillnad, årsarb.", Slag.ANTAL),
)


def _delvis(timmar: Timmar) -> tuple[Decimal, ...]:
    return timmar.dag, timmar.kvall, timmar.natt


def _celler(behov: Decimal, schema: Decimal, nyckel: Nyckel) -> tuple[Decimal, ...]:
    skillnad = nyckel.arsarbetare(schema - behov)
    return behov, schema, nyckel.arsarbetare(behov), nyckel.arsarbetare(schema), skillnad


def _regirad(namn: str, enheter: Sequence[Enhetsbehov], nyckel: Nyckel) -> Rad:
    behov, schema = summera(enheter)
    return Rad((namn, *_celler(behov.alla, schema.alla, nyckel)))


def _per_regi(rader: Sequence[Rad]) -> Tabell:
    return Tabell("regi", "Egen och privat regi", (Kolumn("Regi"), *_TIMMAR), tuple(rader))


def _bild(behov: Timmar, schema: Timmar, nyckel: Nyckel) -> Bild:
    serier = (
        Serie("Behov", tuple(nyckel.arsarbetare(ett) for ett in _delvis(behov))),
        Serie("Schema", tuple(nyckel.arsarbetare(ett) for ett in _delvis(schema))),
    )
    return Bild("Behov och schema", DELAR, serier, "årsarbetare", "dygnet")
