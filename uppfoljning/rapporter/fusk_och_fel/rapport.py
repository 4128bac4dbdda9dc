"""The report: signals by kind and by what came of them, and a list to look at. Pure but for the addresses of rows.

In public only how many there are of each kind: no utförare, no verkställighet, no kronor.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.text import datum_i_ord, manad_i_ord, stor_forsta, svensk_ordning, tidpunkt_i_ord
from uppfoljning.kontroll.fyndrader import Fyndrad
from uppfoljning.kontroll.koder import UTFALL, Omrade, Utfall
from uppfoljning.kontroll.register import REGLER, regler
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Del, Lasare, Nyckeltal, Rad, Rapport, Tabell
from uppfoljning.rapporter.fusk_och_fel.queries import Underlag

_HUR = (
    "En signal är ett mönster som är värt att titta på. Den säger inte att någon har gjort fel: de flesta har en god"
    " förklaring. Den som har tittat antecknar vad det ledde till, och anteckningen står kvar."
)
_PAGAR = "Månaden pågår. Siffrorna visas när den har slutat."
_ORDNING = [(ett.nyckel, ett.namn) for ett in regler(Omrade.SIGNAL)]
_UTAN = "Ingen enhet"


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    delar = (
        (_offentligt(underlag),)
        if lasare.offentlig
        else (_laget(underlag), _slagen(underlag), _utforarna(underlag), _lista(underlag))
    )
    personer = frozenset(ett.person for ett in underlag.vad.values() if ett.person)
    return Rapport(
        rubrik=f"Fusk och fel: att titta på, {manad_i_ord(underlag.manad)}",
        per=underlag.dag,
        urval=(("Månad", manad_i_ord(underlag.manad)), ("Läget den", datum_i_ord(underlag.dag))),
        delar=delar,
        forslag=("{namnd} godkänner redovisningen.",),
        ekonomi=("Redovisningen medför inga kostnader. En signal säger inte att något är felaktigt betalat.",),
        personer=frozenset() if lasare.offentlig else personer,
    )


def _laget(underlag: Underlag) -> Del:
    alla = underlag.signaler
    kvar = sum(not ett.avgjord for ett in alla)
    nar = tidpunkt_i_ord(underlag.kontrollerat) if underlag.kontrollerat else ""
    tal = (
        Nyckeltal("signaler_oppna", len(alla), adress="#tabell-signaler"),
        Nyckeltal("signaler_att_titta_pa", kvar, av=(kvar, len(alla)), adress="#tabell-signaler"),
        Nyckeltal("signaler_nya", underlag.rorelse.nya),
        Nyckeltal("signaler_besok", sum(underlag.vad[ett.pk].besok for ett in alla), adress="#tabell-signaler"),
        Nyckeltal("signaler_belopp", _summa(alla) or Decimal(0), Slag.KRONOR, adress="#tabell-signaler"),
    )
    senast = f"Kontrollerna kördes senast {nar}." if nar else "Kontrollerna har inte körts än."
    return Del("laget", "Läget", (_HUR, senast), tal)


def _offentligt(underlag: Underlag) -> Del:
    alla = [ett for ett in underlag.signaler if ett.person > 0]  # negative: of an enhet
    if underlag.dag < underlag.manad.sista:
        return Del("laget", "Läget", (_HUR, _PAGAR))
    if ar_for_fa(alla):
        return Del("laget", "Läget", (_HUR, FARRE))
    grupper = fordela(alla, lambda ett: ett.regel, _ORDNING, offentlig=True)
    tabell = Tabell(
        "slag",
        "Signaler av varje slag",
        (Kolumn("Signal"), Kolumn("Antal", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal)) for grupp in grupper),
        Rad(("Summa", len(alla))) if len(grupper) > 1 else None,
    )
    tal = (Nyckeltal("signaler_oppna", len(alla)),)
    return Del("laget", "Läget", (_HUR,), tal, tabeller=(tabell,) if grupper else ())


def _slagen(underlag: Underlag) -> Del:
    utfall = UTFALL[Omrade.SIGNAL]
    kolumner = (
        Kolumn("Signal"),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Att titta på", Slag.HELTAL, summera=True),
        *(Kolumn(stor_forsta(str(ett.label)), Slag.HELTAL, summera=True) for ett in utfall),
        Kolumn("Besökens ersättning, kr", Slag.KRONOR, summera=True),
    )
    per = {nyckel: [ett for ett in underlag.signaler if ett.regel == nyckel] for nyckel, _ in _ORDNING}
    rader = tuple(Rad((namn, *_antal(per[nyckel], utfall))) for nyckel, namn in _ORDNING if per[nyckel])
    summa = Rad(("Summa", *_antal(underlag.signaler, utfall))) if len(rader) > 1 else None
    tabell = Tabell("slag", "Signaler av varje slag, och vad de ledde till", kolumner, rader, summa)
    return Del("slag", "Signaler", tabeller=(tabell,))


def _antal(signaler: Sequence[Fyndrad], utfall: Sequence[Utfall]) -> tuple[int | Decimal | None, ...]:
    kvar = sum(not ett.avgjord for ett in signaler)
    per = [sum(ett.utfall == ett_utfall for ett in signaler) for ett_utfall in utfall]
    return len(signaler), kvar, *per, _summa(signaler)


def _summa(signaler: Sequence[Fyndrad]) -> Decimal | None:
    belopp = [ett.belopp for ett in signaler if ett.belopp is not None]
    return sum(belopp, Decimal(0)) if belopp else None


def _utforarna(underlag: Underlag) -> Del:
    per: dict[str, list[Fyndrad]] = {}
    for ett in underlag.signaler:
        per.setdefault(underlag.vad[ett.pk].utforare or _UTAN, []).append(ett)
    rader = tuple(
        Rad((namn, len(per[namn]), sum(not ett.avgjord for ett in per[namn]), _summa(per[namn])))
        for namn in sorted(per, key=lambda namn: (namn == _UTAN, svensk_ordning(namn)))
    )
    kolumner = (
        Kolumn("Utförare"),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Att titta på", Slag.HELTAL, summera=True),
        Kolumn("Besökens ersättning, kr", Slag.KRONOR, summera=True),
    )
    not_ = "Många signaler kan bero på hur tiden registreras. Jämför med hur många personer utföraren har."
    tabell = Tabell("utforare", "Signaler per utförare", kolumner, rader, noter=(not_,))
    return Del("utforare", "Utförare", tabeller=(tabell,))


def _lista(underlag: Underlag) -> Del:
    kolumner = (
        Kolumn("Gäller"),
        Kolumn("Signal", Slag.STYCKE),
        Kolumn("Vad", Slag.STYCKE),
        Kolumn("Utförare", Slag.STYCKE),
        Kolumn("Besök", Slag.HELTAL, summera=True),
        Kolumn("Ersättning, kr", Slag.KRONOR, summera=True),
        Kolumn("Känd sedan", Slag.DATUM),
        Kolumn("Vad det ledde till"),
    )
    ordnade = sorted(underlag.signaler, key=lambda ett: ett.avgjord)
    rader = tuple(_rad(ett, underlag) for ett in ordnade)
    tabell = Tabell("signaler", "Signaler att titta på", kolumner, rader, enskilda=True, tom="Det finns inga signaler.")
    return Del("signaler", "Att titta på", tabeller=(tabell,))


def _rad(ett: Fyndrad, underlag: Underlag) -> Rad:
    regel, vad = REGLER[ett.regel], underlag.vad[ett.pk]
    celler = (
        vad.objekt,
        regel.namn,
        regel.i_ord(vad.uppgifter),
        vad.utforare,
        vad.besok,
        ett.belopp,
        ett.upptackt,
        stor_forsta(str(Utfall(ett.utfall).label)) if ett.utfall else "",
    )
    return Rad(celler, reverse("uppfoljning:signal", args=[ett.pk]))
