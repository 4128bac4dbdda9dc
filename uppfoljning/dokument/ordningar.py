"""Orders of headings to start a mall from: the recommended one, and those that some kommuner use. Pure."""

from dataclasses import dataclass

from django.utils.text import slugify

from uppfoljning.dokument.innehall import Rubrik
from uppfoljning.dokument.koder import Rubrikslag

_SKICKAS = "Beslutet skickas till"


@dataclass(frozen=True, slots=True)
class Ordning:
    """What the kind of document is called there, and its headings."""

    namn: str
    dokumentslag: str
    rubriker: tuple[Rubrik, ...]
    inledning: str = ""


def _rubrik(slag: Rubrikslag, rubrik: str, *, far_saknas: bool = False) -> Rubrik:
    return Rubrik(slugify(rubrik).replace("-", "_"), slag, rubrik, not far_saknas)


_FORSLAG = _rubrik(Rubrikslag.FORSLAG, "Förslag till beslut")
_SAMMANFATTNING = _rubrik(Rubrikslag.SAMMANFATTNING, "Sammanfattning", far_saknas=True)
_ARENDET = _rubrik(Rubrikslag.TEXT, "Ärendet")
_BEDOMNING = _rubrik(Rubrikslag.TEXT, "Bedömning")
_EKONOMI = _rubrik(Rubrikslag.TEXT, "Ekonomiska konsekvenser")
_BARN = _rubrik(Rubrikslag.TEXT, "Barnperspektiv", far_saknas=True)
_UNDERLAG = _rubrik(Rubrikslag.UNDERLAG, "Beslutsunderlag")
_BILAGOR = _rubrik(Rubrikslag.BILAGOR, "Bilagor", far_saknas=True)
_UNDERSKRIFTER = _rubrik(Rubrikslag.UNDERSKRIFTER, "Underskrifter")
_TILL = _rubrik(Rubrikslag.SKICKAS, _SKICKAS, far_saknas=True)

ORDNINGAR = {
    "rekommenderad": Ordning(
        "Rekommenderad ordning",
        "tjänsteutlåtande",
        (_FORSLAG, _SAMMANFATTNING, _ARENDET, _BEDOMNING, _EKONOMI, _BARN, _UNDERLAG, _BILAGOR, _TILL, _UNDERSKRIFTER),
    ),
    "taby": Ordning(
        "Som i Täby",
        "tjänsteutlåtande",
        (
            _FORSLAG,
            _SAMMANFATTNING,
            _ARENDET,
            _rubrik(Rubrikslag.TEXT, "Slutsatser"),
            _rubrik(Rubrikslag.TEXT, "Ekonomiska överväganden"),
            _BILAGOR,
            _UNDERSKRIFTER,
            _rubrik(Rubrikslag.SKICKAS, "Expedieras", far_saknas=True),
        ),
    ),
    "sodertalje": Ordning(
        "Som i Södertälje",
        "tjänsteskrivelse",
        (
            _ARENDET,
            _UNDERLAG,
            _rubrik(Rubrikslag.TEXT, "Ekonomiska konsekvenser och finansiering"),
            _rubrik(Rubrikslag.FORSLAG, "Kontorets förslag till beslut"),
            _BILAGOR,
            _UNDERSKRIFTER,
            _rubrik(Rubrikslag.HANDLAGGARE, "Handläggare"),
            _TILL,
        ),
    ),
    "strangnas": Ordning(
        "Som i Strängnäs",
        "tjänsteutlåtande",
        (
            _FORSLAG,
            _rubrik(Rubrikslag.TEXT, "Beskrivning av ärendet"),
            _rubrik(Rubrikslag.TEXT, "Ekonomiska konsekvenser för kommunen"),
            _rubrik(Rubrikslag.TEXT, "Övriga konsekvenser", far_saknas=True),
            _rubrik(Rubrikslag.TEXT, "Uppföljning", far_saknas=True),
            _UNDERLAG,
            _BILAGOR,
            _TILL,
            _UNDERSKRIFTER,
        ),
        "Socialnämnden beslutar att",
    ),
    "vasteras": Ordning(
        "Som i Västerås",
        "skrivelse",
        (
            _FORSLAG,
            _rubrik(Rubrikslag.TEXT, "Ärendebeskrivning"),
            _rubrik(Rubrikslag.TEXT, "Bakgrund", far_saknas=True),
            _rubrik(Rubrikslag.TEXT, "Ekonomi"),
            _BEDOMNING,
            _BILAGOR,
            _UNDERSKRIFTER,
        ),
    ),
    "nacka": Ordning(
        "Som i Nacka",
        "tjänsteskrivelse",
        (
            _FORSLAG,
            _SAMMANFATTNING,
            _ARENDET,
            _EKONOMI,
            _rubrik(Rubrikslag.TEXT, "Konsekvenser för barn"),
            _BILAGOR,
            _UNDERSKRIFTER,
        ),
    ),
}
