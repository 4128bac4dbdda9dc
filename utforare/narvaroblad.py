"""The närvaro grid of an enhet and a month: a row for each verkställighet, a column for each day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from beslut.ord import insats_i_ord
from beslut.tillgang import far_se, namn
from grund.helgdagar import helgdag
from grund.models import Anvandare
from grund.skickat import pk_ur
from grund.text import VECKODAGAR, datum_i_ord, svensk_ordning
from grund.tid import EN_DAG, Manad
from utforare.actions.narvaro import lagrat
from utforare.cellhtml import falt
from utforare.dagvarde import Dagvarde, slag, text
from utforare.models import Enhet
from utforare.omfattningar import omfattningar
from utforare.tillgang import synliga
from utforare.verkrader import Verkrad, i_manaden

SLAG = ("hel", "del", "fran")


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A day."""

    dag: date
    veckodag: str
    ledig: bool
    helg: str
    klass: str


@dataclass(frozen=True, slots=True)
class Vecka:
    """A week of the month: how many of its days are in it."""

    nummer: int
    dagar: int
    vald: bool


@dataclass(slots=True)
class Bladrad:
    """A person. Without fields when the details are protected from the one who looks."""

    verk_id: int
    person_id: int
    namn: str
    under: str
    skyddad: bool
    celler: SafeString = field(default_factory=lambda: SafeString(""))
    antal: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SLAG, 0))
    varden: dict[date, Dagvarde] = field(default_factory=dict)
    vantade: list[date] = field(default_factory=list)
    falt: list[date] = field(default_factory=list)
    bestalld: str = ""

    @property
    def saknade(self) -> list[date]:
        return [dag for dag in self.vantade if dag not in self.varden]


@dataclass(slots=True)
class Blad:
    """The whole grid."""

    enhet: Enhet
    manad: Manad
    idag: date
    vecka: int
    kolumner: list[Kolumn]
    veckor: list[Vecka]
    rader: list[Bladrad]
    har_minuter: bool
    insatser: str

    @property
    def antal(self) -> dict[str, int]:
        return {ett: sum(rad.antal[ett] for rad in self.rader) for ett in SLAG}

    @property
    def vantade(self) -> int:
        return sum(len(rad.vantade) for rad in self.rader)

    @property
    def saknade(self) -> int:
        return sum(len(rad.saknade) for rad in self.rader)

    @property
    def registrerade(self) -> int:
        return self.vantade - self.saknade

    @property
    def narvarande(self) -> list[tuple[Kolumn, int | None]]:
        """Per column, how many were there; None where nobody has a field."""
        oppna = {dag for rad in self.rader for dag in rad.falt}
        dar = Counter(dag for rad in self.rader for dag, varde in rad.varden.items() if not varde.ar_franvaro)
        return [
            (kol, dar[kol.dag] if kol.dag in oppna and (kol.dag <= self.idag or kol.dag in dar) else None)
            for kol in self.kolumner
        ]

    @property
    def sag(self) -> dict[str, str]:
        """What each filled cell held when the page was made, by the name of its field."""
        return {
            faltnamn(rad.verk_id, dag): text(v) for rad in self.rader if rad.celler for dag, v in rad.varden.items()
        }


def faltnamn(verk_id: int, dag: date) -> str:
    """The name of a cell's field."""
    return f"d-{verk_id}-{dag.isoformat()}"


def las_faltnamn(namn_: str) -> tuple[int, date]:
    """The verkställighet and the day. ValueError when it is no such name."""
    _, text_, dag = namn_.split("-", 2)
    verk = pk_ur(text_)
    if verk is None:
        msg = f"”{text_}” är ingen verkställighet."
        raise ValueError(msg)
    return verk, Manad.dag_i_kalendern(dag)


def hamta(vem: Anvandare, enhet: Enhet, manad: Manad, idag: date, vecka: int | None = None) -> Blad:
    """The grid as `vem` may see it. Five queries, however many persons and days."""
    verk = [ett for ett in i_manaden(synliga(vem, idag).filter(enhet=enhet), manad) if ett.har_narvaro]
    dagar = [manad.fran + EN_DAG * nummer for nummer in range(manad.dagar)]
    rader = [_rad(vem, ett, manad, idag) for ett in verk]
    _fyll(rader, dagar)
    vald = _vald_vecka(dagar, vecka, idag)
    kolumner = _kolumner(dagar, vald, rader, alla=any(ett.bara_franvaro for ett in verk))
    koder = omfattningar({ett.avtal.prislista_id for ett in verk if ett.avtal}, manad)
    for ett, rad in zip(verk, rader, strict=True):
        egna = koder.get((ett.avtal.prislista_id, ett.verk.beslut.insats), []) if ett.avtal else []
        if not rad.skyddad:
            rad.celler = _celler(ett, rad, kolumner, tuple(egna), idag)
    return Blad(
        enhet=enhet,
        manad=manad,
        idag=idag,
        vecka=vald,
        kolumner=kolumner,
        veckor=_veckor(dagar, vald),
        rader=sorted(rader, key=lambda rad: (rad.skyddad, *svensk_ordning(rad.namn), rad.verk_id)),
        har_minuter=any(_i_minuter(ett) for ett in verk),
        insatser=" och ".join(sorted({insats_i_ord(ett.verk.beslut.insats).split(" (")[0].lower() for ett in verk})),
    )


def _fyll(rader: list[Bladrad], dagar: list[date]) -> None:
    """What is stored, for those whose details may be seen."""
    synliga_ = {rad.verk_id: rad for rad in rader if not rad.skyddad}
    for (verk_id, dag), varde in sorted(lagrat(synliga_, dagar).items(), key=lambda par: par[0]):
        rad = synliga_[verk_id]
        rad.varden[dag] = varde
        rad.antal[slag(varde, rad.bestalld)] += 1


def _kolumner(dagar: list[date], vecka: int, rader: list[Bladrad], *, alla: bool) -> list[Kolumn]:
    """`alla`: somebody's absence is registered on every day of the week."""
    oppna = {dag for rad in rader for dag in rad.varden}
    return [_kolumn(dag, vecka, oppen=alla or dag in oppna) for dag in dagar]


def _rad(vem: Anvandare, ett: Verkrad, manad: Manad, idag: date) -> Bladrad:
    verk, person = ett.verk, ett.verk.beslut.person
    under = [verk.omfattning] if verk.omfattning else []
    under.append("frånvaro registreras" if ett.bara_franvaro else ett.plan.kalla)
    if manad.fran < verk.fran:
        under.append(f"från {_kort(verk.fran)}")
    if verk.till and verk.till <= manad.sista:
        under.append(f"till {_kort(verk.till - EN_DAG)}")
    return Bladrad(
        verk_id=verk.pk,
        person_id=person.pk,
        namn=namn(vem, person),
        under=", ".join(under),
        skyddad=not far_se(vem, person),
        vantade=ett.vantade(manad, idag) if far_se(vem, person) else [],
        bestalld=verk.omfattning,
    )


def _kort(dag: date) -> str:
    return datum_i_ord(dag).rsplit(" ", 1)[0]


def _i_minuter(ett: Verkrad) -> bool:
    return bool(ett.avtal and ett.avtal.omfattning_granser and not ett.bara_franvaro)


def _celler(ett: Verkrad, rad: Bladrad, kolumner: Iterable[Kolumn], egna: tuple[str, ...], idag: date) -> SafeString:
    verk, vantade, ut = ett.verk, set(rad.vantade), []
    avliden, minuter = verk.beslut.person.avliden, _i_minuter(ett)
    for kolumn in kolumner:
        dag, varde = kolumn.dag, rad.varden.get(kolumn.dag)
        inom = verk.fran <= dag and (verk.till is None or dag < verk.till) and (avliden is None or dag <= avliden)
        if varde is None and (not inom or (kolumn.ledig and not ett.bara_franvaro)):
            ut.append(f'<td class="{kolumn.klass if kolumn.ledig else f"{kolumn.klass} utanfor"}"></td>')
            continue
        rad.falt.append(dag)
        falt_ = falt(
            namn=faltnamn(verk.pk, dag),
            etikett=f"{rad.namn}, {VECKODAGAR[dag.weekday()]} {_kort(dag)}",
            varde=varde,
            bestalld=verk.omfattning,
            omfattningar=egna,
            boende=ett.bara_franvaro,
            bara_franvaro=ett.bara_franvaro or dag > idag,
            minuter=minuter,
        )
        klass = f"{kolumn.klass} d{' vantad' if dag in vantade else ''}".replace("d d", "d")
        ut.append(f'<td class="{klass}" data-slag="{slag(varde, verk.omfattning)}">{falt_}</td>')
    return mark_safe("".join(ut))  # noqa: S308


def _kolumn(dag: date, vecka: int, *, oppen: bool) -> Kolumn:
    """`oppen`: someone has a field, though it is a Saturday, a Sunday or a holiday."""
    helg = helgdag(dag)
    ledig = dag.weekday() > 4 or bool(helg)
    klasser = ["ledig" if ledig else "d"]
    klasser += ["rod-dag"] if helg else []
    klasser += ["man"] if dag.weekday() == 0 else []
    i_veckan = dag.isocalendar().week == vecka and (oppen or dag.weekday() < 5)
    klasser += ["vecka"] if i_veckan else []
    return Kolumn(dag, VECKODAGAR[dag.weekday()][:2], ledig, helg, " ".join(klasser))


def _vald_vecka(dagar: list[date], vecka: int | None, idag: date) -> int:
    """The week that is asked for, else today's, else the month's last that has begun."""
    i_manaden_ = [dag.isocalendar().week for dag in dagar]
    if vecka in i_manaden_:
        return int(vecka or 0)
    return min(max(idag, dagar[0]), dagar[-1]).isocalendar().week


def _veckor(dagar: list[date], vald: int) -> list[Vecka]:
    nummer = [dag.isocalendar().week for dag in dagar]
    return [Vecka(ett, nummer.count(ett), ett == vald) for ett in dict.fromkeys(nummer)]
