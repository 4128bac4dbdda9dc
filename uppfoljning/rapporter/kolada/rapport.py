"""The comparison: a table and a picture, our own figure beside where somebody has said that it is the same. Pure."""

from datetime import date
from decimal import Decimal

from grund.arbetsbok import Kolumn, Slag
from grund.text import stor_forsta
from uppfoljning.brukarundersokning.regler import Kon
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.kolada.queries import Underlag

KALLA = "Källa: Kolada"
_TOM = "Inga värden från Kolada är inlagda. Lägg in nyckeltal, kommuner och värden under Uppgifter."


def rapport(underlag: Underlag, lasare: Lasare, idag: date, egen: str) -> Rapport:
    """The report. `egen`: the code of one's own kommun."""
    talet = underlag.nyckeltal
    delar = (
        (_jamforelsen(underlag, lasare, egen),)
        if talet and underlag.aren
        else (Del("jamforelse", "Jämförelse", (_TOM,)),)
    )
    return Rapport(
        rubrik=f"Kolada: {talet.titel}" if talet else "Jämförelse med andra kommuner",
        per=idag,
        urval=(
            ("Nyckeltal", f"{talet.kpi} {talet.titel}" if talet else "–"),
            ("Kön", stor_forsta(str(Kon(underlag.kon).label))),
            ("Källa", f"Kolada, {underlag.kalla}, inläst {underlag.inlast}" if underlag.kalla else "–"),
        ),
        delar=delar,
        forslag=("{namnd} godkänner redovisningen av jämförelsen med andra kommuner.",),
        ekonomi=("Redovisningen har inga ekonomiska konsekvenser.",),
    )


def _jamforelsen(underlag: Underlag, lasare: Lasare, egen: str) -> Del:
    talet = underlag.nyckeltal
    assert talet  # noqa: S101  the caller has seen to it
    sista = underlag.aren[-1]
    slag = _slag(underlag)
    median = median_av_andra(underlag, egen, sista)
    jamn = median is None or median == median.to_integral_value()
    nyckeltal = (
        Nyckeltal("kolada_eget", underlag.varden.get((egen, sista)), slag, adress="#tabell-kolada"),
        Nyckeltal("kolada_median", median, slag if jamn else Slag.ANTAL, adress="#tabell-kolada"),
    )
    stycken = [
        f"{talet.titel} ({talet.matt}), {Kon(underlag.kon).label}. Nyckeltalen gäller {sista}.",
        f"{KALLA}. {underlag.kalla}, inläst {underlag.inlast}.",
    ]
    if underlag.egna and lasare.offentlig:
        stycken.append("Vårt eget tal visas inte i ett offentligt dokument.")
    elif underlag.egna:
        stycken.append(f"Vårt eget tal står bredvid, eftersom definitionen är densamma: {talet.varfor}")
    platser = tuple(namn for kod, namn in underlag.kommuner if underlag.varden.get((kod, sista)) is not None)
    varden = tuple(
        underlag.varden[kod, sista] for kod, _ in underlag.kommuner if underlag.varden.get((kod, sista)) is not None
    )
    rubrik = f"{talet.titel}, {sista}. {KALLA}"
    bild = Bild(rubrik, platser, (Serie(talet.matt, varden),), talet.matt, "kolada", liggande=True) if platser else None
    return Del("jamforelse", "Jämförelse", tuple(stycken), nyckeltal, bild, (_tabell(underlag, lasare, egen),))


def median_av_andra(underlag: Underlag, egen: str, ar: int) -> Decimal | None:
    """Of the chosen municipalities with a value, but one's own, the country (0000) and regions (00LL)."""
    andra = sorted(
        varde
        for (kod, aret), varde in underlag.varden.items()
        if aret == ar and varde is not None and kod != egen and not kod.startswith("00")
    )
    if not andra:
        return None
    mitt = len(andra) // 2
    return andra[mitt] if len(andra) % 2 else (andra[mitt - 1] + andra[mitt]) / 2


def _slag(underlag: Underlag) -> Slag:
    """Whole numbers have no decimals."""
    hela = all(varde is None or varde == varde.to_integral_value() for varde in underlag.varden.values())
    return Slag.HELTAL if hela else Slag.ANTAL


def _tabell(underlag: Underlag, lasare: Lasare, egen: str) -> Tabell:
    rader = []
    for kod, namn in underlag.kommuner:
        rader.append(Rad((namn, *(underlag.varden.get((kod, ar)) for ar in underlag.aren))))
        if kod == egen and underlag.egna and not lasare.offentlig:
            rader.append(Rad((f"{namn}, eget tal", *(underlag.egna.get(ar) for ar in underlag.aren))))
    noter = [f"{KALLA}.", "– = Kolada har inget värde."]
    namnen = dict(underlag.kommuner)
    noter += [
        f"{namnen[kod]} {ar}: {status}" for (kod, ar), status in sorted(underlag.status.items()) if ar in underlag.aren
    ]
    kolumner = (Kolumn("Kommun"), *(Kolumn(str(ar), _slag(underlag)) for ar in underlag.aren))
    return Tabell("kolada", "Per kommun och år", kolumner, tuple(rader), noter=tuple(noter))
