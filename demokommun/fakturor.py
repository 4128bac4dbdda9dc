"""The invoices that Ekstad's private utförare have sent for the settled months, made from the underlag's own rows.

Most agree. Some are wrong in ways that invoices are: a day too many, an old price, the same again under another
number, somebody who is not theirs, a file that breaks the rules, a personnummer in a text. Some are put right by
credit notes. Everything is taken in as on the page; the same each time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import groupby

from django.conf import settings

from demokommun.fakturaxml import Fakturaspec, Radspec, skriv
from demokommun.personnummer import identitet
from ersattning.fakturahantering import anteckna_atgard
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.fakturaregler import Fakturaatgard, Fakturastatus
from ersattning.models import Ersattningsrad, Faktura
from grund.models import Anvandare
from grund.text import stor_forsta
from grund.tid import EN_DAG, STOCKHOLM, Manad
from utforare.regler import Regi

_KODER = {"dygn": "DAY", "dag": "DAY", "timme": "HUR", "manad": "MON", "styck": "EA"}
_SUMMERAD = 5  # the invoice that has one line for its whole enhet
_AVVIKER = 9  # every so many invoices asks for something else than the underlag has


def lagg_upp(sista: Manad) -> None:
    """Invoices of `sista` and the month before it, once."""
    if Faktura.objects.exists():
        return
    nu = datetime.combine(sista.till + EN_DAG * 2, time(8, 15), STOCKHOLM)
    klara = Anvandare.objects.get(username="klara")
    for manad in (sista.plus(-1), sista):
        fakturor = list(_manadens(manad))
        ta_emot(filer=[_fil(ett) for ett in _med_fel(fakturor, manad)], av=klara, nu=nu)
    _hantera(klara, nu)


def _manadens(manad: Manad) -> Iterator[Fakturaspec]:
    """An invoice for each enhet of a private utförare, with a line for each row."""
    rader = Ersattningsrad.objects.filter(korning__manad=manad.fran, utforare__regi=Regi.PRIVAT).defer("grund")
    rader = rader.select_related("utforare", "enhet").order_by("utforare__nyckel", "enhet__nyckel", "pk")
    for nummer, (_, grupp) in enumerate(groupby(rader, lambda rad: rad.enhet_id), 1):
        egna = list(grupp)
        utforare, datum = egna[0].utforare, manad.till + EN_DAG * (nummer % 2)
        yield Fakturaspec(
            nummer=f"{manad.ar % 100:02}{manad.nummer:02}{nummer:03}",
            datum=datum,
            forfaller=datum + timedelta(days=30),
            namn=utforare.namn,
            orgnr=utforare.organisationsnummer,
            kund=settings.KOMMUN,
            fran=min(rad.fran for rad in egna),
            sista=max(rad.till for rad in egna) - EN_DAG,
            rader=[_rad(rad) for rad in egna],
        )


def _rad(rad: Ersattningsrad) -> Radspec:
    """The line that a utförare writes of a row: units and price, or one of what it comes to."""
    pris = (rad.a_pris * rad.faktor).quantize(Decimal("0.0001"))
    ett = Radspec(
        referens=rad.verkstallighet_nyckel,
        benamning=stor_forsta(f"{rad.get_insats_display()}, {rad.get_artikel_display()}"),
        antal=rad.antal.normalize() + 0,
        enhet=_KODER[rad.enhet_for_antal],
        pris=pris.normalize() + 0,
        fran=rad.fran,
        sista=rad.till - EN_DAG,
    )
    if ett.belopp == rad.belopp:
        return ett
    tecken = Decimal(1 if rad.belopp > 0 else -1)
    return replace(ett, antal=tecken, enhet="EA", pris=abs(rad.belopp))


def _med_fel(fakturor: Sequence[Fakturaspec], manad: Manad) -> Iterator[Fakturaspec | str]:
    """The invoices, some of them with a fault, and what else came that month."""
    for nummer, ett in enumerate(fakturor, 1):
        if nummer == _SUMMERAD:
            yield _summerad(ett)
        else:
            yield _avvikande(ett, nummer) if nummer % _AVVIKER == 0 else ett
    if len(fakturor) > _SUMMERAD:  # a very small Ekstad has too few to show everything with
        yield from _kreditnotor(fakturor, manad)
        yield from _udda(fakturor, manad)


def _summerad(ett: Fakturaspec) -> Fakturaspec:
    """One line for the whole enhet's month, which names nobody."""
    forsta = ett.rader[0]
    rad = Radspec("", f"{forsta.benamning}, hela enheten", Decimal(1), "EA", ett.summa, ett.fran, ett.sista)
    return replace(ett, rader=[rad])


def _avvikande(ett: Fakturaspec, nummer: int) -> Fakturaspec:
    """Two units too many, last year's price, somebody who is not theirs, or a line that names nobody."""
    forsta, resten = ett.rader[0], list(ett.rader[1:])
    fel = [
        [replace(forsta, antal=forsta.antal + 2), *resten],
        [replace(forsta, pris=(forsta.pris * Decimal("0.97")).quantize(Decimal("0.01"))), *resten],
        [forsta, *resten, replace(forsta, referens="V-OKÄND", antal=abs(forsta.antal))],
        [replace(forsta, referens=""), *resten],
    ][nummer // _AVVIKER % 4]
    return replace(ett, rader=fel)


def _kreditnotor(fakturor: Sequence[Fakturaspec], manad: Manad) -> Iterator[Fakturaspec]:
    """The first invoice is taken back whole and sent again; what the first deviating asked too much for is credited."""
    forst, prefix = fakturor[0], f"{manad.ar % 100:02}{manad.nummer:02}"
    senare = forst.datum + EN_DAG
    yield replace(forst, nummer=f"{prefix}-K1", avser=forst.nummer, datum=senare)
    yield replace(forst, nummer=f"{prefix}-N1", datum=senare + EN_DAG)
    for ett in fakturor[4 * _AVVIKER - 1 : 4 * _AVVIKER]:  # it asked for two units too many
        rad = replace(ett.rader[0], antal=Decimal(2))
        yield replace(ett, nummer=f"{prefix}-K2", avser=ett.nummer, datum=senare, rader=[rad])


def _udda(fakturor: Sequence[Fakturaspec], manad: Manad) -> Iterator[Fakturaspec | str]:
    """The same again under another number, a file that breaks a rule, a personnummer, and one that came early."""
    prefix = f"{manad.ar % 100:02}{manad.nummer:02}"
    tva, tre, fyra = fakturor[1], fakturor[2], fakturor[3]
    yield replace(tva, nummer=f"{prefix}-D1", datum=tva.datum + EN_DAG)
    yield skriv(replace(tre, nummer=f"{prefix}-H1")).replace(
        f">{tre.orgnr}</cbc:CompanyID></cac:PartyLegalEntity>",
        f">{tre.orgnr[:6]}-{tre.orgnr[6:]}</cbc:CompanyID></cac:PartyLegalEntity>",
    )
    nasta = manad.plus(1)
    if not Ersattningsrad.objects.filter(korning__manad=nasta.fran).exists():
        text = f"Gäller {identitet(1, nasta.ar, barn=False).nummer}."
        rad = replace(fyra.rader[0], fran=nasta.fran, sista=nasta.fran, antal=Decimal(1), text=text)
        yield replace(fyra, nummer=f"{prefix}-T1", fran=nasta.fran, sista=nasta.sista, rader=[rad])


def _fil(ett: Fakturaspec | str) -> Inkommen:
    text = ett if isinstance(ett, str) else skriv(ett)
    namn = "faktura.xml" if isinstance(ett, str) else f"{ett.nummer}.xml"
    return Inkommen(namn, text.encode())


def _hantera(av: Anvandare, nu: datetime) -> None:
    """klara has begun with those that do not agree."""
    oppna = Faktura.objects.filter(lage__status=Fakturastatus.AVVIKER).order_by("nummer")
    text = "Ringt utföraren. De går igenom sin närvaro och hör av sig."
    for faktura in oppna[:1]:
        anteckna_atgard(faktura=faktura, atgard=Fakturaatgard.FRAGAD, text=text, av=av, nu=nu)
    for faktura in Faktura.objects.filter(lage__status=Fakturastatus.DUBBLETT).order_by("nummer")[:1]:
        text = "Skickad två gånger av misstag. Utföraren krediterar den senare."
        anteckna_atgard(faktura=faktura, atgard=Fakturaatgard.KREDIT, text=text, av=av, nu=nu)
