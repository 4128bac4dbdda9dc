"""Avvikelser about days: without beslut, after a death, without avtal, without an order, or twice."""

from datetime import date

from beslut.models import Beslut
from beslut.ord import mangd_i_ord
from beslut.regler import Insats, Utfall
from ersattning.forklaring import mal
from ersattning.forklaring.avvikelsefakta import Avvikelseunderlag
from ersattning.forklaring.avvikelsesvar import BETALAS, BETALAS_INTE, Svar
from ersattning.forklaring.kedja import avtalstext, beslutstext, bestallning
from ersattning.forklaring.ord import galler
from ersattning.forklaring.typer import Grund
from grund.text import antal_ord, dagar_i_ord, datum_i_ord
from grund.tid import EN_DAG
from utforare.models import Avtal, Besok, Narvaro, Verkstallighet


def utan_beslut(u: Avvikelseunderlag) -> Svar:
    """R1: the decision does not cover the days."""
    annat = _annat_beslut(u)
    hande = [_vad_beslutet_sager(u), *_registrerat(u)]
    kedja = []
    if annat:
        hande.append("Ett annat beslut om samma insats täcker dagarna. Verkställigheten kan höra till fel beslut.")
        kedja.append(Grund("Annat beslut", beslutstext(annat), "", mal.beslut(annat.pk), ("R1",)))
    gor = [
        "Har beslutet förlängts: läs in det nya beslutet, eller be handläggaren registrera det.",
        "Ska insatsen fortsätta utan beslut: ta upp det med handläggaren. Ett nytt beslut gäller från sin egen dag.",
        f"Har insatsen slutat: avsluta verkställigheten {datum_i_ord(_sista_med_beslut(u))} och säg till utföraren.",
    ]
    return Svar(hande, [BETALAS_INTE], gor, kedja)


def _sista_med_beslut(u: Avvikelseunderlag) -> date:
    """The last day that the decision covered, or the day before."""
    slut = u.beslut.till if u.beslut and u.beslut.till else u.avvikelse.fran
    return min(slut, u.avvikelse.fran) - EN_DAG


def _vad_beslutet_sager(u: Avvikelseunderlag) -> str:
    dagar, beslut = dagar_i_ord(u.avvikelse.fran, u.sista), u.beslut
    if beslut is None:
        return f"Insatsen verkställdes {dagar}, men beslutet går inte längre att läsa."
    if beslut.utfall == Utfall.AVSLAG:
        return f"Beslutet {datum_i_ord(beslut.beslutsdatum)} är ett avslag, men insatsen verkställdes {dagar}."
    if beslut.till and beslut.till <= u.avvikelse.fran:
        slut = datum_i_ord(beslut.till - EN_DAG)
        return f"Beslutet gällde till och med {slut}, men insatsen verkställdes också {dagar}."
    if beslut.fran and u.sista < beslut.fran:
        return f"Beslutet gäller från {datum_i_ord(beslut.fran)}, men insatsen verkställdes redan {dagar}."
    return f"Beslutet täckte inte {dagar} när månaden räknades."


def _annat_beslut(u: Avvikelseunderlag) -> Beslut | None:
    if u.beslut is None:
        return None
    urval = Beslut.objects.filter(person=u.avvikelse.person_id, insats=u.insats, fran__lte=u.avvikelse.fran)
    tacker = [ett for ett in urval.exclude(utfall=Utfall.AVSLAG) if ett.till is None or ett.till > u.sista]
    return next((ett for ett in tacker if ett.pk != u.beslut.pk), None)


def _registrerat(u: Avvikelseunderlag) -> list[str]:
    """What is registered on the days, so that a reader sees whether support really was given."""
    a = u.avvikelse
    narvaro = Narvaro.objects.filter(
        verkstallighet_id=a.verkstallighet_id, datum__gte=a.fran, datum__lt=a.till, kod="N"
    ).count()
    besok = Besok.objects.filter(
        verkstallighet_id=a.verkstallighet_id, dag__gte=a.fran, dag__lt=a.till, utford_start__isnull=False
    ).count()
    svar = [f"{antal_ord(narvaro, 'dag', 'dagar')} med närvaro är registrerade de dagarna."] if narvaro else []
    return svar + (
        [f"{antal_ord(besok, 'utfört besök', 'utförda besök')} är registrerade de dagarna."] if besok else []
    )


def efter_dodsfall(u: Avvikelseunderlag) -> Svar:
    """R1: the days are after the person's death."""
    avliden = u.avvikelse.person.avliden
    dagar = dagar_i_ord(u.avvikelse.fran, u.sista)
    dog = f"Personen avled {datum_i_ord(avliden)}" if avliden else "Personen var registrerad som avliden"
    gor = [
        "Avsluta verkställigheten på dödsdagen, med slutorsaken avliden.",
        "Be utföraren ta tillbaka det som är registrerat senare.",
        "Är dagen för dödsfallet fel: rätta den i källsystemet och läs in personen igen.",
    ]
    return Svar([f"{dog}, men insatsen är verkställd {dagar}.", *_registrerat(u)], [BETALAS_INTE], gor)


def avtal_saknas(u: Avvikelseunderlag) -> Svar:
    """R2: the utförare has no avtal about the insats."""
    a, insats = u.avvikelse, Insats(u.insats).label if u.insats else "insatsen"
    hande = [f"{a.utforare.namn} har inget avtal om {insats} {dagar_i_ord(a.fran, u.sista)}."]
    kedja = [
        Grund("Utförare", a.utforare.namn, "Alla avtal står på utförarens sida.", mal.utforare(a.utforare_id), ("R2",))
    ]
    narmast = _narmaste_avtal(u)
    hande += [] if narmast else ["Utföraren har aldrig haft något avtal om insatsen."]
    for avtal in narmast:
        hande.append(f"Avtalet {avtal.nyckel} om samma insats gäller {galler(avtal.fran, avtal.till)}.")
        kedja.append(Grund("Närmaste avtal", avtalstext(avtal), "", mal.avtal(avtal.pk), ("R2",)))
    gor = [
        "Finns ett avtal: lägg upp det på utförarens sida, eller läs in det. Fråga avtalssamordnaren.",
        "Gick beställningen till fel enhet: be handläggaren rätta enheten på verkställigheten.",
    ]
    return Svar(hande, [BETALAS_INTE], gor, kedja)


def _narmaste_avtal(u: Avvikelseunderlag) -> list[Avtal]:
    alla = Avtal.objects.filter(utforare=u.avvikelse.utforare_id, insats=u.insats)
    egna = [ett for ett in alla if ett.person_id in {None, u.avvikelse.person_id}]
    return sorted(egna, key=lambda ett: _avstand(ett, u.avvikelse.fran))[:2]


def _avstand(avtal: Avtal, dag: date) -> int:
    if avtal.fran > dag:
        return (avtal.fran - dag).days
    return (dag - avtal.till).days if avtal.till and avtal.till <= dag else 0


def omfattning_saknas(u: Avvikelseunderlag) -> Svar:
    """R23: the avtal pays ordered time, and there is none in hours."""
    hande = ["Avtalet betalar beställd tid, men det finns ingen beställning i timmar per vecka eller månad."]
    if u.verk and u.verk.bestallt_antal is not None:
        hande.append(f"Verkställigheten beställer {bestallning(u.verk)}. Det är inte timmar.")
    elif u.beslut and u.beslut.omfattning is not None:
        beslutat = mangd_i_ord(u.beslut.omfattning, u.beslut.omfattning_enhet)
        hande.append(f"Verkställigheten anger ingen beställning, och beslutets omfattning är {beslutat}.")
    else:
        hande.append("Varken verkställigheten eller beslutet anger någon omfattning.")
    gor = [
        "Fyll i beställt antal och enhet (timmar per vecka eller månad) på verkställigheten. Fråga handläggaren.",
        "Säger beslutet hur många timmar det gäller: fyll i beslutets omfattning i stället.",
    ]
    return Svar(hande, [BETALAS_INTE], gor, avtalsgrund(u, "R23"))


def avtalsgrund(u: Avvikelseunderlag, regel: str) -> list[Grund]:
    """The avtal of the day, as a link."""
    if u.avtal is None:
        return []
    text = f"Modell {u.avtal.get_modell_display()}."
    return [Grund("Avtal", avtalstext(u.avtal), text, mal.avtal(u.avtal.pk), ("R2", regel))]


def dubbel_verkstallighet(u: Avvikelseunderlag) -> Svar:
    """R31: the same insats at two places on the same days."""
    andra = _andra_verkstalligheter(u)
    dagar = dagar_i_ord(u.avvikelse.fran, u.sista)
    hande = [f"Personen har samma insats på två håll {dagar}, och båda betalas per dygn eller månad."]
    hande += [
        f"Den andra är {v.nyckel}: {v.enhet.namn}, {v.enhet.utforare.namn}, {galler(v.fran, v.till)}." for v in andra
    ]
    kedja = [
        Grund("Den andra", f"{v.enhet.namn} {galler(v.fran, v.till)}", v.nyckel, mal.verkstallighet(v.pk), ("R31",))
        for v in andra
    ]
    gor = [
        "Har personen flyttat: avsluta den gamla verkställigheten dagen före den nya. Fråga båda enheterna vilken dag.",
        "Är den ena registrerad av misstag: ta tillbaka den i källsystemet.",
    ]
    return Svar(hande, [BETALAS], gor, kedja)


def _andra_verkstalligheter(u: Avvikelseunderlag) -> list[Verkstallighet]:
    a = u.avvikelse
    urval = Verkstallighet.objects.filter(beslut__person=a.person_id, beslut__insats=u.insats, fran__lt=a.till).exclude(
        pk=a.verkstallighet_id
    )
    return [v for v in urval.select_related("enhet__utforare").order_by("fran") if v.till is None or v.till > a.fran]
