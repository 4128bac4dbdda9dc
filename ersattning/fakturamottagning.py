"""Taking in files of invoices: read, tried against the rules, freed of personnummer, and stored as they came.

A file is taken whole or refused with every reason. The file itself is not kept: its hash is, and what was read without
what discloses a person (ADR 0025).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from beslut.models import Person
from ersattning.faktura import svenska
from ersattning.faktura.falt import LANGST
from ersattning.faktura.lasning import VISAS, las
from ersattning.faktura.masker import Namnmonster, maskerad, namnmonster
from ersattning.faktura.typer import Brist, Dokument, Otydlig, Period, Rad
from ersattning.fakturaprovning import prova
from ersattning.fakturaregler import nummer_lika
from ersattning.models import Faktura, Fakturafil, Fakturarad
from ersattning.models.faktura import NUMMER_LIKA
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from grund.tid import EN_DAG, lokal_dag
from utforare.models import Utforare, Verkstallighet

# The names of those whom a utförare has had, by its primary key: read once for all the files.
Namnbok = dict[int, Namnmonster | None]


@dataclass(frozen=True)
class Inkommen:
    """A file that came in: what it is called and its bytes, or what was wrong with it before it was opened."""

    namn: str
    innehall: bytes = b""
    brist: Brist | None = None


def ta_emot(*, filer: Iterable[Inkommen], av: Anvandare | None, nu: datetime) -> list[Fakturafil]:
    """Take in the files one by one and match what came, all in one transaction. Each is stored or refused.

    Hindrad when `av` may not.

    `av` None = the system itself, or a command on the server.
    """
    if hinder := hinder_for_mottagning(av):
        raise Hindrad(hinder)
    namnbok: Namnbok = {}
    with transaction.atomic():
        svar = [_en_fil(fil, namnbok, av, nu) for fil in filer]
        mottagna = [fil.pk for fil in svar if fil.antal]
        prova(utforare=set(Faktura.objects.filter(fil__in=mottagna).values_list("utforare", flat=True)), nu=nu)
    return svar


def hinder_for_mottagning(av: Anvandare | None) -> list[str]:
    """Why `av` may not take in invoices."""
    return hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD) if av else []


def _en_fil(fil: Inkommen, namnbok: Namnbok, av: Anvandare | None, nu: datetime) -> Fakturafil:
    sha256 = hashlib.sha256(fil.innehall).hexdigest()
    post = Fakturafil(
        namn=maskerad(fil.namn)[0][:200], sha256=sha256, storlek=len(fil.innehall), antal=0, mottagen=nu, av=av
    )
    try:
        with transaction.atomic():
            return _lagrad(post, _last(fil, sha256), namnbok, av)
    except Otydlig as nekad:
        brister = nekad.brister
    except IntegrityError:  # somebody else took in the same at the same time
        brister = (Brist("IK-DUBBLETT", "", "Filen, eller en faktura i den, är redan inläst."),)
    post.pk, post.antal, post.format, post.namn = None, 0, "", _filnamn_utan_namn(post.namn)[:200]
    post.brister = [[ett.regel, maskerad(ett.var)[0], maskerad(ett.text)[0]] for ett in brister]
    post.save(force_insert=True)
    return post


def _last(fil: Inkommen, sha256: str) -> list[tuple[Dokument, Utforare]]:
    """The file's invoices, each with whose it is."""
    if fil.brist:
        raise Otydlig(fil.brist)
    if forra := Fakturafil.objects.filter(sha256=sha256, antal__gt=0).first():
        nar = datum_i_ord(lokal_dag(forra.mottagen))
        raise Otydlig(Brist("IK-DUBBLETT", "", f"Samma fil lästes in {nar} som {forra.namn}."))
    dokument = las(fil.innehall)
    utforare = _utforare(dokument)
    brister = [brist for dok in dokument for brist in _okand(dok, utforare)] or list(_dubbletter(dokument, utforare))
    if brister:
        raise Otydlig(*brister[:VISAS])
    return [(dok, utforare[_orgnr(dok)][0]) for dok in dokument]


def _orgnr(dok: Dokument) -> str:
    """The seller's organisationsnummer; from the VAT number when it is only there."""
    return dok.saljare.orgnr or dok.saljare.momsnr[2:12] or dok.saljare.id


def _utforare(dokument: Sequence[Dokument]) -> dict[str, list[Utforare]]:
    """Who has each organisationsnummer; the one that the references are about, when several have."""
    svar: dict[str, list[Utforare]] = {}
    for ett in Utforare.objects.filter(organisationsnummer__in={_orgnr(dok) for dok in dokument}).order_by("nyckel"):
        svar.setdefault(ett.organisationsnummer, []).append(ett)
    for orgnr, flera in svar.items():
        if len(flera) > 1:
            referenser = {
                ref for dok in dokument if _orgnr(dok) == orgnr for rad in dok.rader for ref in rad.referenser
            }
            vilka = Verkstallighet.objects.filter(nyckel__in=referenser).values_list("enhet__utforare", flat=True)
            svar[orgnr] = [ett for ett in flera if ett.pk in set(vilka)] or flera
    return svar


def _okand(dok: Dokument, utforare: dict[str, list[Utforare]]) -> list[Brist]:
    antal = len(utforare.get(_orgnr(dok), []))
    if antal == 1:
        return []
    if antal:
        text = (
            "Flera utförare har organisationsnumret, och raderna säger inte vilken. Ange verkställigheten på raderna."
        )
    else:
        text = "Ingen utförare har organisationsnumret. Lägg upp utföraren eller rätta numret."
    return [Brist("IK-UTFORARE", f"faktura {dok.nummer}", text)]


def _dubbletter(dokument: Sequence[Dokument], utforare: dict[str, list[Utforare]]) -> Iterable[Brist]:
    """Numbers that the utförare has used before, or uses twice in the file."""
    vilka = [(utforare[_orgnr(dok)][0].pk, nummer_lika(dok.nummer)) for dok in dokument]
    alla = Faktura.objects.filter(utforare__in={pk for pk, _ in vilka}).annotate(lika=NUMMER_LIKA)
    tagna = alla.filter(lika__in={nummer for _, nummer in vilka}).select_related("fil")
    kanda = {(ett.utforare_id, nummer_lika(ett.nummer)): ett for ett in tagna}
    sedda: set[tuple[int, str]] = set()
    for dok, nyckel in zip(dokument, vilka, strict=True):
        if forra := kanda.get(nyckel):
            text = f"Numret finns redan: fakturan lästes in {datum_i_ord(lokal_dag(forra.fil.mottagen))}."
            yield Brist("IK-DUBBLETT", f"faktura {dok.nummer}", text)
        elif nyckel in sedda:
            yield Brist("IK-DUBBLETT", f"faktura {dok.nummer}", "Filen har två fakturor med det numret.")
        sedda.add(nyckel)


class _Mask:
    """Takes what discloses a person out of texts, and counts."""

    def __init__(self, namn: Namnmonster | None) -> None:
        self.namn, self.antal = namn, 0

    def __call__(self, text: str) -> str:
        utan, antal = maskerad(text, self.namn)
        self.antal += antal
        return utan[:LANGST]


def _lagrad(
    post: Fakturafil, dokument: Sequence[tuple[Dokument, Utforare]], namnbok: Namnbok, av: Anvandare | None
) -> Fakturafil:
    """Store the file's invoices, with one event of it."""
    for _, utforare in dokument:
        if utforare.pk not in namnbok:
            namnbok[utforare.pk] = namnmonster(_namn(utforare))
    masker = [_Mask(namnbok[utforare.pk]) for _, utforare in dokument]
    renade = [(_renat(dok, mask), utforare) for (dok, utforare), mask in zip(dokument, masker, strict=True)]
    post.antal, post.format = len(renade), renade[0][0].format.value
    post.maskade = sum(mask.antal for mask in masker)
    for monster in {mask.namn for mask in masker}:
        post.namn = maskerad(post.namn, monster)[0][:200]
    post.save(force_insert=True)
    fakturor = Faktura.objects.bulk_create(
        _faktura(post, dok, utforare, mask.antal) for (dok, utforare), mask in zip(renade, masker, strict=True)
    )
    Fakturarad.objects.bulk_create(
        _rad(faktura, plats, rad)
        for faktura, (dok, _) in zip(fakturor, renade, strict=True)
        for plats, rad in enumerate(dok.rader, 1)
    )
    text = f"{antal_ord(post.antal, 'faktura', 'fakturor')} lästes in."
    skriv_handelse(av=av, handling="las_in_fakturor", objekt=f"fakturafil:{post.pk}", text=text, sha256=post.sha256)
    return post


def _namn(utforare: Utforare) -> list[tuple[str, str]]:
    """The names of everybody whom the utförare has had: such a name in an invoice is one of them."""
    personer = Person.objects.filter(beslut__verkstalligheter__enhet__utforare=utforare)
    return list(personer.values_list("fornamn", "efternamn").distinct())


def _filnamn_utan_namn(namn: str) -> str:
    """The name of a refused file: whose it is nobody knows, so it is freed of everybody's name."""
    ord_ = {ett.casefold() for ett in re.findall(r"\w+", namn.replace("_", " "))}
    personer = Person.objects.annotate(sist=Lower("efternamn")).filter(sist__in=ord_)
    return maskerad(namn, namnmonster(list(personer.values_list("fornamn", "efternamn"))))[0]


def _renat(dok: Dokument, mask: _Mask) -> Dokument:
    """The document without what discloses a person, in every text that is kept."""
    return replace(
        dok,
        kopares_referens=mask(dok.kopares_referens or dok.orderreferens),
        noter=tuple(mask(not_) for not_ in dok.noter),
        avser=tuple(mask(ett) for ett in dok.avser),
        rader=tuple(_renad_rad(rad, mask) for rad in dok.rader),
    )


def _renad_rad(rad: Rad, mask: _Mask) -> Rad:
    return replace(
        rad,
        id=mask(rad.id),
        enhet=mask(rad.enhet),
        benamning=mask(rad.benamning),
        text=mask(rad.text),
        referenser=tuple(mask(ett) for ett in rad.referenser),
        sokord=tuple(mask(ett) for ett in rad.sokord),
    )


def _period(dok: Dokument) -> Period | None:
    """The invoice's period; that of its lines when it says none and all of them do."""
    dagar = [(rad.period.fran, rad.period.till) for rad in dok.rader if rad.period]
    forsta, sista = [fran for fran, _ in dagar if fran], [till for _, till in dagar if till]
    if dok.period or not len(forsta) == len(sista) == len(dok.rader):
        return dok.period
    return Period(min(forsta), max(sista))


def _faktura(fil: Fakturafil, dok: Dokument, utforare: Utforare, maskade: int) -> Faktura:
    noll, s, period = Decimal(0), dok.summor, _period(dok)
    assert dok.datum is not None  # noqa: S101  BR-03
    return Faktura(
        fil=fil,
        utforare=utforare,
        slag=dok.slag.value,
        nummer=dok.nummer,
        datum=dok.datum,
        forfaller=dok.forfaller,
        fran=period.fran if period else None,
        till=period.till + EN_DAG if period and period.till else None,
        referens=dok.kopares_referens,
        avser=[ett[:60] for ett in dok.avser],
        anteckning=" ".join(dok.noter),
        radsumma=s.rader or noll,
        avdrag=s.avdrag or noll,
        tillagg=s.tillagg or noll,
        moms=s.moms or noll,
        avrundning=s.avrundning or noll,
        att_betala=s.att_betala or noll,
        varningar=[f"{ett.regel}: {ett.text}" for ett in svenska.varningar(dok)],
        maskade=maskade,
    )


def _rad(faktura: Faktura, plats: int, rad: Rad) -> Fakturarad:
    uttalad, ovriga = rad.referenser[:1], rad.referenser[1:]
    return Fakturarad(
        faktura=faktura,
        plats=plats,
        nummer=rad.id[:60],
        referens=uttalad[0] if uttalad else "",
        sokord=[*ovriga, *rad.sokord],
        benamning=rad.benamning,
        text=rad.text,
        antal=rad.antal or Decimal(0),
        enhet=rad.enhet[:20],
        a_pris=(rad.pris or Decimal(0)) / (rad.prisbas or 1),
        belopp=rad.belopp or Decimal(0),
        momskategori=rad.skatt.kategori if rad.skatt else "",
        fran=rad.period.fran if rad.period else None,
        till=rad.period.till + EN_DAG if rad.period and rad.period.till else None,
    )
