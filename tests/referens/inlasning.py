"""From the texts of a package to the typed underlag of a calculation."""

from datetime import date

from .paket import Paket, Rad
from .underlag import (
    Anstallning,
    Beslut,
    Besok,
    Bonusregel,
    Narvaro,
    Nivabedomning,
    Underlag,
    Verkstallighet,
    avtalet,
    band,
    datum,
    heltal,
    lista,
    pris,
    tal,
    tidpunkt,
)


def las_underlag(paket: Paket) -> Underlag:
    return Underlag(
        priser=[pris(rad) for rad in paket.rader("priser")],
        tidsband=[band(rad) for rad in paket.rader("tidsband")],
        avtal=[avtalet(rad) for rad in paket.rader("avtal")],
        nivabedomningar=[niva(rad) for rad in paket.rader("nivabedomningar")],
        verkstalligheter=verkstalligheterna(paket),
        anstallningar=[anstallning(rad) for rad in paket.rader("anstallningar")],
        bonusregler=[bonusregel(rad) for rad in paket.rader("bonusregler")],
    )


def verkstalligheterna(paket: Paket) -> list[Verkstallighet]:
    alla = {rad["verkstallighet_id"]: verkstallighet(paket, rad) for rad in paket.rader("verkstalligheter")}
    for rad in paket.rader("narvaro"):
        dag = date.fromisoformat(rad["datum"])
        alla[rad["verkstallighet_id"]].narvaro[dag] = Narvaro(
            dag, rad["kod"], rad["omfattning"], heltal(rad["minuter"])
        )
    for rad in paket.rader("besok"):
        alla[rad["verkstallighet_id"]].besok.append(besok(rad))
    return list(alla.values())


def verkstallighet(paket: Paket, rad: Rad) -> Verkstallighet:
    beslutet = beslut(paket.filer["beslut"][(rad["beslut_id"],)])
    return Verkstallighet(
        verkstallighet_id=rad["verkstallighet_id"],
        beslut=beslutet,
        avliden=datum(paket.filer["personer"][(beslutet.person_id,)]["avliden"]),
        enhet_id=rad["enhet_id"],
        utforare_id=paket.filer["enheter"][(rad["enhet_id"],)]["utforare_id"],
        omfattning=rad["omfattning"],
        bestallt_antal=tal(rad["bestallt_antal"]),
        bestallt_enhet=rad["bestallt_enhet"],
        fran=date.fromisoformat(rad["fran"]),
        till=datum(rad["till"]),
        slutorsak=rad["slutorsak"],
    )


def beslut(rad: Rad) -> Beslut:
    return Beslut(
        beslut_id=rad["beslut_id"],
        person_id=rad["person_id"],
        insats=rad["insats"],
        utfall=rad["utfall"],
        fran=date.fromisoformat(rad["fran"]),
        till=datum(rad["till"]),
        omfattning=tal(rad["omfattning"]),
        omfattning_enhet=rad["omfattning_enhet"],
    )


def besok(rad: Rad) -> Besok:
    return Besok(
        besok_id=rad["besok_id"],
        planerad_start=tidpunkt(rad["planerad_start"]),
        planerad_slut=tidpunkt(rad["planerad_slut"]),
        utford_start=tidpunkt(rad["utford_start"]),
        utford_slut=tidpunkt(rad["utford_slut"]),
        avbokad=tidpunkt(rad["avbokad"]),
        avbokad_av=rad["avbokad_av"],
    )


def niva(rad: Rad) -> Nivabedomning:
    return Nivabedomning(
        nivabedomning_id=rad["nivabedomning_id"],
        person_id=rad["person_id"],
        insats=rad["insats"],
        niva=rad["niva"],
        fran=date.fromisoformat(rad["fran"]),
        status=rad["status"],
        godkand=datum(rad["godkand"]),
    )


def anstallning(rad: Rad) -> Anstallning:
    grad = tal(rad["sysselsattningsgrad"])
    assert grad is not None
    return Anstallning(
        rad["anstallning_id"],
        rad["person_id"],
        date.fromisoformat(rad["fran"]),
        datum(rad["till"]),
        grad,
        rad["anstallningsform"],
    )


def bonusregel(rad: Rad) -> Bonusregel:
    belopp = tal(rad["belopp"])
    assert belopp is not None
    return Bonusregel(
        regel_id=rad["regel_id"],
        belopp=belopp,
        tidigast_manader=heltal(rad["tidigast_manader"]),
        senast_manader=heltal(rad["senast_manader"]),
        kvalificering_manader=heltal(rad["kvalificering_manader"]) or 0,
        andel_vid_start=tal(rad["andel_vid_start"]),
        anstallningsformer=lista(rad["anstallningsformer"]),
        minst_sysselsattningsgrad=tal(rad["minst_sysselsattningsgrad"]),
        arstak=tal(rad["arstak"]),
        fran=date.fromisoformat(rad["fran"]),
        till=datum(rad["till"]),
    )
