"""Changes of prices, by the import's own rules: new prices from a day, ending those that they follow, all or nothing.

A price that a settled month has used is not changed, only ended: what was paid by it must be possible to look up. What
reaches back over settled months gives rättelser (R40), which has to be said and confirmed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db import connection, transaction

from beslut.ord import insats_i_ord, niva_i_ord
from ersattning import bruk
from ersattning.models import Pris
from ersattning.prisinmatning import NYCKEL, skillnad_i_procent
from ersattning.regler import Prisenhet
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import EjRegistrerad, Registreringsfel, Spar, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord
from grund.tid import EN_DAG, Manad
from utforare.models import Prislista
from utforare.nycklar import ny_nyckel

STOR = Decimal(15)  # per cent: a change as large as this is pointed at, since it may be a slip of the hand
_LAS = 4711  # with the price list's key: who changes a list waits for who is changing it
_INAKTUELL = "Prislistan har ändrats sedan du öppnade sidan. Titta på de nya priserna och försök igen."


class Slag(StrEnum):
    """What a new price does."""

    NYTT = "nytt"
    BYTER = "byter"  # ends the one before it
    ANDRAR = "andrar"  # the one from the same day gets another amount
    LIKA = "lika"


@dataclass(frozen=True, slots=True)
class Inskrivet:
    """An amount that somebody has given for a cell; `index` is its row in the form."""

    index: int
    varden: Mapping[str, str]
    belopp: Decimal


@dataclass(frozen=True, slots=True)
class Planrad:
    """What an amount comes to: what it does, the price there is that day, and the new one's last day (None = open)."""

    inskrivet: Inskrivet
    slag: Slag
    fore: Pris | None
    sista: date | None

    @property
    def skillnad(self) -> Decimal | None:
        """Against the price there is, in per cent."""
        return skillnad_i_procent(self.fore.belopp, self.inskrivet.belopp) if self.fore else None

    @property
    def i_ord(self) -> str:
        """What the price is for."""
        return pris_i_ord(self.inskrivet.varden)

    @property
    def ar_stor(self) -> bool:
        """So large a change that it is worth a second look."""
        return self.skillnad is not None and abs(self.skillnad) >= STOR


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a registration would do. `manader`: settled months that it may correct; `hinder` by row of the form."""

    fran: date
    rader: Sequence[Planrad]
    manader: Sequence[Manad] = ()
    hinder: Sequence[tuple[int, str]] = field(default=())

    @property
    def om_rattelser(self) -> str:
        """That settled months may be corrected; empty when none may."""
        return om_rattelser(self.manader) if self.manader else ""

    @property
    def andringar(self) -> list[Planrad]:
        """Those that change anything."""
        return [rad for rad in self.rader if rad.slag is not Slag.LIKA]


def avtryck(prislista: Prislista) -> str:
    """What the list's prices were when they were shown, to tell whether they have changed since."""
    rader = Pris.objects.filter(prislista=prislista).order_by("pk").values_list("pk", "belopp", "fran", "till")
    return hashlib.sha256(repr(list(rader)).encode()).hexdigest()[:16]


def planera(prislista: Prislista, fran: date, inskrivna: Sequence[Inskrivet]) -> Plan:
    """What the amounts would do from `fran`. Three queries at most."""
    per_nyckel: dict[tuple[str, ...], list[Pris]] = defaultdict(list)
    for pris in Pris.objects.filter(prislista=prislista).order_by("fran"):
        per_nyckel[_nyckel(pris)].append(pris)
    rader = [_planrad(ett, per_nyckel[tuple(ett.varden[namn] for namn in NYCKEL)], fran) for ett in inskrivna]
    andrar = any(rad.slag is not Slag.LIKA for rad in rader)
    return Plan(fran, rader, bruk.fasta_manader(fran) if andrar else [], _anvanda(rader))


def _nyckel(pris: Pris) -> tuple[str, ...]:
    return tuple(getattr(pris, namn) for namn in NYCKEL)


def _planrad(ett: Inskrivet, priser: Sequence[Pris], fran: date) -> Planrad:
    fore = next((pris for pris in priser if pris.fran <= fran and (pris.till is None or pris.till > fran)), None)
    nasta = next((pris for pris in priser if pris.fran > fran), None)
    sista = nasta.fran - EN_DAG if nasta else None
    if fore is None:
        return Planrad(ett, Slag.NYTT, None, sista)
    if fore.belopp == ett.belopp:
        return Planrad(ett, Slag.LIKA, fore, sista)
    if fore.fran == fran:
        return Planrad(ett, Slag.ANDRAR, fore, fore.till - EN_DAG if fore.till else None)
    return Planrad(ett, Slag.BYTER, fore, sista)


def _anvanda(rader: Sequence[Planrad]) -> list[tuple[int, str]]:
    """Prices that would be changed and that settled months have used."""
    andrade = [rad for rad in rader if rad.slag is Slag.ANDRAR and rad.fore]
    manader = bruk.prisers_manader([rad.fore for rad in andrade if rad.fore])
    return [
        (rad.inskrivet.index, anvant(rad.fore, manader[rad.fore.pk]))
        for rad in andrade
        if rad.fore and rad.fore.pk in manader
    ]


def anvant(pris: Pris, manader: Sequence[Manad]) -> str:
    """Why a used price may not be changed."""
    i = bruk.manader_i_ord(manader)
    fast = "som är fastställd" if len(manader) == 1 else "som är fastställda"
    return (
        f"Priset {kronor(pris.belopp)} har använts i {i}, {fast}. Det kan inte ändras, bara avslutas."
        " Låt det nya priset gälla från en senare dag."
    )


def pris_i_ord(varden: Mapping[str, str]) -> str:
    """`Daglig verksamhet (LSS), nivå 3, heltid, per dag`."""
    delar = [niva_i_ord(varden["niva"]) if varden["niva"] else "", varden["omfattning"], varden["tidsband"]]
    return ", ".join([insats_i_ord(varden["insats"]), *filter(None, delar), f"per {Prisenhet(varden['enhet']).label}"])


def hinder_for_rattelser(manader: Sequence[Manad], *, godtas: bool) -> list[str]:
    """That settled months may be corrected has to be confirmed."""
    return [] if not manader or godtas else [f"{om_rattelser(manader)}. Bekräfta det för att gå vidare."]


def om_rattelser(manader: Sequence[Manad]) -> str:
    """`Ändringen kan ge rättelser i 2 fastställda månader: april och maj 2026`."""
    fast = antal_ord(len(manader), "fastställd månad", "fastställda månader")
    return f"Ändringen kan ge rättelser i {fast}: {bruk.manader_i_ord(manader)}"


def registrera_priser(
    *,
    prislista: Prislista,
    fran: date,
    inskrivna: Sequence[Inskrivet],
    av: Anvandare,
    sedda: str | None = None,
    rattelser: bool = False,
) -> Plan:
    """Let the amounts hold from `fran`, and end what they follow the day before. Returns what it came to.

    `sedda` is the `avtryck` of the prices that `av` has seen; others are refused. `rattelser`: `av` knows that settled
    months may be corrected. Raises Hindrad, or EjRegistrerad whose `index` is the row of the form.
    """
    with transaction.atomic():
        _las(prislista.pk)
        plan = planera(prislista, fran, inskrivna)
        hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
        hinder += [_INAKTUELL] if sedda not in {None, avtryck(prislista)} else []
        hinder += hinder_for_rattelser(plan.manader, godtas=rattelser)
        if hinder:
            raise Hindrad(hinder)
        if plan.hinder:
            raise EjRegistrerad([Registreringsfel("priser", index, "belopp", text) for index, text in plan.hinder])
        _registrera(prislista, plan, av)
    return plan


def _las(nyckel: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LAS, nyckel])


def _registrera(prislista: Prislista, plan: Plan, av: Anvandare) -> None:
    rader, formrad = [], []
    for rad in plan.andringar:
        if rad.slag is Slag.BYTER and rad.fore:
            rader.append(prisrad(prislista, rad.fore, sista=plan.fran - EN_DAG))
            formrad.append(rad.inskrivet.index)
        rader.append(_nytt(prislista, rad, plan.fran))
        formrad.append(rad.inskrivet.index)
    try:
        registrera(rader={"priser": rader}, spar=_spar(prislista, plan, av))
    except EjRegistrerad as brott:
        raise EjRegistrerad(
            [
                Registreringsfel(ett.fil, formrad[ett.index] if ett.index < len(formrad) else 0, ett.kolumn, ett.text)
                for ett in brott.fel
            ]
        ) from brott


def prisrad(prislista: Prislista, pris: Pris, *, sista: date | None, belopp: Decimal | None = None) -> dict[str, str]:
    """The stored price as a row of priser.csv, with another last day or amount."""
    return {
        "prislista_id": prislista.nyckel,
        **{namn: getattr(pris, namn) for namn in NYCKEL},
        "belopp": str(pris.belopp if belopp is None else belopp),
        "fran": pris.fran.isoformat(),
        "till": sista.isoformat() if sista else "",
    }


def _nytt(prislista: Prislista, rad: Planrad, fran: date) -> dict[str, str]:
    return {
        "prislista_id": prislista.nyckel,
        **{namn: rad.inskrivet.varden[namn] for namn in NYCKEL},
        "belopp": str(rad.inskrivet.belopp),
        "fran": fran.isoformat(),
        "till": rad.sista.isoformat() if rad.sista else "",
    }


def _spar(prislista: Prislista, plan: Plan, av: Anvandare) -> Spar:
    nya, byten = len(plan.andringar), sum(rad.slag is Slag.BYTER for rad in plan.andringar)
    text = f"{av.get_username()} registrerade {antal_ord(nya, 'pris', 'priser')} i {prislista.namn}"
    text += f" från {datum_i_ord(plan.fran)}."
    text += f" {antal_ord(byten, 'tidigare pris slutar', 'tidigare priser slutar')} dagen före." if byten else ""
    return Spar(av, "registrera_priser", f"prislista:{prislista.nyckel}", text)


# ---- One price ---------------------------------------------------------------------------------------------------


def prisets_manader(pris: Pris) -> list[Manad]:
    """The settled months that it has been used in."""
    return bruk.prisers_manader([pris]).get(pris.pk, [])


def hinder_for_nytt_belopp(pris: Pris) -> list[str]:
    """Why the amount may not be changed."""
    manader = prisets_manader(pris)
    return [anvant(pris, manader)] if manader else []


def rattelsemanader(pris: Pris, belopp: Decimal, sista: date | None) -> list[Manad]:
    """The settled months that may be corrected if the price gets this amount and last day."""
    till = sista + EN_DAG if sista else None
    if belopp != pris.belopp:
        return bruk.fasta_manader(pris.fran)
    if till == pris.till:
        return []
    return bruk.fasta_manader(min(ett for ett in (till, pris.till) if ett))


def andra_pris(
    *,
    pris: Pris,
    belopp: Decimal,
    sista: date | None,
    av: Anvandare,
    sedda: str | None = None,
    rattelser: bool = False,
) -> None:
    """End the price on `sista` (None = until further notice), or give one that nobody has been paid by a new amount.

    `sedda` is the `avtryck` of the prices that `av` has seen: who ends a price gives back no amount that it had then.
    """
    with transaction.atomic():
        _las(pris.prislista_id)
        pris = Pris.objects.select_related("prislista").get(pk=pris.pk)
        hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
        hinder += [_INAKTUELL] if sedda not in {None, avtryck(pris.prislista)} else []
        hinder += hinder_for_nytt_belopp(pris) if belopp != pris.belopp else []
        hinder += hinder_for_rattelser(rattelsemanader(pris, belopp, sista), godtas=rattelser)
        if hinder:
            raise Hindrad(hinder)
        vad = f"{pris_i_ord({namn: getattr(pris, namn) for namn in NYCKEL})} i {pris.prislista.namn}"
        slut = f"till och med {datum_i_ord(sista)}" if sista else "tills vidare"
        text = f"{av.get_username()} ändrade priset för {vad}: {kronor(belopp)} {slut}."
        spar = Spar(av, "andra_pris", f"prislista:{pris.prislista.nyckel}", text)
        registrera(rader={"priser": [prisrad(pris.prislista, pris, sista=sista, belopp=belopp)]}, spar=spar)


def skapa_prislista(*, namn: str, av: Anvandare, idag: date) -> Prislista:
    """Add an empty price list."""
    if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL):
        raise Hindrad(hinder)
    nyckel = ny_nyckel(Prislista, "PL", idag)
    text = f"{av.get_username()} lade upp prislistan {namn}."
    spar = Spar(av, "skapa_prislista", f"prislista:{nyckel}", text)
    registrera(rader={"prislistor": [{"prislista_id": nyckel, "namn": namn}]}, spar=spar)
    return Prislista.objects.get(nyckel=nyckel)
