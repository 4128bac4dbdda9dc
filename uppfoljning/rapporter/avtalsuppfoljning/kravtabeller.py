"""How krav are met in egen and privat regi, side by side. Of enheter only, so the same in public. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.text import liten_forsta
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell
from uppfoljning.rapporter.avtalsuppfoljning.queries import Underlag, Utfall
from uppfoljning.rapporter.avtalsuppfoljning.regler import Uppfyllt
from utforare.regler import Regi

_HUNDRA = 100


@dataclass(frozen=True, slots=True)
class Svar:
    """What one follow-up said of one krav."""

    regi: str
    insats: str
    kod: str
    utfall: Uppfyllt


def antal(utfall: Iterable[Utfall]) -> tuple[int, int]:
    """How many krav were looked at, and how many of them are met."""
    alla = [ett for svar in utfall for ett in svar.krav.values() if ett != Uppfyllt.EJ_GRANSKAT]
    return len(alla), alla.count(Uppfyllt.UPPFYLLT)


def _svar(underlag: Underlag) -> list[Svar]:
    return [
        Svar(enhet.regi, utfall.insats, kod, svar)
        for enhet in underlag.enheter
        for utfall in enhet.utfall
        for kod, svar in utfall.krav.items()
    ]


def _andel(svar: Sequence[Svar]) -> tuple[int, int, Decimal | None]:
    """Looked at, met, and the share."""
    granskade = [ett for ett in svar if ett.utfall != Uppfyllt.EJ_GRANSKAT]
    uppfyllda = sum(ett.utfall == Uppfyllt.UPPFYLLT for ett in granskade)
    return len(granskade), uppfyllda, Decimal(uppfyllda) / len(granskade) if granskade else None


def delar(underlag: Underlag) -> Iterator[Del]:
    """The part, when something has been followed up."""
    alla = _svar(underlag)
    if not alla:
        yield Del("krav", "Krav", ("Ingen uppföljning är registrerad för året.",))
        return
    granskade, uppfyllda, andel = _andel(alla)
    tal_ = Nyckeltal("avtal_krav_uppfyllda", andel, Slag.ANDEL, av=(uppfyllda, granskade), adress="#krav")
    insatser = sorted({ett.insats for ett in alla}, key=_insatsordning)
    tabeller = (_per_insats(alla, insatser), *(_per_krav(underlag, alla, insats) for insats in insatser))
    yield Del("krav", "Krav, egen och privat regi", (), (tal_,), _bild(alla, insatser), tabeller)


def _insatsordning(insats: str) -> tuple[str, int]:
    """LSS-2 before LSS-10."""
    slag, _, nummer = insats.partition("-")
    return (slag, int(nummer)) if nummer.isdigit() else (insats, 0)


def _per_insats(alla: Sequence[Svar], insatser: Sequence[str]) -> Tabell:
    kolumner = (
        Kolumn("Insats"),
        Kolumn("Egen regi", Slag.ANDEL),
        Kolumn("Privat regi", Slag.ANDEL),
        Kolumn("Alla", Slag.ANDEL),
    )
    rader = []
    for insats in insatser:
        svar = [ett for ett in alla if ett.insats == insats]
        egen, privat = ([ett for ett in svar if ett.regi == regi] for regi in Regi)
        rader.append(Rad((insats_i_ord(insats), _andel(egen)[2], _andel(privat)[2], _andel(svar)[2])))
    return Tabell("krav-insats", "Andel uppfyllda av de granskade kraven", kolumner, tuple(rader))


def _bild(alla: Sequence[Svar], insatser: Sequence[str]) -> Bild:
    serier = tuple(
        Serie(
            str(regi.label).capitalize(),
            tuple(
                _procent(_andel([ett for ett in alla if ett.insats == insats and ett.regi == regi])[2])
                for insats in insatser
            ),
        )
        for regi in Regi
    )
    namn = tuple(insats_i_ord(insats) for insats in insatser)
    return Bild("Uppfyllda krav", namn, serier, "procent av de granskade kraven", "krav-insats", liggande=True)


def _procent(andel: Decimal | None) -> Decimal | None:
    return None if andel is None else andel * _HUNDRA


def _per_krav(underlag: Underlag, alla: Sequence[Svar], insats: str) -> Tabell:
    """Krav by krav, those of the list that holds first."""
    kolumner = (
        Kolumn("Krav"),
        Kolumn("Egen: granskade", Slag.HELTAL),
        Kolumn("Egen: uppfyllda", Slag.HELTAL),
        Kolumn("Egen: delvis", Slag.HELTAL),
        Kolumn("Egen: ej", Slag.HELTAL),
        Kolumn("Privat: granskade", Slag.HELTAL),
        Kolumn("Privat: uppfyllda", Slag.HELTAL),
        Kolumn("Privat: delvis", Slag.HELTAL),
        Kolumn("Privat: ej", Slag.HELTAL),
    )
    har = [ett for ett in alla if ett.insats == insats]
    lista = underlag.listor.get(insats)
    koder = dict.fromkeys([*(kod for kod, _ in (lista.krav if lista else ())), *sorted({ett.kod for ett in har})])
    rader = []
    for kod in koder:
        svar = [ett for ett in har if ett.kod == kod]
        namn = f"{kod} {underlag.rubriker[insats, kod]}"
        rader.append(Rad((namn, *_fyra(svar, Regi.EGEN), *_fyra(svar, Regi.PRIVAT))))
    return Tabell(
        f"krav-{insats}",
        f"Krav, {liten_forsta(insats_i_ord(insats))}",
        kolumner,
        tuple(rader),
        noter=("Samma krav i egen och privat regi. Delvis och ej uppfyllda står i arbetsboken.",),
        dolj=frozenset({3, 4, 7, 8}),
    )


def _fyra(svar: Sequence[Svar], regi: Regi) -> tuple[int, int, int, int]:
    hos = [ett for ett in svar if ett.regi == regi]
    granskade, uppfyllda, _ = _andel(hos)
    delvis = sum(ett.utfall == Uppfyllt.DELVIS for ett in hos)
    return granskade, uppfyllda, delvis, granskade - uppfyllda - delvis
