"""The report's lists of enheter and of single persons, which never stand in a document. Pure but for addresses."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from beslut.ord import niva_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.text import och, stor_forsta
from uppfoljning.rapport.innehall import Del, Rad, Tabell
from uppfoljning.rapporter.behov_mot_bemanning.behov import Enhetsbehov
from uppfoljning.rapporter.behov_mot_bemanning.queries import Brukare, Underlag
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform, Nattform, Nyckel, jamfor_natt

NYCKEL = "behov-mot-bemanning"
_OKANT = "Inte angivet"


def delar(underlag: Underlag, nyckel: Nyckel, alla: Sequence[Enhetsbehov], enhet: int | None) -> Iterator[Del]:
    """Each list. `enhet`: whose persons are asked for."""
    yield Del("enheter", "Enheter", tabeller=(_enheter(underlag, nyckel, alla),))
    if vald := next((ett for ett in alla if ett.enhet.pk == enhet), None):
        yield Del("personer", f"Personer på {vald.enhet.namn}", tabeller=(_personer(vald, nyckel),))
    yield Del("natt", "Vaken natt eller sovande jour", (_NATT,), tabeller=(_natter(underlag, alla),))
    yield Del("forflyttning", "Boendeförflyttning", (_FLYTT,), tabeller=(_forflyttning(alla),))
    yield Del("ojamna", "Ojämna behov", (_ojamt(nyckel),), tabeller=(_ojamna(underlag, alla),))
    yield Del("utan-niva", "Utan nivå", tabeller=(_utan_niva(alla),))


_NATT = (
    "Natten bedöms efter den person på enheten som behöver mest: efter svaret i det område som nyckeln anger, annars"
    " efter nivån. Svaren 8 och 9 är inga tal, och då avgör nivån."
)
_FLYTT = (
    "Personer vars nivå enligt nyckeln passar en annan boendeform än enhetens. Ett underlag för samtal och uppföljning,"
    " inte ett beslut: den enskildes önskemål och beslutet avgör."
)


def _ojamt(nyckel: Nyckel) -> str:
    kvot = f"{nyckel.ojamn_kvot.normalize():f}".replace(".", ",")
    return (
        "En enhet är ojämn när den person som behöver mest tid i veckan behöver minst"
        f" {kvot} gånger så mycket som den som behöver minst."
    )


def adress_till(underlag: Underlag, enhet: int) -> str:
    """The report with the persons of the enhet, one by one."""
    falt = f"manad={underlag.manad}&insats={underlag.insats}&enhet={enhet}"
    return f"{reverse('uppfoljning:rapport', args=[NYCKEL])}?{falt}#personer"


def _enheter(underlag: Underlag, nyckel: Nyckel, alla: Sequence[Enhetsbehov]) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Utförare"),
        Kolumn("Personer", Slag.HELTAL),
        Kolumn("Utan nivå", Slag.HELTAL),
        Kolumn("Behov dag", Slag.ANTAL),
        Kolumn("Behov kväll", Slag.ANTAL),
        Kolumn("Behov natt", Slag.ANTAL),
        Kolumn("Schema dag", Slag.ANTAL),
        Kolumn("Schema kväll", Slag.ANTAL),
        Kolumn("Schema natt", Slag.ANTAL),
        Kolumn("Skillnad, timmar", Slag.ANTAL),
        Kolumn("Skillnad, årsarbetare", Slag.ANTAL),
    )
    rader = tuple(_enhet(underlag, nyckel, ett) for ett in alla)
    return Tabell(
        "enheter",
        "Behov och schema per enhet, timmar per vecka",
        kolumner,
        rader,
        noter=("Skillnaden är schemat minus behovet. Den som saknar nivå räknas inte i behovet.",),
        enskilda=True,
        dolj=frozenset({4, 5, 6, 7, 8, 9}),  # a page has no room for them; the workbook has it all
    )


def _enhet(underlag: Underlag, nyckel: Nyckel, ett: Enhetsbehov) -> Rad:
    schema, skillnad = ett.schema, ett.skillnad
    return Rad(
        (
            ett.enhet.namn,
            ett.enhet.utforare,
            len(ett.enhet.brukare),
            len(ett.utan_niva),
            ett.behov.dag,
            ett.behov.kvall,
            ett.behov.natt,
            schema.dag if schema else None,
            schema.kvall if schema else None,
            schema.natt if schema else None,
            skillnad.alla if skillnad else None,
            nyckel.arsarbetare(skillnad.alla) if skillnad else None,
        ),
        adress_till(underlag, ett.enhet.pk),
    )


def _personer(ett: Enhetsbehov, nyckel: Nyckel) -> Tabell:
    kolumner = (
        Kolumn("Verkställighet"),
        Kolumn("Nivå"),
        Kolumn("Dag, timmar", Slag.ANTAL),
        Kolumn("Kväll, timmar", Slag.ANTAL),
        Kolumn("Natt, timmar", Slag.ANTAL),
        Kolumn("Natt"),
        Kolumn("Avgjort av"),
    )
    med = [
        _rad(
            brukare,
            (
                behov.dag,
                behov.kvall,
                behov.natt,
                stor_forsta(nyckel.nattform(behov, brukare.svar).label),
                _avgjort(brukare, nyckel),
            ),
        )
        for brukare, behov in ett.med_niva
    ]
    utan = [_rad(brukare, (None, None, None, None, None)) for brukare in ett.utan_niva]
    return Tabell("personer", "Personer och vad nyckeln säger", kolumner, (*med, *utan), enskilda=True)


def _avgjort(brukare: Brukare, nyckel: Nyckel) -> str:
    if nyckel.natt_omrade and brukare.svar in range(5):
        return f"Svaret {brukare.svar} i {nyckel.natt_omrade}"
    return "Nivån"


def _rad(brukare: Brukare, celler: tuple[object, ...]) -> Rad:
    """A person by the key of what is carried out, which leads to that."""
    niva = stor_forsta(niva_i_ord(brukare.niva)) if brukare.niva else ""
    adress = reverse("utforare:verkstallighet", args=[brukare.verk])
    return Rad((brukare.nyckel, niva, *celler), adress)  # type: ignore[arg-type]


def _natter(underlag: Underlag, alla: Sequence[Enhetsbehov]) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Enligt bedömningen"),
        Kolumn("Beslutat"),
        Kolumn("Schemalagt"),
        Kolumn("Jämfört"),
    )
    rader = tuple(
        Rad(
            (
                ett.enhet.namn,
                stor_forsta(ett.nattform.label),
                stor_forsta(ett.enhet.schema.beslutad.label) if ett.enhet.schema.beslutad else _OKANT,
                stor_forsta(ett.enhet.schema.nattform.label),
                _jamfort(ett.nattform, ett.enhet.schema.nattform, ett.enhet.schema.beslutad),
            ),
            adress_till(underlag, ett.enhet.pk),
        )
        for ett in alla
        if ett.enhet.schema and ett.med_niva
    )
    return Tabell("natter", "Natten, bedömd, beslutad och schemalagd", kolumner, rader, enskilda=True)


def _jamfort(behov: Nattform, schema: Nattform, beslutad: Nattform | None) -> str:
    ord_ = {1: "mer än bedömt", -1: "mindre än bedömt"}
    delar = []
    if skillnad := jamfor_natt(behov, schema):
        delar.append(f"schemat är {ord_[skillnad]}")
    if beslutad and (skillnad := jamfor_natt(behov, beslutad)):
        delar.append(f"beslutet är {ord_[skillnad]}")
    return stor_forsta(och(delar)) if delar else "Stämmer"


def _forflyttning(alla: Sequence[Enhetsbehov]) -> Tabell:
    kolumner = (Kolumn("Verkställighet"), Kolumn("Nivå"), Kolumn("Enhet"), Kolumn("Bor i"), Kolumn("Nivån passar"))
    rader = tuple(
        _rad(
            brukare,
            (
                ett.enhet.namn,
                stor_forsta(Boendeform(ett.enhet.boendeform).label),
                stor_forsta(och([str(Boendeform(form).label) for form in behov.boendeformer], "eller")),
            ),
        )
        for ett in alla
        for brukare, behov in ett.fel_boendeform
    )
    okanda = sum(not ett.enhet.boendeform for ett in alla)
    noter = (f"Enheter vars boendeform inte är registrerad: {okanda}.",) if okanda else ()
    return Tabell("forflyttning", "Nivån passar en annan boendeform", kolumner, rader, noter=noter, enskilda=True)


def _ojamna(underlag: Underlag, alla: Sequence[Enhetsbehov]) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Personer med nivå", Slag.HELTAL),
        Kolumn("Lägst, timmar", Slag.ANTAL),
        Kolumn("Median, timmar", Slag.ANTAL),
        Kolumn("Högst, timmar", Slag.ANTAL),
    )
    rader = tuple(
        Rad(
            (ett.enhet.namn, len(ett.timmar), ett.timmar[0], ett.median, ett.timmar[-1]),
            adress_till(underlag, ett.enhet.pk),
        )
        for ett in alla
        if ett.ojamn
    )
    return Tabell("ojamna", "Enheter där behoven ligger långt ifrån varandra", kolumner, rader, enskilda=True)


def _utan_niva(alla: Sequence[Enhetsbehov]) -> Tabell:
    kolumner = (Kolumn("Verkställighet"), Kolumn("Nivå"), Kolumn("Enhet"), Kolumn("Vad som saknas"))
    rader = tuple(
        _rad(brukare, (ett.enhet.namn, "Nivån finns inte i nyckeln" if brukare.niva else "Ingen godkänd nivå"))
        for ett in alla
        for brukare in ett.utan_niva
    )
    return Tabell(
        "utan-niva-lista", "Personer som inte räknas i behovet", kolumner, rader, enskilda=True, tom="Alla har en nivå."
    )
