"""The brukarundersökning counted anew: loops over the stored rows, and nothing of the report's own code."""

from datetime import date
from decimal import Decimal

from uppfoljning.models import Enkatrad, Uppgiftsfil

OMRADEN = ("sjalvbestammande", "bemotande", "trygghet", "trivsel")


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure, and every cell of every table, by the table's key."""
    del idag
    ar = urval["ar"]
    rader = _rader(urval["enkat"], ar)
    enheter = sorted({rad["enhet__nyckel"] for rad in rader})
    egna, samman, sma = _grupper(rader, enheter)
    grupper = [({e}, next(r["enhet__namn"] for r in rader if r["enhet__nyckel"] == e)) for e in egna]
    if samman:
        grupper.append((samman, f"Sammanslagna enheter ({len(samman)})"))
    alla = set(enheter)
    tillfragade, svarande = _deltagande(rader, alla)
    svar: dict[str, object] = {
        "enkat_svarande": svarande,
        "enkat_svarsfrekvens": Decimal(svarande) / tillfragade,
        "enkat_helhetsindex": _helhet(rader, alla),
        "enkat_sma_enheter": len(sma),
        "enkat_svarande_i_sammanslagna": _deltagande(rader, samman)[1],
    }
    i_sma = _deltagande(rader, sma)[1]
    if i_sma == 0 or i_sma >= 5:
        svar["enkat_svarande_i_sma"] = i_sma
    svar["deltagande"] = [
        (namn, *_deltagande(rader, vilka), _kvot(*reversed(_deltagande(rader, vilka)))) for vilka, namn in grupper
    ]
    svar["omraden"] = [
        (namn, *(_index(rader, vilka, om) for om in OMRADEN), _helhet(rader, vilka))
        for vilka, namn in [*grupper, (alla, "Alla")]
    ]
    if _kon_visas(rader, [vilka for vilka, _ in grupper]):
        svar["kon"] = [
            (namn, _deltagande(rader, alla, kon)[1], *(_index(rader, alla, om, kon) for om in OMRADEN))
            for kon, namn in (("K", "Kvinnor"), ("M", "Män"))
        ]
    aren = sorted({fil.period for fil in Uppgiftsfil.objects.filter(slag="brukarundersokning", period__lte=ar)})
    svar["over_tid"] = [_over_tid(urval["enkat"], aren, vilka, namn) for vilka, namn in grupper if len(vilka) == 1]
    svar["over_tid"].append(_over_tid(urval["enkat"], aren, None, "Alla"))  # type: ignore[attr-defined]
    return svar


def _rader(enkat: str, ar: str) -> list[dict[str, object]]:
    filer = list(Uppgiftsfil.objects.filter(slag="brukarundersokning", period=ar).values("pk", "version"))
    if not filer:
        return []
    sista = max(filer, key=lambda fil: fil["version"])["pk"]
    falt = ("enhet__nyckel", "enhet__namn", "kon", "tillfragade", "svarande", "omrade", "fraga", "svar", "positiva")
    return list(Enkatrad.objects.filter(fil=sista, enkat=enkat).values(*falt))


def _deltagande(rader, vilka, kon="T"):  # type: ignore[no-untyped-def]
    par = {
        (r["enhet__nyckel"], r["tillfragade"], r["svarande"])
        for r in rader
        if r["enhet__nyckel"] in vilka and r["kon"] == kon
    }
    return sum(ett[1] for ett in par), sum(ett[2] for ett in par)


def _antal(rader, vilka, omrade, kon="T"):  # type: ignore[no-untyped-def]
    """By question: answers and best answers."""
    svar: dict[str, list[int]] = {}
    for rad in rader:
        if rad["enhet__nyckel"] in vilka and rad["omrade"] == omrade and rad["kon"] == kon:
            par = svar.setdefault(rad["fraga"], [0, 0])
            par[0] += rad["svar"]
            par[1] += rad["positiva"]
    return svar


def _kvot(taljare, namnare):  # type: ignore[no-untyped-def]
    return Decimal(taljare) / Decimal(namnare) if namnare else None


def _index(rader, vilka, omrade, kon="T"):  # type: ignore[no-untyped-def]
    antal = _antal(rader, vilka, omrade, kon).values()
    return _kvot(sum(ett[1] for ett in antal), sum(ett[0] for ett in antal))


def _helhet(rader, vilka):  # type: ignore[no-untyped-def]
    delar = [ett for ett in (_index(rader, vilka, om) for om in OMRADEN) if ett is not None]
    return sum(delar, Decimal(0)) / len(delar) if delar else None


def _ok(rader, vilka, kon="T"):  # type: ignore[no-untyped-def]
    matt = list(_deltagande(rader, vilka, kon))
    matt += [max((ett[0] for ett in _antal(rader, vilka, om, kon).values()), default=0) for om in OMRADEN]
    return not any(0 < ett < 5 for ett in matt)


def _grupper(rader, enheter):  # type: ignore[no-untyped-def]
    sma = {enhet for enhet in enheter if not _ok(rader, {enhet})}
    samman, kvar = set(sma), [enhet for enhet in enheter if enhet not in sma]
    while kvar and (len(samman) == 1 or not _ok(rader, samman)):
        samman.add(kvar.pop(0))
    return kvar, samman, sma


def _kon_visas(rader, grupper):  # type: ignore[no-untyped-def]
    if not any(rad["kon"] != "T" for rad in rader):
        return False
    for vilka in grupper:
        if not (_ok(rader, vilka, "K") and _ok(rader, vilka, "M")):
            return False
        alla, *delar = (_deltagande(rader, vilka, kon) for kon in "TKM")
        if any(0 < hela - sum(ett[plats] for ett in delar) < 5 for plats, hela in enumerate(alla)):
            return False
    return True


def _over_tid(enkat, aren, vilka, namn):  # type: ignore[no-untyped-def]
    svar = [namn]
    for ar in aren:
        rader = _rader(enkat, ar)
        enheter = sorted({rad["enhet__nyckel"] for rad in rader})
        egna, _, _ = _grupper(rader, enheter)
        visas = vilka is None or vilka <= set(egna)
        svar.append(_helhet(rader, set(enheter) if vilka is None else vilka) if visas and rader else None)
    return tuple(svar)
