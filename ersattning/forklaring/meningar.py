"""What a row pays, in sentences: article by article, as one would tell a colleague."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning.forklaring.avslut import avslutsmeningar
from ersattning.forklaring.delar import minuter_per_dag
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import (
    antal_i_ord,
    bestallt_i_ord,
    dagar_i_rad,
    decimaltal,
    galler,
    minuter_i_ord,
    narmaste,
)
from ersattning.forklaring.tak import har_tak, tid_ar_bestalld
from ersattning.forklaring.trappa import svitens_borjan, sviter, trappa_i_ord
from ersattning.forklaring.typer import Besokstid, Bestallt, Franvarodag, Narvarodag, Tak
from ersattning.kalkyl.samling import radbelopp
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Artikel, Avvikelsekod, Radenhet
from grund.pengar import avrunda
from grund.text import TANKSTRECK, antal_ord, dagar_i_ord, datum_i_ord, procent, tal
from grund.tid import EN_DAG
from utforare.models import Avtal
from utforare.villkor import omfattningsgranser

MEST_FOLJDER = 3  # runs of absence that are told one by one


class Innehall:
    """What the sentences are written from: the facts, and what has been made of them."""

    def __init__(
        self,
        u: Radunderlag,
        *,
        franvaro: tuple[Franvarodag, ...],
        narvaro: tuple[Narvarodag, ...],
        besok: tuple[Besokstid, ...],
        bestallt: Bestallt | None,
        tak: Tak | None,
    ) -> None:
        self.u, self.rad = u, u.rad
        self.franvaro, self.narvaro, self.besok = franvaro, narvaro, besok
        self.bestallt, self.tak = bestallt, tak

    @property
    def avtal(self) -> Avtal | None:
        """The avtal of the row's first part."""
        return self.u.kring.avtal.get(self.u.delar[0].avtal_id)

    @property
    def dagar(self) -> str:
        """`1–6, 30 och 31 maj`."""
        return dagar_i_rad(self.u.dagar)

    @property
    def hela_manaden(self) -> bool:
        return len(self.u.dagar) == self.u.kring.manad.dagar

    @property
    def antal_dagar(self) -> int:
        return len(self.u.dagar)


def meningar(i: Innehall) -> tuple[str, ...]:
    """The sentences of the row's article, and of its rounding."""
    return (*_PER_ARTIKEL[Artikel(i.rad.artikel)](i), *_avrundning(i))


def _dygn(i: Innehall) -> list[str]:
    borta = sorted(_franvarodagar(i))
    forst = f"Raden gäller {antal_i_ord(i.antal_dagar, Radenhet.DYGN)}: {i.dagar}."
    if i.hela_manaden:
        forst = "Personen räknas som närvarande månadens alla dygn."
    regel = "När avtalet betalar per dygn räknas varje dygn som närvaro om inget annat är registrerat."
    if borta:
        return [forst, regel, f"Frånvaron {dagar_i_rad(borta)} har egna rader, om den ersätts."]
    return [forst, regel, *_varfor_inte_hela(i)]


def _franvarodagar(i: Innehall) -> list[date]:
    manad = i.u.kring.manad
    return [dag for dag, ett in i.u.kring.narvaro.items() if ett.kod == "F" and manad.fran <= dag < manad.till]


def _varfor_inte_hela(i: Innehall) -> list[str]:
    """Why some days of the month are not in the row, as far as the verkställighet and the avvikelser tell."""
    verk, manad = i.u.kring.verk, i.u.kring.manad
    svar = []
    if verk and verk.fran > manad.fran:
        svar.append(f"Verkställigheten började {datum_i_ord(verk.fran)}.")
    if verk and verk.till and verk.till < manad.till:
        svar.append(f"Verkställigheten slutade {datum_i_ord(verk.till - EN_DAG)}.")
    return svar + _dagar_som_foll_bort(i)


def _dagar_som_foll_bort(i: Innehall) -> list[str]:
    svar = []
    for ett in i.u.avvikelser:
        if not ett.besok_nyckel and ett.kod != Avvikelsekod.DUBBEL_VERKSTALLIGHET:
            dagar = dagar_i_ord(ett.fran, ett.till - EN_DAG)
            svar.append(f"{dagar} ersätts inte: {Avvikelsekod(ett.kod).label.lower()}.")
    return svar


def _franvaro(i: Innehall) -> list[str]:
    ordet = "dygn" if i.rad.enhet_for_antal == Radenhet.DYGN else "dag"
    foljder = sviter(i.franvaro)
    if not foljder:
        return [f"Raden gäller {antal_i_ord(i.antal_dagar, i.rad.enhet_for_antal)} av frånvaro: {i.dagar}."]
    if len(foljder) > MEST_FOLJDER:
        svar = [f"Personen var frånvarande {antal_i_ord(i.antal_dagar, i.rad.enhet_for_antal)}: {i.dagar}."]
        svar.append(f"Det är {len(foljder)} perioder av frånvaro. Varje dags plats i sin följd står nedan.")
    else:
        svar = [_foljd(i, foljd, ordet) for foljd in foljder]
    trappor = dict.fromkeys(trappa_i_ord(ett.trappa, ordet) for ett in i.franvaro)
    svar += [f"Avtalets frånvarotrappa: {text}." for text in trappor]
    return [*svar, f"Därför är andelen {procent(i.rad.faktor)}."]


def _foljd(i: Innehall, foljd: list[Franvarodag], ordet: str) -> str:
    """Where the row's days lie in their run of absence: by calendar days (R10), or by rows (R11)."""
    forsta, sista = foljd[0], foljd[-1]
    plats = f"{ordet} {forsta.plats}" + (f"{TANKSTRECK}{sista.plats}" if sista != forsta else "")
    vilka = dagar_i_rad([ett.dag for ett in foljd])
    borjan = svitens_borjan(forsta) if ordet == "dygn" else _forsta_raden(i, forsta)
    if borjan is None or borjan == forsta.dag:
        return f"Personen var frånvarande {vilka}. Det är {plats} i följd."
    if ordet == "dygn":
        slut = _sista_i_foljd(i, sista.dag)
        hela = f"{galler(borjan, slut + EN_DAG)}, {antal_ord((slut - borjan).days + 1, 'dygn', 'dygn')} i följd"
        return f"Personen var frånvarande {hela}. Raden gäller {plats}: {vilka}."
    return f"Personen var frånvarande {vilka}. Det är {plats} i en följd som började {datum_i_ord(borjan)}."


def _sista_i_foljd(i: Innehall, dag: date) -> date:
    """The last day of absence without a break from `dag`, in the month."""
    borta = set(_franvarodagar(i))
    while dag + EN_DAG in borta:
        dag += EN_DAG
    return dag


def _forsta_raden(i: Innehall, ett: Franvarodag) -> date | None:
    """R11: the first row of the run, counted back over rows with F."""
    bakat = [dag for dag, rad in i.u.kring.narvaro.items() if rad.kod == "F" and dag <= ett.dag]
    return bakat[-ett.plats] if len(bakat) >= ett.plats else None


def _narvaro(i: Innehall) -> list[str]:
    svar = [f"Personen var närvarande {antal_ord(i.antal_dagar, 'dag', 'dagar')}: {i.dagar}."]
    svar.append("Bara dagar med registrerad närvaro ersätts.")
    if not i.rad.omfattning:
        return svar
    per_kalla: dict[str, list[date]] = defaultdict(list)
    for ett in i.narvaro:
        per_kalla["minuterna" if "minuter" in ett.varfran else ett.varfran].append(ett.dag)
    for kalla, dagar in per_kalla.items():
        svar.append(_omfattning(i, kalla, dagar))
    return svar


def _vilka(i: Innehall, dagar: list[date]) -> str:
    if len(dagar) < i.antal_dagar:
        return dagar_i_rad(dagar)
    return "den dagen" if len(dagar) == 1 else "alla dagarna"


def _omfattning(i: Innehall, kalla: str, dagar: list[date]) -> str:
    oms, vilka = i.rad.omfattning, _vilka(i, dagar)
    if kalla == "minuterna":
        granser = omfattningsgranser(i.avtal.omfattning_granser) if i.avtal else ()
        text = ", ".join(f"{kod} från {minuter_i_ord(minut)}" for minut, kod in granser)
        return f"Omfattningen är {oms} {vilka}, efter de registrerade minuterna. Avtalets gränser: {text}."
    if kalla == "den beställda":
        return f"Omfattningen är {oms} {vilka}: den som är beställd, eftersom inget annat är registrerat."
    if kalla == "registrerad den dagen":
        return f"Omfattningen {oms} är registrerad för {vilka}."
    return f"För {vilka} {kalla}. Raden räknades med omfattningen {oms}."


def _manad(i: Innehall) -> list[str]:
    alla = i.u.kring.manad.dagar
    if i.hela_manaden:
        return [f"Platsen ersätts för hela månaden: alla {alla} dagar räknas.", "Närvaro och frånvaro påverkar inte."]
    svar = [f"Platsen ersätts för {i.antal_dagar} av månadens {alla} dagar: {i.dagar}."]
    return [*svar, *_varfor_inte_hela(i), "Närvaro och frånvaro påverkar inte."]


def _utford_tid(i: Innehall) -> list[str]:
    minuter, antal = sum(ett.betalt for ett in i.besok), len(i.besok)
    band = f" i tidsbandet {tidsband_i_ord(i.rad.tidsband)}" if i.rad.tidsband else ""
    svar = [f"Raden betalar {antal_ord(antal, 'besök', 'besök')}{band}, sammanlagt {minuter_i_ord(minuter)}."]
    steg = i.besok[0].steg if i.besok else None
    if steg and steg > 1:
        svar.append(f"Varje besök avrundas till {narmaste(steg)}, halvvägs uppåt.")
    if delade := sum(bool(ett.annorstades) for ett in i.besok):
        svar.append(f"{_stor(delade)} besök går över flera tidsband. De andra minuterna har egna rader.")
    return [*svar, *_kapat(i), *_utan_pris(i)]


def _stor(antal: int) -> str:
    return "Ett" if antal == 1 else tal(antal)


def _kapat(i: Innehall) -> list[str]:
    """What the cap is and whether it cut. How it came about stands in a table of its own (Tak)."""
    over, andel = sum(ett.over_tak for ett in i.besok), _takandel(i)
    if not har_tak(i.u) or andel is None:
        return []
    vad = "Bomtid ersätts med" if i.rad.artikel == Artikel.BOMTID else "Avtalet betalar"
    svar = [f"{vad} högst {procent(andel)} av den beställda tiden."]
    if i.tak:
        svar = [f"{svar[0].removesuffix('.')}: {minuter_i_ord(i.tak.minuter)} i månaden."]
        svar.append(f"Månadens {_VADS[Artikel(i.rad.artikel)]} har gett {minuter_i_ord(i.tak.betalt)}.")
    elif tid_ar_bestalld(i.u):
        svar.append("Det som taket bygger på har ändrats sedan raden räknades, så det går inte att räkna om här.")
    return [*svar, f"{minuter_i_ord(over)} på den här radens besök ryms inte."] if over else svar


_VADS = {Artikel.UTFORD_TID: "besök", Artikel.BOMTID: "bomtid"}


def _takandel(i: Innehall) -> Decimal | None:
    avtal = i.avtal
    andel: Decimal | None = None
    if avtal:
        andel = avtal.bomtid_tak_andel if i.rad.artikel == Artikel.BOMTID else avtal.tak_andel_av_bestallt
    return andel


def _utan_pris(i: Innehall) -> list[str]:
    utan = sum(ett.utan_pris for ett in i.besok)
    return [f"{minuter_i_ord(utan)} saknar pris och ersätts inte."] if utan > 0 else []


def _bomtid(i: Innehall) -> list[str]:
    antal = len(i.besok)
    band = f" i tidsbandet {tidsband_i_ord(i.rad.tidsband)}" if i.rad.tidsband else ""
    minuter = minuter_i_ord(sum(ett.betalt for ett in i.besok))
    svar = [f"Raden betalar {antal_ord(antal, 'planerat besök', 'planerade besök')}{band} som inte blev av: {minuter}."]
    if i.avtal and i.avtal.bomtid_varsel_timmar is not None:
        timmar = Fraction(i.avtal.bomtid_varsel_timmar)
        varsel = antal_i_ord(timmar, Radenhet.TIMME)
        svar.append(
            f"Brukaren avbokade mindre än {varsel} före, eller inte alls. Då betalar avtalet {procent(i.rad.faktor)} av"
            " priset för den planerade tiden."
        )
    return [*svar, *_kapat(i), *_utan_pris(i)]


def _bestalld_tid(i: Innehall) -> list[str]:
    per_dag = minuter_per_dag(i.u)
    forst = f"Avtalet betalar den beställda tiden, vad som än utfördes: {antal_ord(i.antal_dagar, 'dag', 'dagar')}"
    svar = [f"{forst} × {minuter_i_ord(per_dag)} = {minuter_i_ord(per_dag * i.antal_dagar)}."]
    if i.bestallt and i.bestallt.minuter_per_dag == per_dag:
        svar.append(_ur_bestallningen(i.bestallt, i.u.kring.manad.dagar))
    elif i.bestallt:
        svar.append("Det beställda har ändrats sedan raden räknades, så minuterna per dag är inte längre desamma.")
    return [*svar, *([] if i.hela_manaden else _varfor_inte_hela(i))]


def _ur_bestallningen(b: Bestallt, dagar: int) -> str:
    manaden = "" if b.enhet == "timmar_vecka" else f" Månaden har {dagar} dagar:"
    utrakning = f"{decimaltal(b.antal)} × 60 ÷ {b.delat_med} = {minuter_i_ord(b.minuter_per_dag)} per dag"
    return f"Beställt enligt {b.varifran}: {bestallt_i_ord(b.antal, b.enhet)}.{manaden} {utrakning}."


def _avrundning(i: Innehall) -> list[str]:
    """R0: said only when the exact amount has more decimals than öre."""
    rad = i.rad
    exakt = Fraction(int(rad.antal_taljare), int(rad.antal_namnare)) * Fraction(rad.a_pris) * Fraction(rad.faktor)
    if exakt == Fraction(rad.belopp):
        return []
    sex = tal(avrunda(exakt, 6), 6, minst=2)
    return [f"Exakt blir det {sex}\xa0kr, som avrundas till hela ören."]


_PER_ARTIKEL: dict[Artikel, Callable[[Innehall], list[str]]] = {
    Artikel.DYGN: _dygn,
    Artikel.NARVARO: _narvaro,
    Artikel.FRANVARO: _franvaro,
    Artikel.MANAD: _manad,
    Artikel.AVSLUT: lambda i: avslutsmeningar(i.u),
    Artikel.UTFORD_TID: _utford_tid,
    Artikel.BOMTID: _bomtid,
    Artikel.BESTALLD_TID: _bestalld_tid,
}


def stammer(u: Radunderlag) -> bool:
    """R0: whether the stored belopp is antal × price × share, by the core's own arithmetic."""
    rad = u.rad
    antal = Fraction(int(rad.antal_taljare), int(rad.antal_namnare))
    return radbelopp(antal, rad.a_pris, rad.faktor) == rad.belopp
