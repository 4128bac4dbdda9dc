"""The national deliveries counted anew: who was in, person by person and beslut by beslut, in plain loops."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from beslut.models import Beslut
from uppfoljning.models import Leverans, Leveransrad
from utforare.models import Uppehall, Verkstallighet

DAG = timedelta(days=1)


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure, and every cell of every table, by the table's key."""
    ar = int(urval["ar"])
    vantas = [ett for ett in _vantas(ar) if ett[1] < idag]
    per_dag = min(date(ar, 12, 31), idag)
    leveranser = list(Leverans.objects.filter(status="lamnad").values("pk", "slag", "dag", "omgang", "lamnad", "antal"))
    rader, i_tid, raknade, saknas = [], 0, 0, 0
    for slag, dag, namn, avser, senast in vantas:
        egna = sorted(
            (ett for ett in leveranser if (ett["slag"], ett["dag"]) == (slag, dag)), key=lambda e: e["omgang"]
        )
        rader.append((namn, avser, senast, egna[0]["lamnad"] if egna else None, egna[-1]["antal"] if egna else None))
        raknade += bool(egna) or senast < per_dag
        i_tid += bool(egna) and egna[0]["lamnad"] <= senast
        saknas += not egna and senast < per_dag
    svar: dict[str, object] = {"leveranser_i_tid": (i_tid, raknade), "leveranser_saknas": saknas, "leveranser": rader}
    lss = [ett for ett in leveranser if (ett["slag"], ett["dag"]) == ("lss", date(ar, 10, 1))]
    if lss:
        pk = max(lss, key=lambda ett: ett["omgang"])["pk"]
        svar["leveranser_lss_personer"] = len(
            set(Leveransrad.objects.filter(leverans=pk).values_list("person", flat=True))
        )
    if ar == idag.year:
        svar["leveranser_skiljer"] = sum(
            skiljer(slag, leveranser) for slag in ("lss", "sol_pagaende", "sol_forandrade")
        )
    return svar


def skiljer(slag: str, leveranser: list[dict[str, Any]]) -> int:
    """Rows of the last delivery that are not what the loops below find today: by what stands first in each."""
    alla = [ett for ett in leveranser if ett["slag"] == slag]
    if not alla:
        return 0
    sista = max(alla, key=lambda ett: (ett["dag"], ett["omgang"]))
    da = dict(Leveransrad.objects.filter(leverans=sista["pk"]).values_list("nyckel", "varden"))
    if slag == "lss":
        kolumn = ["LSS-2", "LSS-3", "LSS-4", "LSS-5", "LSS-6", "LSS-7"]
        nu = {
            nyckel: [str(krets), *(str(int(ett in insatser)) for ett in (*kolumn, "LSS-10"))]
            for nyckel, (krets, insatser) in lss(sista["dag"]).items()
        }
        da = {nyckel: [*varden[1:8], varden[-1]] for nyckel, varden in da.items()}
    elif slag == "sol_pagaende":
        nu = {nyckel: [insats.removeprefix("SOL-")] for nyckel, insats in sol(sista["dag"]).items()}
        da = {nyckel: [varden[2]] for nyckel, varden in da.items()}
    else:
        par = sol_andrat(sista["dag"].replace(day=1), sista["dag"])
        nu = {nyckel: [str(int(ett)) for ett in borjade_slutade] for nyckel, borjade_slutade in par.items()}
        da = {nyckel: varden[-3:-1] for nyckel, varden in da.items()}
    return sum(da.get(nyckel) != nu.get(nyckel) for nyckel in da.keys() | nu.keys())


def _vantas(ar: int) -> Iterator[tuple[str, date, str, str, date]]:
    yield "lss", date(ar, 10, 1), "LSS-statistik den 1 oktober", f"1\xa0oktober {ar}", date(ar, 10, 25)
    namnen = "januari februari mars april maj juni juli augusti september oktober november december"
    for manad, namn in enumerate(namnen.split(" "), 1):
        nasta = date(ar + manad // 12, manad % 12 + 1, 1)
        for slag, text in (
            ("sol_pagaende", "SoL, pågående beslut (bilaga 1)"),
            ("sol_forandrade", "SoL, började eller slutade (bilaga 2)"),
        ):
            yield slag, nasta - DAG, text, f"{namn} {ar}", nasta.replace(day=15)


def lss(dag: date) -> dict[str, tuple[int | None, frozenset[str]]]:
    """By the person's key: personkrets, and the insatser that are decided and carried out on the day."""
    vilar = {
        verk
        for verk, fran, till in Uppehall.objects.values_list("verkstallighet", "fran", "till")
        if fran <= dag and (till is None or dag < till)
    }
    utfors = {
        beslut
        for pk, beslut, fran, till in Verkstallighet.objects.values_list("pk", "beslut", "fran", "till")
        if fran <= dag and (till is None or dag < till) and pk not in vilar
    }
    svar: dict[str, tuple[int | None, frozenset[str]]] = {}
    falt = ("pk", "insats", "utfall", "fran", "till", "person__nyckel", "person__personkrets", "person__avliden")
    for pk, insats, utfall, fran, till, nyckel, krets, avliden in Beslut.objects.values_list(*falt):
        if not insats.startswith("LSS-") or utfall == "avslag" or pk not in utfors:
            continue
        if fran <= dag and (till is None or dag < till) and (avliden is None or avliden >= dag):
            svar[nyckel] = (krets, svar.get(nyckel, (krets, frozenset()))[1] | {insats})
    return svar


def sol(dag: date) -> dict[str, str]:
    """Insats by the key of each beslut that holds on the day."""
    falt = ("nyckel", "insats", "utfall", "fran", "till", "person__avliden")
    return {
        nyckel: insats
        for nyckel, insats, utfall, fran, till, avliden in Beslut.objects.values_list(*falt)
        if insats.startswith("SOL-") and utfall != "avslag" and fran <= dag
        if (till is None or dag < till) and (avliden is None or avliden >= dag)
    }


def sol_andrat(fran_dag: date, sista: date) -> dict[str, tuple[bool, bool]]:
    """Whether it began, whether it ended, by the key of each beslut that did in those days."""
    svar = {}
    falt = ("nyckel", "insats", "utfall", "fran", "till", "person__avliden")
    for nyckel, insats, utfall, fran, till, avliden in Beslut.objects.values_list(*falt):
        if not insats.startswith("SOL-") or utfall == "avslag":
            continue
        slut = min([ett for ett in (till and till - DAG, avliden) if ett], default=date.max)
        if slut < fran:
            continue
        par = (fran_dag <= fran <= sista, fran_dag <= slut <= sista)
        if any(par):
            svar[nyckel] = par
    return svar
