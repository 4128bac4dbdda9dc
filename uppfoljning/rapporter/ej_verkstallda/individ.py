"""What IVO's e-service asks of one beslut, step by step, read from what is registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from beslut.lagrum import lagrum_i_ord
from beslut.models import Beslut
from beslut.ord import insats_i_ord
from beslut.personnummer import ar_kvinna
from grund.text import antal_ord, datum_i_ord, stor_forsta
from uppfoljning.kvartal import Kvartal
from uppfoljning.models import Ivorapport
from uppfoljning.rapporter.ej_verkstallda.klockor import Slut
from uppfoljning.rapporter.ej_verkstallda.queries import slut_i_kvartalet
from uppfoljning.rapporter.ej_verkstallda.regler import Rapportslag
from utforare.arbetslistor import Lage, fristerna, lagen
from utforare.bestallningsregler import Erbjudandesvar
from utforare.frist import Frist, Klocka

Par = list[tuple[str, str]]
_SAKNAS = "Inte skrivet"


@dataclass(frozen=True, slots=True)
class Individrapport:
    """What is to be reported of a beslut for a quarter: an individrapport while the clock runs, an avslutsrapport when
    it has stopped. `slag` None = nothing is to be reported, and `varfor_inte` says why.
    """

    slag: Rapportslag | None
    varfor_inte: str
    klocka: Frist | None
    slut: Slut | None
    lamnade: tuple[Ivorapport, ...]
    saknas: tuple[str, ...]
    rapportuppgifter: Par
    individen: Par
    beslutet: Par

    @property
    def ar_lamnad(self) -> bool:
        """Whether it has been handed in for the quarter."""
        return any(ett.slag == self.slag for ett in self.lamnade)


def individrapport(beslut: Beslut, kvartal: Kvartal, idag: date) -> Individrapport:
    """The report of `beslut`, read with its person, as it was on the quarter's last day, or today."""
    dag = min(kvartal.sista, idag)
    klocka = fristerna([beslut.pk], dag).get(beslut.pk)
    slut = next(iter(slut_i_kvartalet(kvartal.fran, dag, [beslut.pk])), None)
    slag: Rapportslag | None = None
    galler = klocka
    if klocka and klocka.har_gatt_ut(dag):
        slag, slut = Rapportslag.INDIVID, None
    elif slut:
        slag, galler = Rapportslag.AVSLUT, slut.frist
    varfor = _varfor_inte(galler, dag) if slag is None or (galler and not galler.rapporteras) else ""
    lage = lagen([beslut.pk])[beslut.pk]
    lamnade = Ivorapport.objects.filter(beslut=beslut).select_related("noterad_av").order_by("-kvartal", "-pk")
    return Individrapport(
        slag=None if varfor else slag,
        varfor_inte=varfor,
        klocka=galler,
        slut=slut,
        lamnade=tuple(ett for ett in lamnade if ett.kvartal == kvartal.fran),
        saknas=tuple(_saknas(lage)) if slag == Rapportslag.INDIVID else (),
        rapportuppgifter=_rapportuppgifter(slag, kvartal, slut, list(lamnade)),
        individen=_individen(beslut),
        beslutet=_beslutet(beslut, galler, lage),
    )


def _varfor_inte(klocka: Frist | None, dag: date) -> str:
    if klocka is None:
        return "Beslutet är verkställt, eller gäller inte längre. Det finns inget att rapportera för kvartalet."
    if not klocka.rapporteras:
        return "En domstol har beslutat. En dom rapporteras inte till IVO, men kan ge särskild avgift (LSS 28 a §)."
    kvar = antal_ord(klocka.dagar_kvar(dag), "dag", "dagar")
    return f"Tre månader har inte gått: {kvar} återstår till {datum_i_ord(klocka.sista)}."


def _saknas(lage: Lage) -> Iterator[str]:
    """What IVO asks for and nobody has written."""
    if lage.orsak is None:
        yield "Orsaken till dröjsmålet är inte skriven."
        return
    if not lage.orsak.konsekvens:
        yield "Det står inte vad dröjsmålet betyder för personen."
    if not lage.orsak.andra_insatser:
        yield "Det står inte vilka andra insatser personen har under tiden."


def _rapportuppgifter(slag: Rapportslag | None, kvartal: Kvartal, slut: Slut | None, lamnade: list[Ivorapport]) -> Par:
    forsta = min((ett.lamnad for ett in lamnade if ett.slag == Rapportslag.INDIVID), default=None)
    par = [
        ("Typ av rapport", stor_forsta(str(slag.label)) if slag else ""),
        ("Kvartal", kvartal.i_ord),
        ("Rapporterat första gången", datum_i_ord(forsta) if forsta else "Inte rapporterat tidigare"),
        ("Verkställt eller avslutat", f"{datum_i_ord(slut.dag)}, {slut.hur.value}" if slut else ""),
    ]
    return [ett for ett in par if ett[1]]


def _individen(beslut: Beslut) -> Par:
    person = beslut.person
    return [
        ("Personnummer", person.personnummer),
        ("Kön", "Kvinna" if ar_kvinna(person.personnummer) else "Man"),
        ("Födelseår", person.personnummer[:4]),
        ("Skyddade personuppgifter", "Ja. Skriv det i informationsrutan." if person.skyddad else "Nej"),
    ]


def _beslutet(beslut: Beslut, klocka: Frist | None, lage: Lage) -> Par:
    avbrott = klocka is not None and klocka.klocka != Klocka.BESLUT
    forst = min((ett.datum for ett in lage.erbjudanden), default=None)
    orsak = lage.orsak
    par = [
        ("Insats", insats_i_ord(beslut.insats)),
        ("Lagrum", lagrum_i_ord(beslut.insats, beslut.beslutsdatum)),
        ("Beslutsdatum", datum_i_ord(beslut.beslutsdatum)),
        ("Typ", "Avbrott i verkställigheten" if avbrott else "Nytt beslut"),
        ("Avbrott", datum_i_ord(klocka.fran) if avbrott and klocka else ""),
        ("Orsak", stor_forsta(orsak.get_kod_display()) if orsak else _SAKNAS),
        ("Skälen i korthet", orsak.text if orsak else _SAKNAS),
        ("Vad dröjsmålet betyder för personen", orsak.konsekvens or _SAKNAS if orsak else _SAKNAS),
        ("Andra insatser under tiden", orsak.andra_insatser or _SAKNAS if orsak else _SAKNAS),
        ("Första erbjudandet", datum_i_ord(forst) if forst else "Inget erbjudande"),
    ]
    for ett in reversed(lage.erbjudanden):
        svar = f"{Erbjudandesvar(ett.svar).label} {datum_i_ord(ett.svarsdatum)}" if ett.svarsdatum else "inget svar än"
        par.append((f"Erbjudande {datum_i_ord(ett.datum)}", f"{ett.vad}: {svar}{f'. {ett.skal}' if ett.skal else ''}"))
    return [ett for ett in par if ett[1]]
