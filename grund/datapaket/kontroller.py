"""Set-based checks of a package that has been read: keys, references, what is taken back, and each file's own rules."""

from collections.abc import Collection, Iterable

from grund.datapaket.beskrivning import Cursor, Fil, Kolumn
from grund.datapaket.fel import VISAS, Felsamling
from grund.datapaket.lagrat import borttagen, lagrade, samma_nyckel
from grund.datapaket.register import BORTTAG, alla_filer, filer

Fynd = tuple[int, str, str]  # line, column, what is wrong


class Kontrollant:
    """Checks files that have been read, and tells `fel`.

    `visas`: what to call each file of the package. `trasiga`: those whose ids are unknown, since their header is wrong.
    """

    def __init__(self, cursor: Cursor, fel: Felsamling) -> None:
        self.cursor, self.fel = cursor, fel
        self.visas: dict[str, str] = {}
        self.trasiga: set[str] = set()

    def kontrollera(self, namnen: Collection[str]) -> None:
        for namn in namnen:
            self._nycklar(alla_filer()[namn])
        if BORTTAG in namnen:
            for fil in filer().values():
                self._borttag(fil)
        for namn in namnen:
            if namn != BORTTAG:
                self.kontrollera_fil(filer()[namn])

    def kontrollera_fil(self, fil: Fil) -> None:
        if BORTTAG in self.visas and fil.kan_tas_bort:
            self._tvetydig(fil)
        for kolumn in fil.referenser:
            if kolumn.fil not in self.trasiga:
                self._referens(fil, kolumn)
        for kontroll in fil.kontroller:
            if kontroll.funktion:
                self._lagg(fil, kontroll.funktion(self.cursor))
            else:
                self._sql(fil, kontroll.sql)

    def _nycklar(self, fil: Fil) -> None:
        """The same key twice. The later rows are set aside, so that they are not told of again."""
        nyckel = ", ".join(fil.nyckel)
        self.cursor.execute(f"""
            CREATE TEMP TABLE dubbla ON COMMIT DROP AS
            SELECT rad, forsta FROM (
                SELECT rad, min(rad) OVER (PARTITION BY {nyckel}) AS forsta FROM paket_{fil.namn}
                 WHERE {" AND ".join(f"{namn} IS NOT NULL" for namn in _sakra(fil))}
            ) r WHERE rad > forsta
        """)
        self._sql(
            fil, f"SELECT rad, '{fil.nyckel[0]}', '{_dubbel(fil)} finns redan på rad ' || forsta || '.' FROM dubbla"
        )
        self.cursor.execute(f"UPDATE paket_{fil.namn} s SET giltig = false FROM dubbla d WHERE d.rad = s.rad")
        self.cursor.execute("DROP TABLE dubbla")

    def _referens(self, fil: Fil, kolumn: Kolumn) -> None:
        till = filer()[kolumn.fil]
        nyckel = till.nyckel[0]
        bort = f"EXISTS (SELECT FROM (SELECT s.{kolumn.namn} AS {nyckel}) l WHERE {borttagen(till, 'l')})"
        self._sql(
            fil,
            f"""SELECT s.rad, '{kolumn.namn}', CASE WHEN {bort}
                       THEN 'Raden tas bort i borttag.csv i samma paket, men behövs här.'
                       ELSE 'Finns varken i paketets {till.namn} eller bland det som redan är inläst. Rätta id:t eller'
                         || ' lägg till raden i {till.namn}.csv.' END
                  FROM paket_{fil.namn} s
                 WHERE s.{kolumn.namn} IS NOT NULL
                   AND NOT EXISTS (SELECT FROM paket_{till.namn} p WHERE p.{nyckel} = s.{kolumn.namn})
                   AND (NOT EXISTS (SELECT FROM {till.tabell} g WHERE g.nyckel = s.{kolumn.namn}) OR {bort})""",
        )

    def _borttag(self, fil: Fil) -> None:
        """What is to be taken back must be stored, and not be needed by others."""
        if not fil.kan_tas_bort:
            return
        lika = _samma_som_i_borttag(fil, "l")
        ur = f"FROM paket_{BORTTAG} s WHERE s.giltig AND s.fil = '{fil.namn}'"
        borttag = alla_filer()[BORTTAG]
        self._sql(
            borttag,
            f"""SELECT s.rad, 'id', 'Raden finns inte bland det som är inläst i {fil.namn}, så den kan inte tas bort.'
                  {ur} AND NOT EXISTS (SELECT FROM ({lagrade(fil)}) l WHERE {lika})""",
        )
        for annan in filer().values():
            for kolumn in annan.referenser:
                if kolumn.fil == fil.namn:
                    self._har_kvar(borttag, ur, annan, kolumn)

    def _tvetydig(self, fil: Fil) -> None:
        self._sql(
            alla_filer()[BORTTAG],
            f"""SELECT s.rad, 'id', 'Raden finns också i {fil.namn} i samma paket (rad ' || min(p.rad)
                       || '). Ta bort den ur det ena.'
                  FROM paket_{BORTTAG} s JOIN paket_{fil.namn} p ON {_samma_som_i_borttag(fil, "p")}
                 WHERE s.giltig AND s.fil = '{fil.namn}' GROUP BY s.rad""",
        )

    def _har_kvar(self, borttag: Fil, ur: str, annan: Fil, kolumn: Kolumn) -> None:
        self._sql(
            borttag,
            f"""SELECT s.rad, 'id', 'Raden har {annan.namn} kvar. Ta tillbaka dem också i borttag.csv.'
                  {ur} AND EXISTS (
                      SELECT FROM ({lagrade(annan)}) l WHERE l.{kolumn.namn} = s.id AND NOT {borttagen(annan, "l")}
                         AND NOT EXISTS (SELECT FROM paket_{annan.namn} p WHERE {samma_nyckel(annan, "p", "l")}))""",
        )

    def _sql(self, fil: Fil, sql: str) -> None:
        """Run a check and tell of what it finds, with the value that the file has in the column."""
        varden = " ".join(f"WHEN '{k.namn}' THEN {k.typ.skriv(f's.{k.namn}')}" for k in fil.kolumner)
        self.cursor.execute(f"""
            SELECT f.rad, f.kolumn, f.text, CASE f.kolumn {varden} END, count(*) OVER ()
              FROM ({sql}) f(rad, kolumn, text) LEFT JOIN paket_{fil.namn} s ON s.rad = f.rad
             ORDER BY f.rad LIMIT {VISAS}
        """)
        fynd = self.cursor.fetchall()
        overskott = fynd[0][4] - len(fynd) if fynd else 0
        for nummer, (rad, kolumn, text, varde, _) in enumerate(fynd):
            visat = fil.kolumn(kolumn).typ.visa(varde or "") if varde else ""
            antal = 1 + overskott if nummer == len(fynd) - 1 else 1
            self.fel.lagg(self.visas[fil.namn], rad, kolumn, visat, text, antal=antal)

    def _lagg(self, fil: Fil, fynd: Iterable[Fynd]) -> None:
        for rad, kolumn, text in fynd:
            self.cursor.execute(
                f"SELECT {fil.kolumn(kolumn).typ.skriv(f's.{kolumn}')} FROM paket_{fil.namn} s WHERE s.rad = %s", [rad]
            )
            traff = self.cursor.fetchone()
            self.fel.lagg(self.visas[fil.namn], rad, kolumn, str(traff[0]) if traff else "", text)


def _samma_som_i_borttag(fil: Fil, rad: str) -> str:
    """SQL: a row of the file is the one that a row of borttag (s) names."""
    par = zip(("id", "datum"), fil.kan_tas_bort, strict=False)
    return " AND ".join(f"{rad}.{kolumn} = s.{i_borttag}" for i_borttag, kolumn in par)


def _sakra(fil: Fil) -> list[str]:
    """Key columns that every row has; a faulty row may lack them."""
    return [namn for namn in fil.nyckel if fil.kolumn(namn).kravs]


def _dubbel(fil: Fil) -> str:
    return "Samma id" if len(fil.nyckel) == 1 else f"Samma rad ({', '.join(fil.nyckel)})"
