"""DATAPAKET: a package as text, file by file and key by key, and how a later package updates an earlier one."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

Rad = dict[str, str]
Nyckel = tuple[str, ...]

KOLUMNER = {
    "utforare": "utforare_id namn organisationsnummer regi",
    "enheter": "enhet_id utforare_id namn platser",
    "prislistor": "prislista_id namn",
    "priser": "prislista_id insats niva omfattning tidsband enhet belopp fran till",
    "tidsband": "prislista_id tidsband prioritet veckodag fran_tid till_tid fran_tidpunkt till_tidpunkt",
    "avtal": "avtal_id utforare_id insats avtalsform person_id prislista_id modell fran till franvaro"
    " omfattning_granser niva_fran avslut_dagar avslut_orsaker bomtid_varsel_timmar bomtid_andel bomtid_tak_andel"
    " tak_andel_av_bestallt avrundning_minuter",
    "personer": "person_id personnummer fornamn efternamn personkrets skyddad avliden",
    "beslut": "beslut_id person_id insats lagrum utfall ansokan beslutsdatum fran till omfattning omfattning_enhet"
    " uppfoljning",
    "verkstalligheter": "verkstallighet_id beslut_id enhet_id bestalld omfattning bestallt_antal bestallt_enhet fran"
    " till slutorsak",
    "nivabedomningar": "nivabedomning_id person_id insats niva fran status bedomd_av godkand_av godkand",
    "narvaro": "verkstallighet_id datum kod omfattning minuter orsak",
    "besok": "besok_id verkstallighet_id planerad_start planerad_slut utford_start utford_slut avbokad avbokad_av orsak"
    " registrering",
    "anstallningar": "anstallning_id person_id arbetsgivare fran till sysselsattningsgrad anstallningsform",
    "bonusregler": "regel_id belopp tidigast_manader senast_manader kvalificering_manader andel_vid_start"
    " anstallningsformer minst_sysselsattningsgrad arstak fran till",
    "borttag": "fil id datum",
}

# What makes a row the same row in a later package. A file not named here is keyed by its first column.
NYCKLAR = {
    "priser": "prislista_id insats niva omfattning tidsband enhet fran",
    "tidsband": KOLUMNER["tidsband"],
    "narvaro": "verkstallighet_id datum",
    "borttag": KOLUMNER["borttag"],
}


def kolumner(fil: str) -> list[str]:
    return KOLUMNER[fil].split()


def nyckel(fil: str, rad: Rad) -> Nyckel:
    namn = NYCKLAR.get(fil, kolumner(fil)[0]).split()
    return tuple(rad[kolumn] for kolumn in namn)


@dataclass
class Paket:
    """Rows as they were written. `filer["besok"][("K1",)]["avbokad_av"]` is a text, empty when not given."""

    filer: dict[str, dict[Nyckel, Rad]] = field(default_factory=lambda: {fil: {} for fil in KOLUMNER})

    def rader(self, fil: str) -> list[Rad]:
        return list(self.filer[fil].values())

    def lagg(self, fil: str, rad: Rad) -> None:
        self.filer[fil][nyckel(fil, rad)] = rad


def las_paket(mapp: Path | str) -> Paket:
    """DATAPAKET general rules: UTF-8 with or without BOM, `;`, free column order, a file may be left out."""
    paket = Paket()
    for sokvag in sorted(Path(mapp).glob("*.csv")):
        fil = sokvag.stem
        if fil not in KOLUMNER:
            raise ValueError(f"okänd fil {sokvag.name}")
        with sokvag.open(encoding="utf-8-sig", newline="") as oppen:
            lasare = csv.DictReader(oppen, delimiter=";", strict=True)
            okanda = set(lasare.fieldnames or []) - set(kolumner(fil))
            if okanda:
                raise ValueError(f"okända kolumner i {sokvag.name}: {sorted(okanda)}")
            for rad in lasare:
                paket.lagg(fil, {kolumn: (rad.get(kolumn) or "").strip() for kolumn in kolumner(fil)})
    return paket


def uppdatera(paket: Paket, nytt: Paket) -> None:
    """DATAPAKET: a row whose key exists updates it, nothing is deleted by absence, borttag.csv takes rows back."""
    for fil in KOLUMNER:
        if fil != "borttag":
            paket.filer[fil].update(nytt.filer[fil])
    for rad in nytt.rader("borttag"):
        vad = (rad["id"], rad["datum"]) if rad["fil"] == "narvaro" else (rad["id"],)
        del paket.filer[rad["fil"]][vad]


def skriv_paket(paket: Paket, mapp: Path | str) -> None:
    """The files that have rows, each with all its columns."""
    Path(mapp).mkdir(parents=True, exist_ok=True)
    for fil in KOLUMNER:
        if not paket.filer[fil]:
            continue
        with (Path(mapp) / f"{fil}.csv").open("w", encoding="utf-8", newline="") as oppen:
            skrivare = csv.DictWriter(oppen, kolumner(fil), delimiter=";", lineterminator="\n")
            skrivare.writeheader()
            skrivare.writerows(paket.rader(fil))
