"""Which rows of grund, beslut and utforare a utförare's request can meet in the database (grund.databas.radskydd).

`utforare_egna_…()` are functions of the database (migration 0011): what is, or has been, ordered from or carried out at
the enheter of the transaction's utförare. That is wider than what the pages show (utforare.tillgang): how long after
the end somebody is seen, and which of the utförare's enheter a user works at, is for the pages.
"""

from grund.databas.radskydd import ANVANDARE, Oppen, egen_enhet, egen_utforare, eget, genom

_VILLKOR = Oppen("villkor som gäller alla utförare")
_BESLUT, _PERSONER = "utforare_egna_beslut", "utforare_egna_personer"


def _person(kolumn: str = "person_id") -> str:
    return eget(kolumn, _PERSONER)


def _verkstallighet(kolumn: str = "verkstallighet_id") -> str:
    return eget(kolumn, "utforare_egna_verkstalligheter")


# A user's own doings, and what has been done with the utförare's own orders and reports or with a whole month.
_HANDELSE = f"""av_id = {ANVANDARE} OR objekt LIKE 'korning:%'
    OR objekt LIKE 'bestallning:%' AND objekt IN (SELECT 'bestallning:' || b.id FROM utforare_bestallning b)
    OR objekt LIKE 'nivaarende:%' AND objekt IN (SELECT 'nivaarende:' || n.id FROM beslut_nivaarende n)
    OR objekt LIKE 'narvaro:%'
       AND EXISTS (SELECT FROM utforare_enhet e WHERE starts_with(objekt, 'narvaro:' || e.nyckel || ':'))
    OR EXISTS (SELECT FROM grund_andring a WHERE a.handelse_id = grund_handelse.id)"""
# A person's närvaro at another utförare changes too: its old rows are no business of this one.
_ANDRING = f"""CASE slag
    WHEN 'person' THEN {_person("objekt_id")} AND (gammalt IS NULL OR
        (NOT gammalt ? 'verkstallighet_id' OR {_verkstallighet("(gammalt ->> 'verkstallighet_id')::bigint")})
        AND (NOT gammalt ? 'enhet_id' OR {egen_enhet("(gammalt ->> 'enhet_id')::bigint")})
        AND (fil <> 'beslut' OR {eget("(gammalt ->> 'id')::bigint", _BESLUT)}))
    WHEN 'utforare' THEN {egen_utforare("objekt_id")}
    WHEN 'enhet' THEN {egen_enhet("objekt_id")}
    ELSE true END"""

REGLER: dict[str, Oppen | str] = {
    "grund.Anvandare": Oppen("medarbetares namn står vid vad de har gjort", skrivs=True),
    "grund.Inskick": Oppen("bara summor av formulär", skrivs=True),
    "grund.Handelse": _HANDELSE,
    "grund.Andring": _ANDRING,
    "beslut.Person": _person("id"),
    "beslut.Tilldelning": _person(),
    "beslut.Lasning": f"anvandare_id = {ANVANDARE}",
    "beslut.Beslut": eget("id", _BESLUT),
    "beslut.Nivabedomning": _person(),
    "beslut.Nivaarende": _person(),
    "beslut.Nivasvar": genom("arende_id", "beslut_nivaarende"),
    "beslut.Nivaprovning": genom("arende_id", "beslut_nivaarende"),
    "beslut.Nivasynpunkt": genom("arende_id", "beslut_nivaarende"),
    "beslut.Nivaovertagande": genom("arende_id", "beslut_nivaarende"),
    "beslut.Instrument": _VILLKOR,
    "beslut.Instrumentomrade": _VILLKOR,
    "beslut.Instrumentgrans": _VILLKOR,
    "utforare.Utforare": egen_utforare("id"),
    "utforare.Enhet": egen_utforare(),
    "utforare.Prislista": _VILLKOR,
    "utforare.Avtal": egen_utforare(),
    "utforare.Verkstallighet": egen_enhet(),
    "utforare.Narvaro": _verkstallighet(),
    "utforare.Besok": _verkstallighet(),
    "utforare.PlaneratBesok": _verkstallighet(),
    "utforare.Uppehall": _verkstallighet(),
    "utforare.Slutanmalan": _verkstallighet(),
    "utforare.Bestallning": egen_enhet(),
    "utforare.Erbjudande": genom("bestallning_id", "utforare_bestallning"),
    "utforare.Signering": egen_enhet(),
    "utforare.SenAndring": egen_enhet(),
    "utforare.Tillhorighet": egen_utforare(),
}
