"""The document's tables, from its figures. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ersattning.regler import Avvikelsekod
from grund.text import HART, TANKSTRECK, manad_i_ord, och, skillnad, stor_forsta, tal
from grund.tid import Manad
from uppfoljning.tjansteutlatande import ordval
from uppfoljning.tjansteutlatande.innehall import Rad, Tabell
from uppfoljning.tjansteutlatande.siffror import Siffror, Tillaggsrad

DOLT = "x"
_BETALAS = {Avvikelsekod.OVERLAPPANDE_BESOK, Avvikelsekod.BESOK_VID_FRANVARO, Avvikelsekod.DUBBEL_VERKSTALLIGHET}
_NOT_DOLT = f"{DOLT} = avser färre än fem personer och visas inte."


class Numrering:
    """Tables are numbered as they are made."""

    def __init__(self) -> None:
        self._nummer = 0

    def nasta(self) -> int:
        self._nummer += 1
        return self._nummer


def manadskolumn(manad: Manad) -> str:
    """`Maj 2026`."""
    return stor_forsta(manad_i_ord(manad))


def personer(siffror: Siffror, nr: Numrering) -> Tabell:
    """Persons per insats, with the change."""
    rader = tuple(Rad(rad.namn, _med_skillnad(rad.personer)) for rad in siffror.egna)
    return Tabell(
        nr.nasta(),
        "Personer per insats",
        ("Insats", *_kolumner(siffror)),
        rader,
        Rad("Summa utom övriga" if siffror.ovriga else "Summa", _med_skillnad(siffror.insatsantal)),
        _not_ovriga(siffror),
    )


def volymer(siffror: Siffror, nr: Numrering) -> Tabell:
    """Units per insats. They are of different kinds, so there is no sum."""
    rader = tuple(
        Rad(rad.namn, (ordval.enhet(rad.enhet), *_med_skillnad(rad.antal, _decimaler(rad.antal))))
        for rad in siffror.volymer
    )
    noter = (_NOT_DOLT,) if any(None in rad.antal for rad in siffror.volymer) else ()
    return Tabell(
        nr.nasta(),
        "Ersatta enheter per insats",
        ("Insats", "Enhet", *_kolumner(siffror)),
        rader,
        noter=noter,
        textkolumner=1,
    )


def kostnad(siffror: Siffror, nr: Numrering) -> Tabell:
    """Kronor per insats."""
    rader = tuple(Rad(rad.namn, _med_andel(rad.kronor, siffror.kronor)) for rad in siffror.insatser)
    return _kostnadstabell(siffror, nr, "Kostnad per insats, kronor", "Insats", rader)


def regi(siffror: Siffror, nr: Numrering) -> Tabell:
    """Kronor per form of contract."""
    rader = tuple(
        Rad(stor_forsta(ordval.regier(rad.regier)), _med_andel(rad.kronor, siffror.kronor)) for rad in siffror.regier
    )
    return _kostnadstabell(siffror, nr, "Kostnad per regi, kronor", "Regi", rader)


def forandring(siffror: Siffror, nr: Numrering) -> Tabell:
    """How much more or less each insats costs."""
    kolumner = [f"Mot {ordval.manaden(manad, siffror.manad)}" for manad in siffror.manader[1:]]
    return Tabell(
        nr.nasta(),
        f"Förändrad kostnad per insats, {manad_i_ord(siffror.manad)}",
        ("Insats", *(namn for kolumn in kolumner for namn in (f"{kolumn}, kr", "Procent"))),
        tuple(Rad(rad.namn, _forandring(rad.kronor)) for rad in siffror.insatser),
        Rad("Summa", _forandring(siffror.kronor)),
    )


def tillagg(rader: Sequence[Tillaggsrad], nr: Numrering) -> Tabell:
    """Corrections, bonus and justeringar."""
    justerat = any(rad.justeringar for rad in rader)
    return Tabell(
        nr.nasta(),
        "Rättelser, arbetsbonus och justeringar" if justerat else "Rättelser och arbetsbonus",
        ("Avser", "Personer", "Netto, kr"),
        tuple(Rad(tillaggsnamn(rad, rader), (_personer(rad), tal(rad.belopp, 2))) for rad in rader),
        Rad("Summa", ("", tal(sum((rad.belopp for rad in rader), Decimal(0)), 2))),
    )


def avvikelser(siffror: Siffror, nr: Numrering) -> Tabell:
    """Avvikelser by kind."""
    rader = siffror.avvikelser or ()
    return Tabell(
        nr.nasta(),
        f"Avvikelser i körningen för {manad_i_ord(siffror.manad)}",
        ("Slag", "Ersättning", "Antal"),
        tuple(Rad(rad.namn, (_betalas(rad.kod), tal(rad.antal))) for rad in rader),
        Rad("Summa", ("", tal(sum(rad.antal for rad in rader)))),
        textkolumner=1,
    )


def korningen(siffror: Siffror, nr: Numrering) -> Tabell:
    """What the körning comes to, to the öre."""
    delar = siffror.tillagg or ()
    poster = [(f"Stöd i {manad_i_ord(siffror.manad)}", siffror.ordinarie[0])]
    poster += [(tillaggsnamn(rad, delar), rad.belopp) for rad in delar]
    return Tabell(
        nr.nasta(),
        f"Körningen för {manad_i_ord(siffror.manad)}, kronor och öre",
        ("Post", "Kronor"),
        tuple(Rad(namn, (tal(belopp, 2),)) for namn, belopp in poster),
        Rad("Summa", (tal(siffror.totalt or Decimal(0), 2),)),
    )


def tillaggsnamn(rad: Tillaggsrad, alla: Sequence[Tillaggsrad]) -> str:
    """`Rättelser av april 2026`, `Arbetsbonus`, `Justeringar för utförare`, or what is merged."""
    if rad.avser:
        return f"Rättelser av {manad_i_ord(rad.avser)}"
    if rad.justeringar and rad.personer == 0:
        return "Justeringar för utförare"
    andra = any(annan.avser for annan in alla)
    delar = [f"rättelser av {'övriga' if andra else 'tidigare'} månader"] if rad.rattelser else []
    delar += ["arbetsbonus"] if rad.bonus else []
    return stor_forsta(och([*delar, "justeringar för personer"] if rad.justeringar else delar))


def _kostnadstabell(siffror: Siffror, nr: Numrering, rubrik: str, vad: str, rader: tuple[Rad, ...]) -> Tabell:
    forsta, *ovriga = map(manadskolumn, siffror.manader)
    return Tabell(
        nr.nasta(),
        rubrik,
        (vad, forsta, "Andel", *ovriga),
        rader,
        Rad("Summa", _med_andel(siffror.kronor, siffror.kronor)),
    )


def _kolumner(siffror: Siffror) -> Iterator[str]:
    forsta, *ovriga = map(manadskolumn, siffror.manader)
    yield forsta
    for kolumn in ovriga:
        yield from (kolumn, "Skillnad")


def _med_skillnad(varden: Sequence[Decimal | int | None], decimaler: int = 0) -> tuple[str, ...]:
    forsta, *ovriga = varden
    celler = [_cell(forsta, decimaler)]
    for varde in ovriga:
        kanda = forsta is not None and varde is not None
        celler += [_cell(varde, decimaler), skillnad(forsta - varde, decimaler) if kanda else TANKSTRECK]  # type: ignore[operator]
    return tuple(celler)


def _cell(varde: Decimal | int | None, decimaler: int) -> str:
    return DOLT if varde is None else tal(varde, decimaler)


def _decimaler(antal: Sequence[Decimal | None]) -> int:
    """Whole units, but one decimal where they are so few that it matters."""
    kanda = [varde for varde in antal if varde is not None]
    hela = all(varde == varde.to_integral_value() for varde in kanda)
    return 0 if hela or min(kanda, default=Decimal(0)) >= 1000 else 1


def _med_andel(kronor: Sequence[Decimal], summor: Sequence[Decimal]) -> tuple[str, ...]:
    andel = f"{tal(kronor[0] * 100 / summor[0], 1)}{HART}%" if summor[0] > 0 else TANKSTRECK
    return (tal(kronor[0]), andel, *map(tal, kronor[1:]))


def _forandring(kronor: Sequence[Decimal]) -> tuple[str, ...]:
    nu, *andra = kronor
    celler: list[str] = []
    for da in andra:
        procent = f"{skillnad((nu - da) * 100 / da, 1)}{HART}%" if da > 0 else TANKSTRECK
        celler += [skillnad(nu - da), procent]
    return tuple(celler)


def _personer(rad: Tillaggsrad) -> str:
    return "minst 5" if rad.personer is None else tal(rad.personer)


def _betalas(kod: str) -> str:
    if not kod:
        return TANKSTRECK
    return "betalas tills det är utrett" if kod in _BETALAS else "betalas inte"


def _not_ovriga(siffror: Siffror) -> tuple[str, ...]:
    if not siffror.ovriga:
        return ()
    vilka = och([namn[:1].lower() + namn[1:] for namn in siffror.ovriga])
    varfor = "De visas bara tillsammans och utan antal personer, så att ingen uppgift avser färre än fem."
    return (f"Övriga insatser är {vilka}. {varfor}",)
