"""What is stored, said in the columns of the files: for checks (`efter_<fil>`) and for export."""

from grund.datapaket.beskrivning import Cursor, Fil, Kolumn, jamfor
from grund.datapaket.register import BORTTAG, filer


def koppling(fil: Fil) -> str:
    """FROM with the stored rows (g) and what they refer to (r_<kolumn>)."""
    delar = [f"{fil.tabell} g"]
    for kolumn in fil.referenser:
        sort = "JOIN" if kolumn.kravs else "LEFT JOIN"
        delar.append(f"{sort} {filer()[kolumn.fil].tabell} r_{kolumn.namn} ON r_{kolumn.namn}.id = g.{kolumn.db}")
    return " ".join(delar)


def varde(kolumn: Kolumn) -> str:
    """SQL for a stored row's value in the file's terms, typed."""
    return jamfor(kolumn.typ, f"r_{kolumn.namn}.nyckel" if kolumn.fil else f"g.{kolumn.db}")


def lagrade(fil: Fil) -> str:
    """SELECT of the stored rows with the file's columns."""
    return f"SELECT {', '.join(f'{varde(k)} AS {k.namn}' for k in fil.kolumner)} FROM {koppling(fil)}"


def samma_nyckel(fil: Fil, ena: str, andra: str) -> str:
    """SQL: two rows have the same key. Empty parts are alike."""
    delar = []
    for namn in fil.nyckel:
        kolumn = fil.kolumn(namn)
        lika = "=" if kolumn.kravs or kolumn.typ.tomt is not None else "IS NOT DISTINCT FROM"
        delar.append(f"{ena}.{namn} {lika} {andra}.{namn}")
    return " AND ".join(delar)


def borttagen(fil: Fil, rad: str) -> str:
    """SQL: borttag.csv takes back the row."""
    if not fil.kan_tas_bort:
        return "false"
    kolumner = zip(("id", "datum"), fil.kan_tas_bort, strict=False)
    lika = " AND ".join(f"t.{i_borttag} = {rad}.{kolumn}" for i_borttag, kolumn in kolumner)
    return f"EXISTS (SELECT FROM paket_{BORTTAG} t WHERE t.giltig AND t.fil = '{fil.namn}' AND {lika})"


def skapa_efter(cursor: Cursor, fil: Fil) -> None:
    """`efter_<fil>`: all rows as they will stand; `rad` is empty for those that the package does not touch."""
    namn = ", ".join(fil.namnen)
    cursor.execute(f"""
        CREATE TEMP VIEW efter_{fil.namn} AS
        SELECT rad, {namn} FROM paket_{fil.namn} WHERE giltig
         UNION ALL
        SELECT NULL, {namn} FROM ({lagrade(fil)}) l
         WHERE NOT EXISTS (SELECT FROM paket_{fil.namn} s WHERE {samma_nyckel(fil, "s", "l")})
           AND NOT {borttagen(fil, "l")}
    """)
