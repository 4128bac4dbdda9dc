"""Random price lists, time bands and avtal."""

from datetime import date, datetime, timedelta

from .slump_grund import BAND, BOENDE, DAGLIGT, NIVAER, OMFATTNINGAR, Slump, midnatt
from .tid import EN_DAG

MODELLER = ["dygn", "narvaro", "manad", "utford_tid", "bestalld_tid"]
TRAPPOR = [
    "",
    "1-14:100,15-30:50",
    "1-2:100,3-:25",
    "1-3:66.67,4-4:33.33,5-:0",
    "1-:12.5",
    "1-1:0,2-5:100",
    "1-7:80, 8-10:7.25, 11-:1",
]
ORSAKSLISTOR = ["", "", "", "", "avliden", "avliden, egen_begaran", "flytt,byte_utforare,arbete", "beslut_upphor"]
GRANSER = ["", "0:deltid 1,180:halvtid,360:heltid", "0:Östra,1:12-18 h,300:heltid", "0:heltid"]


def skapa_prislistor(s: Slump) -> None:
    for _ in range(s.rnd.randint(2, 3)):
        prislista_id = s.lagg("prislistor", prislista_id=s.nytt_id("prislistor"), namn="Prislista Ö")
        skapa_tidsband(s, prislista_id)
        for insats in s.insatser:
            for enhet in ("dygn", "dag", "timme", "manad"):
                if s.chans(0.93):
                    skapa_priser(s, prislista_id, insats, enhet)


def skapa_tidsband(s: Slump, prislista_id: str) -> None:
    """Weekly rows on three priorities, calendar rows above them and beside them."""

    def vecka(band: str, prioritet: int, dag: int, fran: str, till: str) -> None:
        s.lagg(
            "tidsband",
            prislista_id=prislista_id,
            tidsband=band,
            prioritet=prioritet,
            veckodag=dag,
            fran_tid=fran,
            till_tid=till,
        )

    morgon, kvall, natt = (
        s.rnd.choice(["05:45", "06:00"]),
        s.rnd.choice(["17:30", "18:00"]),
        s.rnd.choice(["21:15", "22:00"]),
    )
    for dag in range(1, 8):
        vecka("natt", 1, dag, "00:00", morgon)
        if s.chans(0.5):
            vecka("dag", 1, dag, morgon, kvall)
        if s.chans(0.7):
            vecka("kväll", 1, dag, kvall, natt)
        vecka("natt", 1, dag, natt, "24:00")
    for dag in (6, 7):
        vecka("helg", 2, dag, s.rnd.choice(["00:00", "02:15", "03:00"]), "24:00")
    vecka("jour", 10, 2, "12:00", "13:00")
    skapa_storhelger(s, prislista_id)


def skapa_storhelger(s: Slump, prislista_id: str) -> None:
    def kalender(band: str, prioritet: int, fran: datetime, till: datetime) -> None:
        s.lagg(
            "tidsband",
            prislista_id=prislista_id,
            tidsband=band,
            prioritet=prioritet,
            fran_tidpunkt=s.tidpunkt(fran),
            till_tidpunkt=s.tidpunkt(till),
        )

    dag = s.rnd.choice(s.omstallningar or s.vandningar) if s.chans(0.6) else s.dag_i_perioden()
    fran = midnatt(dag) + timedelta(minutes=s.rnd.choice([0, 30, 90, 150, 150, 165, 210, 1080]))
    kalender("storhelg", 9, fran, fran + timedelta(minutes=s.rnd.choice([45, 60, 600, 2000])))
    tisdagsfri = s.dag(s.start, s.slut)
    if tisdagsfri.isoweekday() != 2:
        fran = midnatt(tisdagsfri) + timedelta(hours=8)
        kalender("jour", 10, fran, fran + timedelta(hours=4))


def skapa_priser(s: Slump, prislista_id: str, insats: str, enhet: str) -> None:
    """Rows of some of the eight specificities, each with its own steps in time."""
    former = [(niva, omfattning, band) for niva in (0, 1) for omfattning in (0, 1) for band in (0, 1)]
    valda = s.rnd.sample(former, s.rnd.randint(1, 4))
    if s.chans(0.6):
        valda = [(0, 0, 0), *valda]
    elif s.chans(0.4):
        valda = [(1, omfattning, band) for _, omfattning, band in valda]
    for niva, omfattning, band in sorted(set(valda)):
        for _ in range(1 + 2 * niva + omfattning + band):
            nyckel = {
                "prislista_id": prislista_id,
                "insats": insats,
                "niva": s.rnd.choice(NIVAER) if niva else "",
                "omfattning": s.rnd.choice(OMFATTNINGAR) if omfattning else "",
                "tidsband": s.rnd.choice(BAND) if band else "",
                "enhet": enhet,
            }
            lagg_prissteg(s, nyckel)


def lagg_prissteg(s: Slump, nyckel: dict[str, str]) -> None:
    kand = {rad["prislista_id"]: rad for rad in s.paket.rader("tidsband") if rad["tidsband"] == nyckel["tidsband"]}
    if nyckel["tidsband"] and nyckel["prislista_id"] not in kand:
        return
    detta = tuple(nyckel.values())
    if any(vad[:6] == detta for vad in s.paket.filer["priser"]):
        return
    for fran, till in perioder(s, glapp=0.15):
        s.lagg("priser", **nyckel, belopp=belopp(s, nyckel["enhet"]), fran=fran, till=till or "")


def belopp(s: Slump, enhet: str) -> str:
    hela = s.rnd.randint(100, 900) * (40 if enhet == "manad" else 1)
    return s.tal(s.rnd.choice([f"{hela}", f"{hela}", f"{hela}.5", f"{hela}.{s.rnd.randint(10, 99)}", "0"]))


def perioder(s: Slump, glapp: float) -> list[tuple[date, date | None]]:
    """Consecutive periods with cuts inside the months, sometimes with days between them, the last often open."""
    fran = s.start - timedelta(days=s.rnd.choice([40, 400, 900]))
    perioder: list[tuple[date, date | None]] = []
    for snitt in sorted({s.dag_i_perioden() for _ in range(s.rnd.choice([0, 1, 1, 2]))}):
        perioder.append((fran, snitt))
        fran = snitt + EN_DAG + timedelta(days=s.rnd.randint(1, 20) if s.chans(glapp) else 0)
    if not perioder or s.chans(1 - glapp):
        perioder.append((fran, None if s.chans(0.8) else max(fran, s.slut)))
    giltiga: list[tuple[date, date | None]] = []
    for fran, till in perioder:
        if not giltiga or (giltiga[-1][1] is not None and giltiga[-1][1] < fran <= (till or fran)):
            giltiga.append((fran, till))
    return giltiga


def vald_modell(s: Slump, insats: str) -> str:
    vikter = [1, 1, 1, 1, 1]
    trolig = {"B": [12, 1, 3, 1, 1], "D": [1, 12, 3, 1, 1], "T": [1, 1, 1, 14, 5]}
    slag = "B" if insats in BOENDE else "D" if insats in DAGLIGT else "T"
    return s.rnd.choices(MODELLER, [a + b for a, b in zip(vikter, trolig[slag], strict=True)])[0]


def avtalsvillkor(s: Slump, insats: str) -> dict[str, str]:
    modell = vald_modell(s, insats)
    val = s.rnd.choice
    villkor = {
        "modell": modell,
        "prislista_id": val(s.paket.rader("prislistor"))["prislista_id"],
        "franvaro": val(TRAPPOR),
        "omfattning_granser": val(GRANSER) if modell == "narvaro" or s.chans(0.1) else "",
        "niva_fran": val(["", "fran", "godkand"]),
        "avslut_dagar": val(["", "0", "3", "12", "20", "45", "45"]),
        "avslut_orsaker": val(ORSAKSLISTOR),
    }
    if modell == "utford_tid" or s.chans(0.25):
        villkor |= {
            "bomtid_varsel_timmar": s.tal(val(["", "24", "24", "24", "2.5", "0", "48"])),
            "bomtid_andel": s.tal(val(["", "0", "0.5", "0.5", "0.75", "0.3333", "1"])),
            "bomtid_tak_andel": s.tal(val(["", "0.3", "0.05", "0.02", "0"])),
            "tak_andel_av_bestallt": s.tal(val(["", "", "1", "0.9", "0.25", "0.055", "0"])),
            "avrundning_minuter": val(["", "1", "5", "15", "30", "60", "7"]),
        }
    return villkor


def skapa_avtal(s: Slump) -> None:
    """Several avtal in sequence, of different models, with gaps; not every utförare has every insats."""
    for utforare in s.paket.rader("utforare"):
        for insats in s.insatser:
            if s.chans(0.75):
                lagg_avtal(s, utforare["utforare_id"], insats, "")


def lagg_avtal(s: Slump, utforare_id: str, insats: str, person_id: str) -> None:
    form = "individavtal" if person_id else s.rnd.choice(["egenregi", "lov", "ramavtal"])
    for fran, till in perioder(s, glapp=0.25):
        s.lagg(
            "avtal",
            avtal_id=s.nytt_id("avtal"),
            utforare_id=utforare_id,
            insats=insats,
            avtalsform=form,
            person_id=person_id,
            fran=fran,
            till=till or "",
            **avtalsvillkor(s, insats),
        )
