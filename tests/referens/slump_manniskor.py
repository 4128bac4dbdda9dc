"""Random people: personer, beslut, verkställigheter, nivåer, anställningar and bonusregler."""

from datetime import date, timedelta

from .paket import Rad
from .slump_avtal import lagg_avtal
from .slump_grund import NIVAER, OMFATTNINGAR, Slump, kontrollsiffra
from .tid import EN_DAG, lagg_till_manader

SLUTORSAKER = ["flytt", "byte_utforare", "avliden", "beslut_upphor", "egen_begaran", "arbete", "annat"]
UTFALL = ["bifall"] * 8 + ["delvis"] * 2 + ["avslag"]
MANADER = [3, 6, 12]  # what bonusregler count in
BESTALLNINGAR = [
    ("", ""),
    ("2", "timmar_vecka"),
    ("3.5", "timmar_vecka"),
    ("10", "timmar_manad"),
    ("0.75", "timmar_manad"),
    ("31", "timmar_manad"),
    ("0", "timmar_vecka"),
    ("5", "dagar_vecka"),
    ("4", "dygn_manad"),
]


def skapa_manniskor(s: Slump) -> None:
    for _ in range(s.rnd.randint(10, 30)):
        person_id = skapa_person(s)
        for insats in sorted({*s.rnd.sample(s.insatser, s.rnd.choice([1, 1, 2])), *s.rnd.choice([["LSS-10"], []])}):
            if insats == "LSS-10" and s.paket.filer["personer"][(person_id,)]["personkrets"] not in {"1", "2"}:
                continue
            for _ in range(s.rnd.choice([1, 1, 1, 2])):
                skapa_beslut(s, person_id, insats)
            skapa_nivaer(s, person_id, insats)


def skapa_person(s: Slump) -> str:
    return s.lagg(
        "personer",
        person_id=s.nytt_id("personer"),
        personnummer=personnummer(s),
        fornamn=s.rnd.choice(["Åsa", "Örjan", "Zoë", "Bo;Ek"]),
        efternamn="Testsson",
        personkrets=s.rnd.choice(["1", "1", "2", "2", "3", ""]),
        skyddad=s.rnd.choice(["nej", "nej", "ja"]),
        avliden=s.dag_i_perioden() if s.chans(0.12) else "",
    )


def personnummer(s: Slump) -> str:
    """Test numbers only (födelsenummer 980–999), also samordningsnummer and reservnummer; each once."""
    while True:
        fodd = date(1940, 1, 1) + timedelta(days=s.rnd.randint(0, 25000))
        nio = f"{fodd:%y%m}{fodd.day + s.rnd.choice([0, 0, 0, 60]):02}{s.rnd.randint(980, 999)}"
        reserv = f"{fodd:%Y%m%d}-T{s.rnd.choice(['', 'F'])}{s.rnd.randint(10, 99)}"
        if reserv[10] != "F":
            reserv += str(s.rnd.randint(0, 9))
        nummer = s.rnd.choice([f"{fodd:%Y}"[:2] + nio + kontrollsiffra(nio)] * 5 + [reserv])
        if nummer not in s.anvanda["personnummer"]:
            s.anvanda["personnummer"].add(nummer)
            return nummer


def skapa_beslut(s: Slump, person_id: str, insats: str) -> None:
    fran = s.start - timedelta(days=s.rnd.randint(30, 500)) if s.chans(0.8) else s.dag_i_perioden()
    if insats == "LSS-10" and s.chans(0.5):
        fran = lagg_till_manader(s.dag_i_perioden(), -s.rnd.choice(MANADER))
    omfattning, enhet = s.rnd.choice(BESTALLNINGAR)
    beslut_id = s.lagg(
        "beslut",
        beslut_id=s.nytt_id("beslut"),
        person_id=person_id,
        insats=insats,
        lagrum="LSS" if insats.startswith("LSS") else "SoL",
        utfall=s.rnd.choice(UTFALL),
        beslutsdatum=fran - timedelta(days=s.rnd.choice([0, 5])),
        fran=fran,
        till=max(fran, s.dag_i_perioden()) if s.chans(0.25) else "",
        omfattning=s.tal(omfattning),
        omfattning_enhet=enhet,
    )
    skapa_verkstalligheter(s, beslut_id, fran)


def mojliga_enheter(s: Slump, insats: str) -> list[Rad]:
    """Enheter whose utförare has some avtal for the insats; sometimes any."""
    alla = s.paket.rader("enheter")
    med_avtal = {rad["utforare_id"] for rad in s.paket.rader("avtal") if rad["insats"] == insats}
    mojliga = [rad for rad in alla if rad["utforare_id"] in med_avtal]
    return mojliga if mojliga and s.chans(0.95) else alla


def skapa_verkstalligheter(s: Slump, beslut_id: str, tidigast: date) -> None:
    """One that goes on, or several: in sequence, with a gap at the same enhet, or overlapping."""
    beslut = s.paket.filer["beslut"][(beslut_id,)]
    enhet = s.rnd.choice(mojliga_enheter(s, beslut["insats"]))
    fran = tidigast + timedelta(days=s.rnd.choice([0, 0, 10, -3]))
    if s.chans(0.1):
        skapa_omsluten(s, beslut, enhet, fran)
        return
    for _ in range(s.rnd.choice([1, 1, 1, 2, 3])):
        till = max(fran, s.dag_i_perioden()) if s.chans(0.5) else None
        skapa_verkstallighet(s, beslut, enhet, fran, till)
        if s.chans(0.5):
            enhet = s.rnd.choice(mojliga_enheter(s, beslut["insats"]))
        if s.chans(0.1):
            continue
        if till is None:
            fran = s.dag_i_perioden()
        else:
            fran = max(till + timedelta(days=s.rnd.choice([-5, 0, 1, 2, 9, 31, 32])), fran)


def skapa_omsluten(s: Slump, beslut: Rad, enhet: Rad, fran: date) -> None:
    """One that began later and ended earlier than another: the latest fran has not the latest till."""
    till = max(fran + timedelta(days=20), s.dag_i_perioden())
    skapa_verkstallighet(s, beslut, enhet, fran, till)
    annan = s.rnd.choice(mojliga_enheter(s, beslut["insats"]))
    skapa_verkstallighet(s, beslut, annan, fran + timedelta(days=5), till - timedelta(days=s.rnd.choice([1, 5, 12])))


def skapa_verkstallighet(s: Slump, beslut: Rad, enhet: Rad, fran: date, till: date | None) -> None:
    antal, bestallt_enhet = s.rnd.choice(BESTALLNINGAR) if s.chans(0.5) else ("", "")
    s.lagg(
        "verkstalligheter",
        verkstallighet_id=s.nytt_id("verkstalligheter"),
        beslut_id=beslut["beslut_id"],
        enhet_id=enhet["enhet_id"],
        bestalld=fran,
        omfattning=s.rnd.choice(["", *OMFATTNINGAR]),
        bestallt_antal=s.tal(antal),
        bestallt_enhet=bestallt_enhet,
        fran=fran,
        till=till or "",
        slutorsak=s.rnd.choice(SLUTORSAKER) if till else "",
    )
    if s.chans(0.08) and enhet["utforare_id"]:
        skapa_individavtal(s, enhet["utforare_id"], beslut)


def skapa_individavtal(s: Slump, utforare_id: str, beslut: Rad) -> None:
    vem = (utforare_id, beslut["insats"], beslut["person_id"])
    if all((rad["utforare_id"], rad["insats"], rad["person_id"]) != vem for rad in s.paket.rader("avtal")):
        lagg_avtal(s, *vem)


def skapa_nivaer(s: Slump, person_id: str, insats: str) -> None:
    """Zero to four, some approved later than they count from, some ties on the same day to the very id."""
    fran = s.start - timedelta(days=200)
    for _ in range(s.rnd.choice([0, 1, 1, 2, 3, 4])):
        godkand = max(fran + timedelta(days=s.rnd.choice([-20, 0, 0, 10, 40])), s.start - timedelta(days=300))
        status = s.rnd.choice(["godkand"] * 5 + ["inskickad", "avvisad"])
        skapa_niva(s, person_id, insats, fran, status, godkand)
        if status == "godkand" and s.chans(0.25):
            skapa_niva(s, person_id, insats, fran, status, godkand)
        if s.chans(0.7):
            fran = s.rnd.choice([s.dag_i_perioden(), *slutdagar(s, person_id, insats)])


def slutdagar(s: Slump, person_id: str, insats: str) -> list[date]:
    """The last days of the person's verkställigheter, whose level the avslut is paid at (R30)."""
    beslut = {r["beslut_id"] for r in s.paket.rader("beslut") if (r["person_id"], r["insats"]) == (person_id, insats)}
    mina = [rad for rad in s.paket.rader("verkstalligheter") if rad["beslut_id"] in beslut and rad["till"]]
    return [date.fromisoformat(rad["till"]) for rad in mina]


def skapa_niva(s: Slump, person_id: str, insats: str, fran: date, status: str, godkand: date) -> None:
    s.lagg(
        "nivabedomningar",
        nivabedomning_id=s.nytt_id("nivabedomningar"),
        person_id=person_id,
        insats=insats,
        niva=s.rnd.choice(NIVAER),
        fran=fran,
        status=status,
        bedomd_av="anna",
        godkand_av="bo" if status == "godkand" else "",
        godkand=godkand if status == "godkand" else "",
    )


def skapa_bonusregler(s: Slump) -> None:
    if s.chans(0.5):
        skapa_trang_bonusregel(s)
    for _ in range(s.rnd.randint(1, 3)):
        fran = s.start - timedelta(days=s.rnd.choice([30, 700]))
        kvalificering = s.rnd.choice(["", "0", "1", "1", "2", "6"])
        s.lagg(
            "bonusregler",
            regel_id=s.nytt_id("bonusregler"),
            belopp=s.tal(s.rnd.choice(["30000", "10000.01", "12345.67"])),
            tidigast_manader=s.rnd.choice(["", "0", "3", "6", "6"]),
            senast_manader=s.rnd.choice(["", "12", "12"]),
            kvalificering_manader=kvalificering,
            andel_vid_start=s.tal(s.rnd.choice(["0.5", "0.3333", "0", "1"]) if kvalificering or s.chans(0.5) else ""),
            anstallningsformer=s.rnd.choice(["", "tillsvidare", "tillsvidare,visstid, lonebidrag"]),
            minst_sysselsattningsgrad=s.rnd.choice(["", "50"]),
            arstak=s.tal(s.rnd.choice(["", "15000", "20000.02", "25000", "30000", "32000", "45000.5"])),
            fran=fran,
            till=s.slut - timedelta(days=s.rnd.randint(0, 20)) if s.chans(0.3) else "",
        )


def skapa_trang_bonusregel(s: Slump) -> None:
    """A large rest that the årstak stops, and small starts that still fit after it (R50)."""
    s.lagg(
        "bonusregler",
        regel_id=s.nytt_id("bonusregler"),
        belopp="30000",
        kvalificering_manader="1",
        andel_vid_start=s.tal("0.1"),
        arstak="32000",
        fran=s.start - timedelta(days=400),
    )


def skapa_anstallningar(s: Slump) -> None:
    for rad in s.paket.rader("verkstalligheter"):
        beslut = s.paket.filer["beslut"][(rad["beslut_id"],)]
        if beslut["insats"] == "LSS-10" and s.chans(0.8):
            skapa_jobb(s, beslut["person_id"], jobbstart(s, rad))


def jobbstart(s: Slump, v: Rad) -> date:
    """A day on an edge of R50: after so many months, so many days after the end, or any day."""
    fran = date.fromisoformat(v["fran"])
    forsta = [dag for dag in s.vandningar if dag.day == 1]
    val = [s.dag_i_perioden(), s.rnd.choice(forsta), s.rnd.choice(forsta), lagg_till_manader(s.dag_i_perioden(), -1)]
    val += [lagg_till_manader(fran, s.rnd.choice(MANADER)) + timedelta(days=s.rnd.choice([-1, 0, 0, 1]))] * 2
    if v["till"]:
        val += [date.fromisoformat(v["till"]) + timedelta(days=s.rnd.choice([1, 31, 31, 32]))] * 2
    return s.rnd.choice(val)


def skapa_jobb(s: Slump, person_id: str, fran: date) -> None:
    """One anställning, or one that the next follows: without a gap, with a gap of a day, or overlapping."""
    for _ in range(s.rnd.choice([1, 1, 2, 3])):
        till = None
        if s.chans(0.5):
            slut = lagg_till_manader(fran, s.rnd.choice([1, 1, 2, 6]))
            till = max(fran, slut + timedelta(days=s.rnd.choice([-1, 0, 0, -12])))
        s.lagg(
            "anstallningar",
            anstallning_id=s.nytt_id("anstallningar"),
            person_id=person_id,
            arbetsgivare="Livs & Söner; AB",
            fran=fran,
            till=till or "",
            sysselsattningsgrad=s.rnd.choice(["50", "49", "75", "100"]),
            anstallningsform=s.rnd.choice(["tillsvidare"] * 4 + ["visstid", "lonebidrag", "praktik"]),
        )
        if till is None:
            return
        fran = till + EN_DAG + timedelta(days=s.rnd.choice([0, 0, 0, 1, -3]))
