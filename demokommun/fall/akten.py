"""Cases about decisions, verkställigheter, levels and contracts."""

from demokommun.fall.penna import Fallpenna

HELDAG = {"omfattning": "heltid"}
VECKA5 = ("5", "dagar_vecka")


def dagverksam(f: Fallpenna, kod: str, niva: str | None, *, omfattning: str = "heltid", manader: int = 30) -> str:
    """A person in daglig verksamhet five days a week since `manader` months, without närvaro yet."""
    f.person(1)
    start = f.dag(manader, 1)
    if niva is not None:
        f.niva("LSS-10", niva, start)
    return f.verk(f.beslut("LSS-10", start, omfattning=VECKA5), kod, start, omfattning=omfattning)


def narvarande(f: Fallpenna, verk: str, manader: int = 3) -> None:
    f.narvaro(verk, f.arbetsdagar(f.dag(manader - 1, 1), f.ram.sista))


def dubbel_verkstallighet(f: Fallpenna) -> None:
    f.person(2)
    f.niva("LSS-9", "4", f.dag(40, 1))
    beslut = f.beslut("LSS-9", f.dag(40, 1))
    f.verk(beslut, "KVA", f.dag(40, 1), f.dag(0, 20))
    f.verk(beslut, "BJO", f.dag(0, 10), nr=2)


def niva_saknas(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "SOL", None))


def pris_saknas(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "MED", "6"))


def plats_utan_pris(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "KVH", "2", omfattning="5 dagar/vecka"))


def beslut_forlangt(f: Fallpenna) -> None:
    f.person()
    omfattning = ("4", "timmar_vecka")
    beslut = f.beslut("SOL-BOSTOD", f.dag(12, 10), f.dag(0, 9), omfattning=omfattning)
    f.verk(beslut, "BSC", f.dag(12, 10))
    f.beslut("SOL-BOSTOD", f.dag(12, 10), f.dag(-12, 9), omfattning=omfattning, sen=True)


def ej_verkstallt(f: Fallpenna) -> None:
    f.person(1)
    f.beslut("LSS-10", f.dag(5, 12), omfattning=VECKA5)


def avbrott(f: Fallpenna) -> None:
    f.person(3)
    beslut = f.beslut("LSS-3", f.dag(30, 1), omfattning=("12", "timmar_manad"))
    f.verk(beslut, "FOL", f.dag(30, 10), f.dag(5, 14), slutorsak="annat")


def sent_verkstalld(f: Fallpenna) -> None:
    f.person(3)
    f.niva("LSS-9", "2", f.dag(8, 3))
    f.verk(f.beslut("LSS-9", f.dag(8, 3)), "GBK", f.dag(3, 18))


def individavtal_bostad(f: Fallpenna) -> None:
    f.person(2)
    f.niva("LSS-9", "4", f.dag(20, 1))
    f.individavtal("HAV", "LSS-9", "BOS-I", "dygn")
    f.verk(f.beslut("LSS-9", f.dag(20, 1)), "HAV", f.dag(20, 1))


def individavtal_dv(f: Fallpenna) -> None:
    verk = dagverksam(f, "MED", "5")
    f.individavtal("MED", "LSS-10", "DV-I", "narvaro")
    narvarande(f, verk)


def niva_godkand_i_efterhand(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "SOL", "2"), 4)
    f.niva("LSS-10", "4", f.dag(2, 1), nr=2, status="inskickad")
    f.niva("LSS-10", "4", f.dag(2, 1), nr=2, dag=f.dag(-1, 8), sen=True)


def niva_avvisad(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "DVK", "3"))
    f.niva("LSS-10", "5", f.dag(2, 1), nr=2, status="avvisad")


def niva_fran_godkannande(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "TRA", "2"), 5)
    f.niva("LSS-10", "3", f.dag(4, 1), nr=2, dag=f.dag(1, 10))


def forsenad_uppfoljning(f: Fallpenna) -> None:
    f.person(3)
    beslut = f.beslut("LSS-4", f.dag(30, 1), uppfoljning=f.dag(6, 15))
    f.verk(beslut, "KON", f.dag(30, 10))


def dodsfall_i_bostad(f: Fallpenna) -> None:
    dog = f.dag(1, 12)
    f.person(1, avliden=dog)
    f.niva("LSS-9", "5", f.dag(60, 1))
    f.verk(f.beslut("LSS-9", f.dag(60, 1)), "GBK", f.dag(60, 1), dog, slutorsak="avliden")


def overlappande_beslut(f: Fallpenna) -> None:
    f.person()
    beslut = f.beslut("SOL-BOSTOD", f.dag(10, 1), f.dag(-2, 28), omfattning=("2", "timmar_vecka"))
    f.beslut("SOL-BOSTOD", f.dag(4, 1), f.dag(-8, 28), nr=2, omfattning=("5", "timmar_vecka"))
    f.verk(beslut, "BSC", f.dag(10, 1))


def omfattning_saknas(f: Fallpenna) -> None:
    f.person()
    f.verk(f.beslut("SOL-BOSTOD", f.dag(6, 1)), "BSC", f.dag(6, 5))


def avslag_och_delvis(f: Fallpenna) -> None:
    f.person(3)
    f.beslut("LSS-9", f.dag(14, 2), utfall="avslag")
    beslut = f.beslut("LSS-3", f.dag(14, 2), nr=2, utfall="delvis", omfattning=("8", "timmar_manad"))
    verk = f.verk(beslut, "KAJ", f.dag(14, 20))
    f.besok(verk, f.dag(0, 6), 600, 780)


def flytt_kand_sent(f: Fallpenna) -> None:
    f.person(1)
    f.niva("LSS-9", "3", f.dag(36, 1))
    beslut = f.beslut("LSS-9", f.dag(36, 1))
    f.verk(beslut, "LIN", f.dag(36, 1))
    f.verk(beslut, "LIN", f.dag(36, 1), f.dag(0, 14), sen=True)


def aterkallad_verkstallighet(f: Fallpenna) -> None:
    f.person(2)
    beslut = f.beslut("LSS-4", f.dag(18, 1))
    f.verk(beslut, "KON", f.dag(18, 1))
    fel = f.verk(beslut, "KON", f.dag(0, 1), nr=2)
    f.rad("borttag", "verkstalligheter", fel, "", sen=True)


def skyddad_samordningsnummer(f: Fallpenna) -> None:
    f.person(skyddad="ja", sort="samordningsnummer")
    f.verk(f.beslut("SOL-BOSTOD", f.dag(7, 1), omfattning=("3", "timmar_vecka")), "BSC", f.dag(7, 8))


def reservnummer(f: Fallpenna) -> None:
    f.person(sort="reservnummer")
    f.verk(f.beslut("SOL-SARBO", f.dag(3, 5)), "ALM", f.dag(3, 12))


def pris_rattat(f: Fallpenna) -> None:
    narvarande(f, dagverksam(f, "SOL", "5", omfattning="halvtid"))
