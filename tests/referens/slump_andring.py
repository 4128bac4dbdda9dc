"""Random changes to a municipality: what daily life does to data that a month was already calculated from."""

from collections.abc import Callable
from datetime import date, timedelta

from .paket import Nyckel, Rad, nyckel
from .slump_avtal import avtalsvillkor, belopp, skapa_priser
from .slump_grund import NIVAER, OMFATTNINGAR, Slump, midnatt
from .slump_manniskor import (
    BESTALLNINGAR,
    SLUTORSAKER,
    UTFALL,
    jobbstart,
    skapa_anstallningar,
    skapa_beslut,
    skapa_jobb,
    skapa_nivaer,
    skapa_person,
    skapa_verkstalligheter,
)
from .slump_tid import besoksstart, dagar_for, lagg_besok, lagg_narvaro, skapa_besok, skapa_narvaro
from .tid import dag_for, las_tidpunkt


def nagra(s: Slump, fil: str, antal: int = 1) -> list[Rad]:
    rader = s.paket.rader(fil)
    return s.rnd.sample(rader, min(antal, len(rader)))


def andra(s: Slump, fil: str, rad: Rad, **nytt: object) -> None:
    s.paket.lagg(fil, rad | {kolumn: str(varde) for kolumn, varde in nytt.items()})


def ta_bort(s: Slump, fil: str, rad: Rad) -> None:
    del s.paket.filer[fil][nyckel(fil, rad)]


def sen_narvaro(s: Slump) -> None:
    """Days that came late, and days that turn out to be something else."""
    for v in nagra(s, "verkstalligheter", 2):
        dagar = dagar_for(s, v)
        for dag in s.rnd.sample(dagar, min(6, len(dagar))):
            lagg_narvaro(s, v["verkstallighet_id"], dag, s.rnd.choice("NF"))


def andrad_narvaro(s: Slump) -> None:
    for rad in nagra(s, "narvaro", 6):
        lagg_narvaro(s, rad["verkstallighet_id"], date.fromisoformat(rad["datum"]), s.rnd.choice("NF"))


def borttagen_narvaro(s: Slump) -> None:
    for rad in nagra(s, "narvaro", 4):
        ta_bort(s, "narvaro", rad)


def andrade_besok(s: Slump) -> None:
    """The same besok_id with other times, or carried out instead of cancelled."""
    for rad in nagra(s, "besok", 3):
        v = s.paket.filer["verkstalligheter"][(rad["verkstallighet_id"],)]
        lagg_besok(s, v, besoksstart(s, v), besok_id=rad["besok_id"])


def nya_besok(s: Slump) -> None:
    for v in nagra(s, "verkstalligheter", 3):
        if dagar_for(s, v):
            lagg_besok(s, v, besoksstart(s, v))


def borttagna_besok(s: Slump) -> None:
    for rad in nagra(s, "besok", 2):
        ta_bort(s, "besok", rad)


def andrade_nivaer(s: Slump) -> None:
    for rad in nagra(s, "nivabedomningar", 2):
        if rad["status"] == "inskickad":
            andra(s, "nivabedomningar", rad, status="godkand", godkand_av="cia", godkand=s.dag_i_perioden())
        else:
            andra(s, "nivabedomningar", rad, niva=s.rnd.choice(NIVAER), fran=s.dag_i_perioden())


def nya_nivaer(s: Slump) -> None:
    for rad in nagra(s, "beslut"):
        skapa_nivaer(s, rad["person_id"], rad["insats"])


def borttagna_nivaer(s: Slump) -> None:
    for rad in nagra(s, "nivabedomningar", 2):
        ta_bort(s, "nivabedomningar", rad)


def andrade_priser(s: Slump) -> None:
    for rad in nagra(s, "priser", 4):
        andra(s, "priser", rad, belopp=belopp(s, rad["enhet"]))


def andrade_prisslut(s: Slump) -> None:
    for rad in nagra(s, "priser", 3):
        andra(s, "priser", rad, till=s.rnd.choice(["", s.dag_i_perioden()]))


def nya_priser(s: Slump) -> None:
    for rad in nagra(s, "priser"):
        skapa_priser(s, rad["prislista_id"], rad["insats"], rad["enhet"])


def andrade_beslut(s: Slump) -> None:
    for rad in nagra(s, "beslut"):
        omfattning, enhet = s.rnd.choice(BESTALLNINGAR)
        nytt: dict[str, object] = s.rnd.choice(
            [
                {"till": ""},
                {"till": s.dag_i_perioden()},
                {"utfall": s.rnd.choice(UTFALL)},
                {"omfattning": s.tal(omfattning), "omfattning_enhet": enhet},
            ]
        )
        andra(s, "beslut", rad, **nytt)


def flyttade_slut(s: Slump) -> None:
    """A verkställighet goes on longer, or ended earlier; what then falls outside is taken back with it."""
    for rad in nagra(s, "verkstalligheter"):
        till = s.rnd.choice(["", max(rad["fran"], s.dag_i_perioden().isoformat())])
        andra(s, "verkstalligheter", rad, till=till, slutorsak=s.rnd.choice(SLUTORSAKER) if till else "")
        for narvaro in s.paket.rader("narvaro"):
            if narvaro["verkstallighet_id"] == rad["verkstallighet_id"] and till and narvaro["datum"] > till:
                ta_bort(s, "narvaro", narvaro)
        for besok in s.paket.rader("besok"):
            dag = dag_for(las_tidpunkt(besok["utford_start"] or besok["planerad_start"])).isoformat()
            if besok["verkstallighet_id"] == rad["verkstallighet_id"] and till and dag > till:
                ta_bort(s, "besok", besok)


def andrade_bestallningar(s: Slump) -> None:
    for rad in nagra(s, "verkstalligheter", 2):
        antal, enhet = s.rnd.choice(BESTALLNINGAR)
        omfattning = s.rnd.choice(["", *OMFATTNINGAR])
        andra(s, "verkstalligheter", rad, omfattning=omfattning, bestallt_antal=s.tal(antal), bestallt_enhet=enhet)


def nya_verkstalligheter(s: Slump) -> None:
    fanns = set(s.paket.filer["verkstalligheter"])
    for rad in nagra(s, "beslut"):
        skapa_verkstalligheter(s, rad["beslut_id"], s.dag_i_perioden())
    fyll(s, fanns)


def fyll(s: Slump, fanns: set[Nyckel]) -> None:
    for vad, rad in list(s.paket.filer["verkstalligheter"].items()):
        if vad not in fanns:
            skapa_narvaro(s, rad)
            skapa_besok(s, rad)


def borttagen_verkstallighet(s: Slump) -> None:
    upptagna = {rad["verkstallighet_id"] for fil in ("narvaro", "besok") for rad in s.paket.rader(fil)}
    lediga = [rad for rad in s.paket.rader("verkstalligheter") if rad["verkstallighet_id"] not in upptagna]
    if lediga:
        ta_bort(s, "verkstalligheter", s.rnd.choice(lediga))


def andrade_avtal(s: Slump) -> None:
    for rad in nagra(s, "avtal"):
        villkor = {kolumn: "" for kolumn in rad if "bomtid" in kolumn or "bestallt" in kolumn or "avrundning" in kolumn}
        andra(s, "avtal", rad, **(villkor | avtalsvillkor(s, rad["insats"])))


def andrade_avtalsslut(s: Slump) -> None:
    for rad in nagra(s, "avtal"):
        andra(s, "avtal", rad, till=s.rnd.choice(["", s.dag_i_perioden()]))


def dodsfall(s: Slump) -> None:
    for rad in nagra(s, "personer"):
        andra(s, "personer", rad, avliden=s.rnd.choice(["", s.dag_i_perioden()]), fornamn="Nytt; namn")


def nya_jobb(s: Slump) -> None:
    """Jobs that were reported late: their bonus belongs to months that may be fastställda."""
    for rad in nagra(s, "verkstalligheter", 3):
        beslut = s.paket.filer["beslut"][(rad["beslut_id"],)]
        if beslut["insats"] == "LSS-10":
            skapa_jobb(s, beslut["person_id"], jobbstart(s, rad))


def andrade_jobb(s: Slump) -> None:
    for rad in nagra(s, "anstallningar", 2):
        fran = date.fromisoformat(rad["fran"])
        andra(s, "anstallningar", rad, till=s.rnd.choice(["", fran + timedelta(days=s.rnd.randint(5, 90))]))


def borttagna_jobb(s: Slump) -> None:
    for rad in nagra(s, "anstallningar"):
        ta_bort(s, "anstallningar", rad)


def andrade_bonusregler(s: Slump) -> None:
    for rad in nagra(s, "bonusregler"):
        nytt = s.rnd.choice([{"arstak": "20000"}, {"arstak": ""}, {"belopp": s.tal("9999.99")}, {"till": ""}])
        andra(s, "bonusregler", rad, **nytt)


def ny_person(s: Slump) -> None:
    fanns = set(s.paket.filer["verkstalligheter"])
    person_id, insats = skapa_person(s), s.rnd.choice(s.insatser)
    if insats == "LSS-10":
        andra(s, "personer", s.paket.filer["personer"][(person_id,)], personkrets="1")
    skapa_beslut(s, person_id, insats)
    skapa_nivaer(s, person_id, insats)
    fyll(s, fanns)
    if insats == "LSS-10" and s.chans(0.5):
        skapa_anstallningar(s)


def nytt_tidsband(s: Slump) -> None:
    """A calendar row above all others; if the prioritet is taken on those minutes, the change is not made."""
    for rad in nagra(s, "prislistor"):
        fran = midnatt(s.dag_i_perioden()) + timedelta(minutes=s.rnd.choice([0, 150, 1300]))
        s.lagg(
            "tidsband",
            prislista_id=rad["prislista_id"],
            tidsband="storhelg",
            prioritet=s.rnd.randint(11, 12),
            fran_tidpunkt=s.tidpunkt(fran),
            till_tidpunkt=s.tidpunkt(fran + timedelta(minutes=s.rnd.choice([61, 300, 1440]))),
        )


def flyttad_enhet(s: Slump) -> None:
    """An enhet that another utförare has taken over; seldom."""
    if s.chans(0.3):
        for rad in nagra(s, "enheter"):
            andra(s, "enheter", rad, utforare_id=s.rnd.choice(s.paket.rader("utforare"))["utforare_id"])


ANDRINGAR: list[Callable[[Slump], None]] = [
    sen_narvaro,
    andrad_narvaro,
    borttagen_narvaro,
    andrade_besok,
    nya_besok,
    borttagna_besok,
    andrade_nivaer,
    nya_nivaer,
    borttagna_nivaer,
    andrade_priser,
    andrade_prisslut,
    nya_priser,
    andrade_beslut,
    flyttade_slut,
    andrade_bestallningar,
    nya_verkstalligheter,
    borttagen_verkstallighet,
    andrade_avtal,
    andrade_avtalsslut,
    dodsfall,
    nya_jobb,
    andrade_jobb,
    borttagna_jobb,
    andrade_bonusregler,
    ny_person,
    nytt_tidsband,
    flyttad_enhet,
]
