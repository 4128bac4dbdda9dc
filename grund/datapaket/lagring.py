"""Storing a package that has been checked: per file, what is new and changed, and an Andring for whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass

from grund.datapaket.beskrivning import INGA_DAGAR, Cursor, Dagar, Fil, Kolumn, Spar, jamfor
from grund.datapaket.lagrat import borttagen, koppling, varde
from grund.datapaket.register import BORTTAG, filer
from grund.tid import Manad

_ANDRING = "INSERT INTO grund_andring (handelse_id, fil, slag, objekt_id, fran, till, antal, nyckel, gammalt)"


@dataclass
class Utfall:
    """How many rows of a file became what."""

    nya: int = 0
    andrade: int = 0
    oforandrade: int = 0
    borttagna: int = 0

    @property
    def andrar(self) -> bool:
        return bool(self.nya or self.andrade or self.borttagna)


def _nytt(kolumn: Kolumn) -> str:
    """SQL for the value to store, of the package's row (s) and what it refers to (r_<kolumn>)."""
    if kolumn.nytt:
        return kolumn.nytt
    return f"r_{kolumn.namn}.id" if kolumn.fil else f"s.{kolumn.namn}"


def _nyckel(fil: Fil) -> list[Kolumn]:
    return [fil.kolumn(namn) for namn in fil.nyckel]


def _lika_nyckel(fil: Fil, ny: str = "n") -> str:
    """SQL: the stored row (g) and the step's row have the same key."""
    delar = []
    for kolumn in _nyckel(fil):
        saker = kolumn.kravs or kolumn.typ.tomt is not None
        hoger = _nytt(kolumn) if ny == "s" else f"n.{kolumn.db}"
        delar.append(f"g.{kolumn.db} {'=' if saker else 'IS NOT DISTINCT FROM'} {jamfor(kolumn.typ_i_tabell, hoger)}")
    return " AND ".join(delar)


def nyckeltext(fil: Fil, uttryck: dict[str, str]) -> str:
    """SQL for a row's key as one text, parts with | between."""
    return " || '|' || ".join(f"coalesce({fil.kolumn(n).typ.skriv(uttryck[n])}, '')" for n in fil.nyckel)


def referenser(fil: Fil) -> str:
    """Joins from the package's row (s) to what it refers to (r_<kolumn>)."""
    return " ".join(
        f"{'JOIN' if kolumn.kravs else 'LEFT JOIN'} {filer()[kolumn.fil].tabell} r_{kolumn.namn}"
        f" ON r_{kolumn.namn}.nyckel = s.{kolumn.namn}"
        for kolumn in fil.referenser
    )


def lagra(cursor: Cursor, fil: Fil, handelse: int) -> Utfall:
    """Store the rows of `paket_<fil>` that are new or changed. What they refer to is stored already."""
    inom = _inom(cursor, fil)
    _skapa_steg(cursor, fil, inom)
    utfall = _rakna(cursor, fil)
    if utfall.andrade:
        _spara_andrade(cursor, fil, handelse, inom)
        _uppdatera(cursor, fil, inom)
    if utfall.nya:
        _sakra_manader(cursor, fil)
        kolumner = ", ".join(kolumn.db for kolumn in fil.kolumner)
        cursor.execute(f"""
            INSERT INTO {fil.tabell} ({kolumner})
            SELECT {kolumner} FROM steg_{fil.namn} n WHERE NOT finns
             ORDER BY {", ".join(kolumn.db for kolumn in _nyckel(fil)) if fil.snabb else "rad"}
        """)
        spara_nya(cursor, fil, handelse, f"steg_{fil.namn} n", "NOT n.finns")
    if not fil.mellanlage:
        cursor.execute(f"DROP TABLE steg_{fil.namn}")
    return utfall


def _sakra_manader(cursor: Cursor, fil: Fil) -> None:
    if fil.per_manad:
        cursor.execute(f"SELECT DISTINCT to_char({fil.per_manad.dag}, 'YYYY-MM') FROM steg_{fil.namn} WHERE NOT finns")
        fil.per_manad.sakra(Manad.las(text) for (text,) in cursor.fetchall())


def _inom(cursor: Cursor, fil: Fil) -> str:
    """SQL that a stored row (g) lies among the package's days, as constants: only their months' tables are read."""
    if not fil.per_manad:
        return ""
    dag = fil.per_manad.dag
    cursor.execute(f"SELECT min({dag}), max({dag}) FROM paket_{fil.namn}")
    forsta, sista = cursor.fetchone() or (None, None)
    return f" AND g.{dag} BETWEEN '{forsta}' AND '{sista}'" if forsta else ""


def slutfor(cursor: Cursor, fil: Fil) -> None:
    """The last step of a file that had values in between, when what depends on it is stored."""
    if fil.mellanlage:
        _satt(cursor, fil, {}, "")
        cursor.execute(f"DROP TABLE steg_{fil.namn}")


def _skapa_steg(cursor: Cursor, fil: Fil, inom: str) -> None:
    """`steg_<fil>`: the package's rows in the table's terms, told from what is stored."""
    skillnad = " OR ".join(
        f"g.{k.db} IS DISTINCT FROM {jamfor(k.typ_i_tabell, _nytt(k))}"
        for k in fil.kolumner
        if k.namn not in fil.nyckel
    )
    forsta = _nyckel(fil)[0].db
    andrad = f"g.{forsta} IS NOT NULL AND ({skillnad or 'false'})"
    text = nyckeltext(fil, {namn: f"s.{namn}" for namn in fil.nyckel})
    cursor.execute(f"""
        CREATE TEMP TABLE steg_{fil.namn} ON COMMIT DROP AS
        SELECT s.rad, g.{forsta} IS NOT NULL AS finns, {andrad} AS andrad,
               CASE WHEN {andrad} THEN {text} END AS nyckeltext,
               {", ".join(f"{_nytt(k)} AS {k.db}" for k in fil.kolumner)}
          FROM paket_{fil.namn} s {referenser(fil)}
          LEFT JOIN {fil.tabell} g ON {_lika_nyckel(fil, "s")}{inom}
    """)
    cursor.execute(f"ANALYZE steg_{fil.namn}")


def _rakna(cursor: Cursor, fil: Fil) -> Utfall:
    cursor.execute(f"""
        SELECT count(*) FILTER (WHERE NOT finns), count(*) FILTER (WHERE andrad),
               count(*) FILTER (WHERE finns AND NOT andrad) FROM steg_{fil.namn}
    """)
    return Utfall(*(cursor.fetchone() or ()))


def _uppdatera(cursor: Cursor, fil: Fil, inom: str) -> None:
    if fil.uppskjutna:
        cursor.execute(f"SET CONSTRAINTS {', '.join(fil.uppskjutna)} DEFERRED")
    _satt(cursor, fil, fil.mellanlage, inom)
    if fil.uppskjutna:
        cursor.execute(f"SET CONSTRAINTS {', '.join(fil.uppskjutna)} IMMEDIATE")


def _satt(cursor: Cursor, fil: Fil, annat: Mapping[str, str], inom: str) -> None:
    """Give the changed rows their new values; `annat` is SQL for some that get another."""
    varden = {k: annat.get(k.namn, f"n.{k.db}") for k in fil.kolumner if k.namn not in fil.nyckel}
    satt = ", ".join(f"{k.db} = {uttryck}" for k, uttryck in varden.items())
    cursor.execute(
        f"UPDATE {fil.tabell} g SET {satt} FROM steg_{fil.namn} n WHERE n.andrad AND {_lika_nyckel(fil)}{inom}"
    )


def _via(spar: Spar, rad: str) -> str:
    return spar.via.format(r=rad)


def _egna(spar: Spar, rad: str) -> str:
    return f"{spar.objekt.format(r=rad)}, {_dagar(spar.egna).format(r=rad)}"


def _dagar(dagar: Dagar) -> str:
    return f"({dagar.fran})::date, ({dagar.till})::date"


def _spara_andrade(cursor: Cursor, fil: Fil, handelse: int, inom: str) -> None:
    """One Andring per row and whom it concerned before or concerns now. Reads the rows as they were: before UPDATE."""
    halvor = []
    for rad in ("g", "n"):
        dagar = _dagar(fil.spar.andrad) if fil.spar.andrad else ""
        # A row's own days before and after are two stretches; a rule for the change gives one.
        vem = f"{fil.spar.objekt.format(r=rad)}, {dagar}" if dagar else _egna(fil.spar, rad)
        halvor.append(f"""
            SELECT n.nyckeltext, to_jsonb(g) AS gammalt, {vem}
              FROM steg_{fil.namn} n JOIN {fil.tabell} g ON {_lika_nyckel(fil)}{inom} {_via(fil.spar, rad)}
             WHERE n.andrad""")
    if "{r}.id" in fil.spar.objekt:  # the row itself: the same before and after
        halvor.pop()
    cursor.execute(f"""
        {_ANDRING}
        SELECT {handelse}, '{fil.namn}', '{fil.spar.slag}', objekt, fran, CASE WHEN fran IS NOT NULL THEN till END, 1,
               nyckeltext, gammalt
          FROM ({" UNION ".join(halvor)}) h(nyckeltext, gammalt, objekt, fran, till)
         ORDER BY nyckeltext, objekt, fran
    """)


def spara_nya(cursor: Cursor, fil: Fil, handelse: int, ur: str, villkor: str, *, antal: str = "1") -> None:
    """One Andring per scope for the new rows (n, in `ur`) that have some day."""
    spar = fil.spar
    if not spar.nya or spar.egna == INGA_DAGAR:
        return
    dagar = Dagar(spar.egna.fran.format(r="n"), spar.egna.till.format(r="n"))
    cursor.execute(f"""
        {_ANDRING}
        SELECT {handelse}, '{fil.namn}', '{spar.slag}', objekt, min(fran),
               CASE WHEN bool_and(till IS NOT NULL) THEN max(till) END, sum(antal), '', NULL
          FROM (SELECT {spar.objekt.format(r="n")}, {_dagar(dagar)}, {antal}
                  FROM {ur} {_via(spar, "n")} WHERE {villkor}) n(objekt, fran, till, antal)
         WHERE fran IS NOT NULL GROUP BY objekt ORDER BY objekt
    """)


def ta_bort(cursor: Cursor, fil: Fil, handelse: int) -> int:
    """Take back the rows that borttag.csv names, each with an Andring that keeps what it was."""
    i_filens_ord = ", ".join(f"{varde(fil.kolumn(namn))} AS {namn}" for namn in fil.kan_tas_bort)
    vilka = f"""SELECT g.*, {nyckeltext(fil, {n: varde(fil.kolumn(n)) for n in fil.nyckel})} AS nyckeltext_
                  FROM {koppling(fil)}
                 WHERE EXISTS (SELECT FROM (SELECT {i_filens_ord}) l WHERE {borttagen(fil, "l")})"""
    cursor.execute(f"""
        {_ANDRING}
        SELECT {handelse}, '{fil.namn}', '{fil.spar.slag}', objekt, fran, CASE WHEN fran IS NOT NULL THEN till END, 1,
               nyckeltext_, gammalt
          FROM (SELECT g.nyckeltext_, to_jsonb(g) - 'nyckeltext_', {_egna(fil.spar, "g")}
                  FROM ({vilka}) g {_via(fil.spar, "g")}) h(nyckeltext_, gammalt, objekt, fran, till)
         ORDER BY nyckeltext_
    """)
    lika = " AND ".join(f"b.{k.db} = g.{k.db}" for k in _nyckel(fil))
    cursor.execute(f"DELETE FROM {fil.tabell} b USING ({vilka}) g WHERE {lika}")
    return cursor.rowcount


def borttagsordning() -> list[Fil]:
    """Files that rows may be taken back from, those that refer to others first."""
    return [fil for fil in reversed(filer().values()) if fil.kan_tas_bort and fil.namn != BORTTAG]
