"""The document's sentences. Each is made from the figures, and says plainly what there is nothing to say of. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from beslut.regler import Insats
from grund.pengar import kronor
from grund.text import HART, antal_ord, datum_i_ord, manad_i_ord, och, stor_forsta, tal
from grund.tid import Manad, lagg_till_manader
from uppfoljning.tjansteutlatande import ordval
from uppfoljning.tjansteutlatande.innehall import Huvud
from uppfoljning.tjansteutlatande.siffror import Insatsrad, Siffror, Tillaggsrad

_FLEST_I_EN_MENING = 3
_BARN = (Insats.KORTTIDSTILLSYN, Insats.BOSTAD_BARN)
_FORRA, _FJOL = "föregående månad", "samma månad förra året"


def titel(siffror: Siffror) -> str:
    return f"Ersättning till utförare av stöd enligt LSS och SoL, {manad_i_ord(siffror.manad)}"


def preliminart(siffror: Siffror) -> str:
    """What is said of a month that is not settled; empty otherwise."""
    if siffror.korningar[siffror.manad].ar_fast:
        return ""
    return f"{stor_forsta(manad_i_ord(siffror.manad))} är inte fastställd, och uppgifterna kan ändras."


def forslag(siffror: Siffror, huvud: Huvud) -> Iterator[str]:
    """Sentences that can be carried out, each by itself."""
    manad = manad_i_ord(siffror.manad)
    if preliminart(siffror):
        yield f"{huvud.namnd} tar del av det preliminära underlaget om ersättning till utförare för {manad}."
        return
    yield f"{huvud.namnd} godkänner redovisningen av ersättning till utförare för {manad}."
    if siffror.avvikelser is None or siffror.avvikelser:
        senast = datum_i_ord(lagg_till_manader(huvud.sammantrade, 2))
        yield (
            f"{huvud.forvaltning} redovisar senast den {senast} för {huvud.namnd.lower()} vad utredningen av"
            f" avvikelserna i {manad} har lett till."
        )


def sammanfattning(siffror: Siffror) -> Iterator[str]:
    """Neutral, and without the proposal. A document that says next to nothing has none."""
    if siffror.dold:
        return
    yield " ".join([_kostnaden(siffror), *_utan_jamforelse(siffror)])
    yield " ".join([_insatserna(siffror), *_tillaggen_kort(siffror), _avvikelserna_kort(siffror)])


def bakgrund(siffror: Siffror) -> Iterator[str]:
    korning = siffror.korningar[siffror.manad]
    yield (
        "Kommunen ersätter varje månad dem som utför stöd enligt lagen (1993:387) om stöd och service till vissa"
        " funktionshindrade (LSS) och socialtjänstlagen (SoL). Ersättningen räknas fram ur beslut, avtal och priser,"
        " och ur den närvaro och tid som utförarna har registrerat."
    )
    av = f" av {korning.steg_av}" if korning.steg_av else ""
    lage = "" if korning.ar_fast else " Den är inte fastställd."
    yield (
        f"Här redovisas körningen av ersättning för {manad_i_ord(siffror.manad)}. Den blev {korning.steg} den"
        f" {datum_i_ord(korning.steg_dag)}{av}.{lage}"
    )
    if siffror.dold:
        yield _DOLD_MANAD
        return
    yield (
        "Kostnaden för en insats är ersättningen för det stöd som gavs i månaden, så som det var känt när månaden"
        " kördes. Rättelser av tidigare månader, arbetsbonus och justeringar redovisas för sig. Belopp i hela kronor"
        " är avrundade så att raderna i en tabell summerar till dess summa; ett enskilt belopp kan skilja sig upp till"
        " en krona från det exakta. Inget som avser färre än fem personer visas."
    )


_DOLD_MANAD = (
    "Hela månaden avser färre än fem personer. För att ingen ska kunna pekas ut visas därför varken antal eller belopp."
)


def volymer(siffror: Siffror) -> Iterator[str]:
    yield " ".join(
        filter(
            None,
            [
                _insatserna(siffror),
                "En person räknas en gång för varje insats." if siffror.egna else "",
                _flest(siffror),
                *_mest_andrade_personer(siffror),
            ],
        )
    )


def kostnad(siffror: Siffror) -> Iterator[str]:
    summa = siffror.kronor[0]
    stycke = f"Stödet i {manad_i_ord(siffror.manad)} kostade {tal(summa)}{HART}kronor."
    storst = _storsta([(rad, rad.kronor[0]) for rad in siffror.egna])
    if storst and len(siffror.insatser) > 1 and summa > 0:
        belopp = storst[0].kronor[0]
        andel = f" eller {tal(belopp * 100 / summa, 1)}{HART}procent av kostnaden"
        stycke += f" Störst kostnad hade {_namn(storst)}, {ordval.stort(belopp)}"
        stycke += f"{' vardera' if len(storst) > 1 else andel}."
    yield stycke


def regi(siffror: Siffror) -> Iterator[str]:
    if not siffror.regier:
        yield "Kostnaden per regi visas inte. Den skulle röja uppgifter som avser färre än fem personer."
    elif len(siffror.regier) == 1:
        yield f"All kostnad avser {ordval.regier(siffror.regier[0].regier)}."
    else:
        delar = [(ordval.regier(rad.regier), rad.kronor[0]) for rad in siffror.regier if rad.kronor[0]]
        andelar = [f"{namn} {tal(belopp * 100 / siffror.kronor[0], 1)}{HART}procent" for namn, belopp in delar]
        if andelar:
            yield f"Av kostnaden avser {och(andelar)}."


def forandring(siffror: Siffror) -> Iterator[str]:
    for plats, manad in enumerate(siffror.manader[1:], 1):
        yield " ".join(_forandringen(siffror, plats, manad))
    yield from _utan_jamforelse(siffror)


def tillagg(siffror: Siffror) -> Iterator[str]:
    if siffror.tillagg is None:
        yield (
            "Körningen innehåller rättelser, arbetsbonus eller justeringar för färre än fem personer. De visas inte,"
            " och därför inte heller körningens sammanlagda belopp."
        )
    elif not siffror.tillagg:
        yield "Körningen innehåller inga rättelser av tidigare månader och ingen arbetsbonus."
    else:
        meningar = [_tillagget(rad, siffror.tillagg) for rad in siffror.tillagg]
        if any(rad.rattelser for rad in siffror.tillagg):
            inledning = "Underlaget för tidigare månader har ändrats sedan de fastställdes."
            yield " ".join([inledning, *meningar])
        else:
            yield " ".join(["Körningen innehåller inga rättelser av tidigare månader.", *meningar])


def avvikelser(siffror: Siffror) -> Iterator[str]:
    if siffror.avvikelser is None:
        yield "Körningen gav avvikelser som avser färre än fem personer. De visas inte."
    elif not siffror.avvikelser:
        yield "Körningen gav inga avvikelser."
    else:
        antal = sum(rad.antal for rad in siffror.avvikelser)
        yield (
            f"Körningen gav {antal_ord(antal, 'avvikelse', 'avvikelser')}. En avvikelse är något i underlaget som inte"
            " stämmer eller som behöver kontrolleras. Den stoppar inte körningen. Det som ändras när den är utredd blir"
            " en rättelse i en senare månad."
        )


def ekonomi(siffror: Siffror) -> Iterator[str]:
    if siffror.dold:
        yield "Kostnaden visas inte, eftersom den avser färre än fem personer."
        return
    kostnaden = _kostnaden(siffror)
    if siffror.totalt is None:
        yield kostnaden
    elif siffror.totalt == siffror.ordinarie[0]:
        yield f"{kostnaden} Körningen uppgår till {kronor_i_text(siffror.totalt)}."
    else:
        yield f"{kostnaden} Med {_tillaggens_namn(siffror)} uppgår körningen till {kronor_i_text(siffror.totalt)}."
    yield "Underlaget omfattar ersättningen till utförarna, men inte avgifter, statsbidrag eller nämndens budget."


def barn(siffror: Siffror) -> Iterator[str]:
    """What can be said of children: the insatser that only they have, where they are shown by themselves."""
    for rad in siffror.egna:
        if rad.kod in _BARN and rad.personer[0]:
            yield (
                f"{rad.namn} ges bara till barn och unga. I {manad_i_ord(siffror.manad)} avser ersättningen"
                f" {ordval.litet_antal(rad.personer[0], 'person', 'personer')}{_personer_mot(siffror, rad)}."
                " Redovisningen ändrar inte stödet till något barn."
            )


def korningar(siffror: Siffror) -> Iterator[str]:
    """The körningar that the document rests on, as dated documents."""
    for korning in siffror.korningar.values():
        av = f" av {korning.steg_av}" if korning.steg_av else ""
        fast = "" if korning.ar_fast else " (preliminär)"
        yield (
            f"Körning av ersättning för {manad_i_ord(korning.manad)}, omgång {korning.omgang}, {korning.steg}"
            f" {korning.steg_dag}{av}{fast}"
        )


def kronor_i_text(belopp: Decimal) -> str:
    """`50 870 195,77 kronor`."""
    return kronor(belopp).removesuffix("kr") + "kronor"


# ---- parts of sentences ---------------------------------------------------------------------------------------------


def _kostnaden(siffror: Siffror) -> str:
    nu, *andra = siffror.kronor
    summa = f"Stödet i {manad_i_ord(siffror.manad)} kostade {ordval.stort(nu)}."
    if not andra:
        return summa
    jamfort = [
        f"{ordval.mot(nu, da)} i {ordval.manaden(manad, siffror.manad)}"
        for da, manad in zip(andra, siffror.manader[1:], strict=True)
    ]
    return f"{summa} Det är {och(jamfort)}."


def _utan_jamforelse(siffror: Siffror) -> Iterator[str]:
    """Say what there is nothing to compare with, and why."""
    for bakat, vad in ((1, _FORRA), (12, _FJOL)):
        manad = siffror.manad.plus(-bakat)
        if manad in siffror.dolda:
            yield f"{stor_forsta(manad_i_ord(manad))} avser färre än fem personer och visas inte."
        elif manad not in siffror.manader:
            inte = "är inte beräknad i systemet, så det går inte att jämföra med"
            yield f"{stor_forsta(manad_i_ord(manad))} {inte} {vad}."


def _insatserna(siffror: Siffror) -> str:
    if not siffror.egna:
        return "Insatserna visas bara tillsammans, eftersom de flesta avser färre än fem personer."
    nu, *andra = siffror.insatsantal
    jamfort = [
        f"{ordval.antal_mot(nu, da)} i {ordval.manaden(manad, siffror.manad)}"
        for da, manad in zip(andra, siffror.manader[1:], strict=True)
    ]
    utom = ", övriga insatser oräknade" if siffror.ovriga else ""
    mot = f", {och(jamfort)}" if jamfort else ""
    return f"Ersättningen avser {antal_ord(nu, 'insats', 'insatser')}{utom}{mot}."


def _flest(siffror: Siffror) -> str:
    storst = _storsta([(rad, rad.personer[0]) for rad in siffror.egna])
    if len(siffror.egna) < 2 or not storst:
        return ""
    return f"Flest personer, {tal(storst[0].personer[0])}{' vardera' if len(storst) > 1 else ''}, har {_namn(storst)}."


def _mest_andrade_personer(siffror: Siffror) -> Iterator[str]:
    if len(siffror.manader) == 1 or len(siffror.egna) < 2:
        return
    fore = ordval.manaden(siffror.manader[1], siffror.manad)
    for tecken, vad in ((1, "ökade"), (-1, "minskade")):
        mest = _storsta([(rad, tecken * (rad.personer[0] - rad.personer[1])) for rad in siffror.egna])
        if mest:
            antal = abs(mest[0].personer[0] - mest[0].personer[1])
            vardera = " vardera" if len(mest) > 1 else ""
            med = ordval.litet_antal(antal, "person", "personer")
            yield f"Sedan {fore} {vad} {_namn(mest)} mest, med {med}{vardera}."


def _forandringen(siffror: Siffror, plats: int, manad: Manad) -> Iterator[str]:
    nu, da = siffror.kronor[0], siffror.kronor[plats]
    mot = manad_i_ord(manad)
    if nu == da:
        yield f"Kostnaden är oförändrad mot {mot}."
    else:
        andel = f" ({ordval.i_procent(nu, da)})" if ordval.i_procent(nu, da) else ""
        yield f"Kostnaden {'ökade' if nu > da else 'minskade'} med {ordval.stort(nu - da)}{andel} mot {mot}."
    if siffror.manad.dagar != manad.dagar:
        denna, den_andra = siffror.manad, ordval.manaden(manad, siffror.manad)
        yield f"{stor_forsta(manad_i_ord(denna))} har {denna.dagar} dagar, {den_andra} har {manad.dagar}."
    if len(siffror.insatser) > 1:
        for tecken, vad in ((1, "ökade"), (-1, "minskade")):
            mest = _storsta([(rad, tecken * (rad.kronor[0] - rad.kronor[plats])) for rad in siffror.insatser])
            if mest:
                med = ordval.stort(mest[0].kronor[0] - mest[0].kronor[plats])
                yield f"Mest {vad} {_namn(mest)}, med {med}{' vardera' if len(mest) > 1 else ''}."


def _tillaggen_kort(siffror: Siffror) -> Iterator[str]:
    if siffror.tillagg is None:
        yield "Rättelser, arbetsbonus eller justeringar avser färre än fem personer och visas inte."
    for rad in siffror.tillagg or ():
        yield _tillagget(rad, siffror.tillagg or ())


def _tillaggens_namn(siffror: Siffror) -> str:
    rader = siffror.tillagg or ()
    namn = [("rättelser", any(rad.rattelser for rad in rader)), ("arbetsbonus", any(rad.bonus for rad in rader))]
    namn.append(("justeringar", any(rad.justeringar for rad in rader)))
    return och([ord_ for ord_, finns in namn if finns])


def _tillagget(rad: Tillaggsrad, alla: Sequence[Tillaggsrad]) -> str:
    vem = "minst fem personer" if rad.personer is None else ordval.litet_antal(rad.personer, "person", "personer")
    if not rad.rattelser and not rad.justeringar:
        return f"Arbetsbonus betalas med {kronor_i_text(rad.belopp)} och avser {vem}."
    vad = _vad(rad, alla)
    vems = "avser utförare och inte enskilda personer" if rad.personer == 0 else f"avser {vem}"
    if not rad.belopp:
        return f"{vad} tar sammantaget ut varandra och {vems}."
    hur = "ökar" if rad.belopp > 0 else "minskar"
    return f"{vad} {hur} kostnaden med {kronor_i_text(abs(rad.belopp))} netto och {vems}."


def _vad(rad: Tillaggsrad, alla: Sequence[Tillaggsrad]) -> str:
    """`Rättelserna av april 2026 och arbetsbonus`."""
    delar = [f"rättelserna av {_vilka(rad, alla)}"] if rad.rattelser else []
    delar += ["arbetsbonus"] if rad.bonus else []
    return stor_forsta(och([*delar, "justeringar"] if rad.justeringar else delar))


def _vilka(rad: Tillaggsrad, alla: Sequence[Tillaggsrad]) -> str:
    if rad.avser:
        return manad_i_ord(rad.avser)
    return "övriga månader" if any(annan.avser for annan in alla) else "tidigare månader"


def _avvikelserna_kort(siffror: Siffror) -> str:
    if siffror.avvikelser is None:
        return "Körningen gav avvikelser, som avser färre än fem personer."
    antal = sum(rad.antal for rad in siffror.avvikelser)
    if not antal:
        return "Körningen gav inga avvikelser."
    return f"Körningen gav {antal_ord(antal, 'avvikelse', 'avvikelser')} att utreda."


def _personer_mot(siffror: Siffror, rad: Insatsrad) -> str:
    if len(siffror.manader) == 1:
        return ""
    return (
        f", {ordval.antal_mot(rad.personer[0], rad.personer[1])} i {ordval.manaden(siffror.manader[1], siffror.manad)}"
    )


def _storsta(varden: Sequence[tuple[Insatsrad, Decimal | int]]) -> list[Insatsrad]:
    """Those with the highest value, if it is above zero and not shared by too many to name."""
    storst = max((varde for _, varde in varden), default=0)
    hittade = [rad for rad, varde in varden if varde == storst]
    return hittade if storst > 0 and len(hittade) <= _FLEST_I_EN_MENING else []


def _namn(rader: Sequence[Insatsrad]) -> str:
    return och([rad.namn[:1].lower() + rad.namn[1:] for rad in rader])
