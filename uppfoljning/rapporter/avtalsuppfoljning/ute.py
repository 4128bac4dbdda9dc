"""What is given in other municipalities, and who has been told of it (LSS 17 §). Pure but for addresses."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.text import och, stor_forsta
from uppfoljning.rapport.fordelning import FARRE, ar_for_fa
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell
from uppfoljning.rapporter.avtalsuppfoljning.queries import Underlag
from uppfoljning.underrattelser import Placering

_RUBRIK = "Placeringar i andra kommuner"
_PAGAR = "Året pågår. Siffrorna visas när det har slutat, så att två dagar inte kan jämföras."
_LAGEN = (
    "När kommunen avtalar med en enskild om bostad enligt LSS 9 § 8 eller 9 i en annan kommun ska den kommunen"
    " underrättas (LSS 17 §)."
)


def delar(underlag: Underlag, *, offentlig: bool) -> Iterator[Del]:
    """In public only how many, where they are five or more and the year is over; else each of them."""
    borta = [ett for ett in underlag.placeringar if ett.kommun]
    if not offentlig:
        yield _placeringar(underlag, borta)
        yield _underrattelser(underlag)
    elif underlag.dag.year == underlag.ar and (underlag.dag.month, underlag.dag.day) < (12, 31):
        yield Del("ute", _RUBRIK, (_PAGAR,))
    elif ar_for_fa(borta):
        yield Del("ute", _RUBRIK, (FARRE,))
    else:
        # not by kommun: who has been in two would be what is left of the sum
        tal_ = Nyckeltal("externa_placeringar", len({ett.person for ett in borta}))
        yield Del("ute", _RUBRIK, (), (tal_,))


def _placeringar(underlag: Underlag, borta: Sequence[Placering]) -> Del:
    individavtal = [ett for ett in underlag.placeringar if ett.individavtal]
    okanda = sum(ett.fakta is None for ett in underlag.enheter if ett.insatser)
    meningar = (f"Enheter där kommunen inte är registrerad: {okanda}. De räknas inte.",) if okanda else ()
    return Del(
        "ute",
        _RUBRIK,
        meningar,
        (
            Nyckeltal("externa_placeringar", len({ett.person for ett in borta}), adress="#ute"),
            Nyckeltal("externa_individavtal", len({ett.person for ett in individavtal}), adress="#ute"),
        ),
        tabeller=(_lista("placeringar", "Placeringar i andra kommuner och individavtal", underlag.placeringar),),
    )


def _underrattelser(underlag: Underlag) -> Del:
    return Del(
        "underrattelser",
        "Underrättelser enligt LSS 17 §",
        (_LAGEN,),
        (
            Nyckeltal("underrattelser_saknas", len(underlag.utan), adress="#underrattelser"),
            Nyckeltal("underrattelser_lamnade", underlag.lamnade, adress=reverse("uppfoljning:underrattelser")),
            Nyckeltal("underrattelser_mottagna", underlag.mottagna, adress=reverse("uppfoljning:underrattelser")),
        ),
        tabeller=(_lista("utan-underrattelse", "Placeringar utan underrättelse", underlag.utan),),
    )


def _lista(nyckel: str, rubrik: str, alla: Sequence[Placering]) -> Tabell:
    kolumner = (
        Kolumn("Verkställighet"),
        Kolumn("Insats"),
        Kolumn("Enhet"),
        Kolumn("Kommun"),
        Kolumn("Varför"),
        Kolumn("Från", Slag.DATUM),
        Kolumn("Underrättad", Slag.DATUM),
    )
    rader = tuple(
        Rad(
            (
                ett.nyckel,
                insats_i_ord(ett.insats),
                ett.enhetens_namn,
                ett.kommun,
                _varfor(ett),
                ett.fran,
                ett.underrattad if ett.ska_underrattas else None,
            ),
            reverse("utforare:verkstallighet", args=[ett.verk]),
        )
        for ett in alla
    )
    return Tabell(nyckel, rubrik, kolumner, rader, enskilda=True, tom="Inga.")


def _varfor(ett: Placering) -> str:
    delar_ = ["annan kommun"] if ett.kommun else []
    return stor_forsta(och([*delar_, *(["individavtal"] if ett.individavtal else [])]))
