"""A package with a person under each of the five models, all with prices by level; April 2026 has been reported."""

from datetime import date, timedelta

MODELLER = {
    "dygn": ("LSS-9", "dygn", ""),
    "narvaro": ("LSS-10", "dag", "heltid"),
    "manad": ("LSS-4", "manad", ""),
    "utford_tid": ("LSS-3", "timme", ""),
    "bestalld_tid": ("LSS-2", "timme", ""),
}
PRIS = {"1": 100, "2": 200, "3": 300}
_BAND = {"utford_tid": ("", "natt")}
_PERSONNUMMER = ("198802029812", "198803039828", "198804049834", "199002029818", "199003039824")


def paketet() -> dict[str, str]:
    """The files by name."""
    nycklar = list(enumerate(MODELLER.items(), 1))
    return {
        "utforare": "utforare_id;namn;organisationsnummer;regi\nU;Eken AB;5566002373;privat\n",
        "enheter": "enhet_id;utforare_id;namn;platser\nE;U;Eken;6\n",
        "prislistor": "prislista_id;namn\nPL;Priser\n",
        "tidsband": "prislista_id;tidsband;prioritet;veckodag;fran_tid;till_tid\n"
        + "".join(f"PL;natt;1;{dag};18:00;24:00\n" for dag in range(1, 8)),
        "priser": "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
        + "".join(
            f"PL;{insats};{niva};{oms};{band};{enhet};{pris + (50 if band else 0)};2025-01-01;\n"
            for _, (modell, (insats, enhet, oms)) in nycklar
            for band in _BAND.get(modell, ("",))
            for niva, pris in PRIS.items()
        ),
        "avtal": "avtal_id;utforare_id;insats;avtalsform;prislista_id;modell;fran;till;franvaro;tak_andel_av_bestallt\n"
        + "".join(f"A{nr};U;{insats};lov;PL;{modell};2025-01-01;;;\n" for nr, (modell, (insats, _, _)) in nycklar),
        "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad\n"
        + "".join(f"P-{modell};{_PERSONNUMMER[nr - 1]};Test{nr};Exempel;1;nej\n" for nr, (modell, _) in nycklar),
        "beslut": "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n"
        + "".join(
            f"B{nr};P-{modell};{insats};LSS;bifall;2026-01-01;2026-01-01;;{_omfattning(enhet)}\n"
            for nr, (modell, (insats, enhet, _)) in nycklar
        ),
        "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;omfattning;fran;till;slutorsak\n"
        + "".join(f"V{nr};B{nr};E;{oms};2026-01-01;;\n" for nr, (_, (_, _, oms)) in nycklar),
        "nivabedomningar": "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n"
        + "".join(
            f"N{nr};P-{modell};{insats};1;2026-01-01;godkand;anna;bo;2026-01-01\n"
            for nr, (modell, (insats, _, _)) in nycklar
        ),
        "narvaro": "verkstallighet_id;datum;kod\n" + "".join(_narvaro()),
        "besok": "besok_id;verkstallighet_id;utford_start;utford_slut\n" + "".join(_besok()),
    }


def _omfattning(enhet: str) -> str:
    return "40;timmar_manad" if enhet == "timme" else ";"


def _dagar() -> list[date]:
    """January to April 2026."""
    return [date(2026, 1, 1) + timedelta(days=nummer) for nummer in range(120)]


def _narvaro() -> list[str]:
    """Four days of five at the daily activity, and a night away from the group home in the middle of each month."""
    verk = {modell: f"V{nummer}" for nummer, modell in enumerate(MODELLER, 1)}
    hemma = [f"{verk['dygn']};{dag};F\n" for dag in _dagar() if dag.day == 15]
    return hemma + [f"{verk['narvaro']};{dag};N\n" for dag in _dagar() if dag.isoweekday() <= 4]


def _besok() -> list[str]:
    """Each Monday an hour by day, each Friday an hour by day and one by night."""
    rader, verk = [], f"V{list(MODELLER).index('utford_tid') + 1}"
    for dag in _dagar():
        for timme in {1: (10,), 5: (17, 18)}.get(dag.isoweekday(), ()):
            rader.append(f"K{len(rader)};{verk};{dag}T{timme}:00;{dag}T{timme + 1}:00\n")
    return rader
