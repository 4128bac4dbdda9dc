"""A small valid package, and ways to write it as the three kinds of package."""

import zipfile
from pathlib import Path

from openpyxl import Workbook

BAS = {
    "utforare": """\
utforare_id;namn;organisationsnummer;regi
U1;Omsorg AB;5566002373;privat
""",
    "enheter": """\
enhet_id;utforare_id;namn;platser
E1;U1;Björken;6
E2;U1;Eken;
""",
    "prislistor": """\
prislista_id;namn
PL;Priser
""",
    "tidsband": """\
prislista_id;tidsband;prioritet;veckodag;fran_tid;till_tid;fran_tidpunkt;till_tidpunkt
PL;natt;1;1;22:00;24:00;;
PL;natt;1;2;00:00;06:00;;
PL;storhelg;2;;;;2026-04-02T18:00;2026-04-07T07:00
""",
    "priser": """\
prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till
PL;LSS-10;3;heltid;;dag;1164;2026-01-01;2026-06-30
PL;LSS-10;3;heltid;;dag;1200,50;2026-07-01;
PL;LSS-3;;;natt;timme;600;2026-01-01;
""",
    "avtal": """\
avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till;franvaro;omfattning_granser;avslut_orsaker
A1;U1;LSS-10;lov;;PL;narvaro;2026-01-01;2026-06-30;1-14:100,15-:50;0:deltid,360:heltid;flytt, avliden
A2;U1;LSS-10;lov;;PL;narvaro;2026-07-01;;;;
A3;U1;LSS-10;individavtal;P1;PL;narvaro;2026-01-01;;;;
""",
    "personer": """\
person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden
P1;199002029818;Anna;Ek;1;nej;
P2;199003039824;Bo;"Ask; Gran";3;ja;
""",
    "beslut": """\
beslut_id;person_id;insats;lagrum;utfall;ansokan;beslutsdatum;fran;till;omfattning;omfattning_enhet;uppfoljning
B1;P1;LSS-10;LSS;bifall;;2026-01-01;2026-01-01;;;;
B2;P2;LSS-3;LSS;bifall;;2026-01-01;2026-01-01;;10,5;timmar_manad;
B3;P2;LSS-10;LSS;avslag;;2026-01-01;;;;;
""",
    "verkstalligheter": """\
verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;bestallt_antal;bestallt_enhet;fran;till;slutorsak
V1;B1;E1;2026-01-01;heltid;;;2026-01-01;;
V2;B2;E2;2026-01-01;;8;timmar_manad;2026-01-01;2026-12-31;flytt
""",
    "nivabedomningar": """\
nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand
N1;P1;LSS-10;3;2026-01-01;godkand;Karin;Gunnel;2026-01-02
""",
    "narvaro": """\
verkstallighet_id;datum;kod;omfattning;minuter;orsak
V1;2026-03-02;N;heltid;;
V1;2026-03-03;N;;240;
V1;2026-03-04;F;;;sjuk
""",
    "besok": """\
besok_id;verkstallighet_id;planerad_start;planerad_slut;utford_start;utford_slut;avbokad;avbokad_av;orsak;registrering
K1;V2;2026-03-02T08:00;2026-03-02T09:00;2026-03-02T08:05;2026-03-02T09:00;;;;pa_plats
K2;V2;2026-10-25T02:30;2026-10-25T02:30+01:00;;;;brukare;sjuk;
""",
    "anstallningar": """\
anstallning_id;person_id;arbetsgivare;fran;till;sysselsattningsgrad;anstallningsform
J1;P1;Livs AB;2026-05-01;;75;tillsvidare
""",
    "bonusregler": """\
regel_id;belopp;tidigast_manader;senast_manader;kvalificering_manader;andel_vid_start;anstallningsformer;minst_sysselsattningsgrad;arstak;fran;till
R1;30000;6;12;6;0,5;tillsvidare,visstid;50;200000;2026-01-01;
""",
}

Filer = dict[str, str]


def skriv(mapp: Path, filer: Filer) -> Path:
    """The files as a folder; a name without ending is a .csv."""
    mapp.mkdir(parents=True, exist_ok=True)
    for namn, text in filer.items():
        (mapp / (namn if "." in namn else f"{namn}.csv")).write_bytes(text.encode("utf-8", "surrogateescape"))
    return mapp


def skriv_zip(till: Path, filer: Filer, mapp: str = "") -> Path:
    with zipfile.ZipFile(till, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for namn, text in filer.items():
            arkiv.writestr(f"{mapp}{namn}.csv", text)
    return till


def skriv_xlsx(till: Path, filer: Filer) -> Path:
    """Every cell as text, as a system that knows no types would write it."""
    bok = Workbook()
    bok.remove(bok.worksheets[0])
    for namn, text in filer.items():
        blad = bok.create_sheet(namn)
        for rad in text.splitlines():
            blad.append(rad.replace('"Ask; Gran"', "Ask").split(";"))
    bok.save(till)
    return till


def med(**filer: str) -> Filer:
    """The small package with some files exchanged or added."""
    return {**BAS, **filer}


def bytt(fil: str, fran: str, till: str) -> Filer:
    """The small package with one text exchanged in one file."""
    assert fran in BAS[fil], (fil, fran)
    return med(**{fil: BAS[fil].replace(fran, till, 1)})
