"""R50 in words: the rule, the employment, the chain of daglig verksamhet, and which part of the bonus falls due."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from ersattning.forklaring import mal
from ersattning.forklaring.da import MEST, Andringar, da, som_det_var
from ersattning.forklaring.ekvation import aterkravsekvation, bonusekvation
from ersattning.forklaring.historia import korningarnas_steg
from ersattning.forklaring.ord import decimaltal, galler
from ersattning.forklaring.typer import Bonusdelning, Forklaring, Grund, Hande, Observation, Radfakta
from ersattning.kalkyl.bonus import dela
from ersattning.models import Anstallning, Aterkravsprovning, Bonusregel, Ersattningsrad
from ersattning.regler import Bonusdel
from grund.models import Andring
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord, manad_i_ord, procent
from grund.tid import lagg_till_manader, lokal_dag
from utforare.models import Verkstallighet

BORTA = "Anställningen är borttagen efter körningen."
_RATTAS_INTE = "En bonus rättas aldrig av sig själv: att ta tillbaka den är ett beslut av en person."


def forklara_bonus(rad: Ersattningsrad, fakta: Radfakta) -> Forklaring:
    """Why a payment of arbetsbonus falls due."""
    grund = rad.grund[0]
    andrat = _andrat(rad, grund["regel"])
    regel = da(Bonusregel.objects.all(), andrat.fore("bonusregler"), [grund["regel"]]).get(grund["regel"])
    nu = Anstallning.objects.filter(nyckel=grund["anstallning"]).first()
    anstallning = _anstallning_da(grund["anstallning"], andrat) or nu
    verk_finns = Verkstallighet.objects.filter(pk=rad.verkstallighet_id).exists()
    delning = _delning(regel, str(grund["del"]), rad.belopp)
    forsta = date.fromisoformat(str(grund["kedjans_forsta_dag"]))
    return Forklaring(
        rad=fakta,
        led=bonusekvation(rad, delning, mal.regel("R50")),
        meningar=tuple(_meningar(rad, grund, regel, anstallning, forsta)),
        bonus=delning,
        kedja=tuple(_kedja(rad, regel, anstallning, forsta, verk_finns=verk_finns)),
        historia=tuple(sorted(korningarnas_steg([rad.korning]), key=lambda ett: str(ett.nar), reverse=True)),
        observationer=(*_observationer(nu, andrat, delning, verk_finns=verk_finns), *_aterkravd(rad)),
    )


def forklara_aterkrav(rad: Ersattningsrad, fakta: Radfakta) -> Forklaring:
    """Why a payment of arbetsbonus is taken back: the decision, and the bonus that it is about."""
    gammal = rad.krediterar
    assert gammal is not None  # noqa: S101  the constraint rad_kreditering_pekar
    provning = Aterkravsprovning.objects.filter(rader__rad=gammal).select_related("av").first()
    return Forklaring(
        rad=fakta,
        led=aterkravsekvation(rad),
        meningar=tuple(_aterkravsmeningar(gammal, provning)),
        kedja=tuple(_aterkravskedja(rad, gammal, provning)),
        historia=tuple(sorted(_aterkravshistoria(rad, gammal, provning), key=lambda h: str(h.nar), reverse=True)),
    )


def _aterkravsmeningar(gammal: Ersattningsrad, provning: Aterkravsprovning | None) -> list[str]:
    korning = manad_i_ord(gammal.korning.manad)
    svar = [
        f"Raden tar tillbaka en arbetsbonus på {kronor(gammal.belopp)} som fastställdes i körningen {korning}.",
        "En bonus tas aldrig tillbaka av sig själv. En person har beslutat om det.",
    ]
    if provning:
        svar.append(f"{_beslutet(provning)}. Skälet: {provning.motiv}")
    return [*svar, "Det som ännu inte är betalt av bonusen betalas inte heller."]


def _beslutet(provning: Aterkravsprovning) -> str:
    vem = provning.av.get_full_name() or provning.av.get_username()
    return f"{vem} beslutade det {datum_i_ord(lokal_dag(provning.tidpunkt))}"


def _aterkravskedja(rad: Ersattningsrad, gammal: Ersattningsrad, provning: Aterkravsprovning | None) -> list[Grund]:
    svar = []
    if provning:
        svar.append(Grund("Beslut om återkrav", _beslutet(provning), provning.motiv, None, ("R50",)))
    text = f"{kronor(gammal.belopp)}, förföll {datum_i_ord(gammal.fran)}"
    fast = f"Fastställd i körningen {manad_i_ord(gammal.korning.manad)}."
    svar.append(Grund("Bonusen", text, fast, mal.rad(gammal.pk), ("R50",)))
    verk = f"{rad.verkstallighet_nyckel}, {rad.enhet.namn}"
    return [*svar, Grund("Verkställighet", verk, "Den pekade ut utföraren.", None, ("R50",))]


def _aterkravshistoria(rad: Ersattningsrad, gammal: Ersattningsrad, provning: Aterkravsprovning | None) -> list[Hande]:
    steg = korningarnas_steg([rad.korning, gammal.korning])
    return [*steg, Hande(provning.tidpunkt, f"Återkrav beslutat av {provning.av.get_username()}")] if provning else steg


def _andrat(rad: Ersattningsrad, regel_id: int) -> Andringar:
    """Changes of the rule and of the person's employments since the row was made."""
    vilka = Q(slag="person", objekt_id=rad.person_id, fil="anstallningar") | Q(slag="regel", objekt_id=regel_id)
    urval = Andring.objects.filter(vilka, pk__gt=rad.korning.andring_nr).select_related("handelse")
    return Andringar(urval.order_by("pk")[:MEST])


def _anstallning_da(nyckel: str, andrat: Andringar) -> Anstallning | None:
    gamla = (ett for ett in andrat.fore("anstallningar").values() if ett["nyckel"] == nyckel)
    return next((som_det_var(Anstallning, ett) for ett in gamla), None)


def _delning(regel: Bonusregel | None, del_av_bonus: str, belopp: Decimal) -> Bonusdelning | None:
    """How the rule splits the bonus; None if that does not give the row's amount."""
    if regel is None:
        return None
    delas = bool(regel.kvalificering_manader)
    andel = Fraction(regel.andel_vid_start or 0) if delas else Fraction(1)
    delning = Bonusdelning(regel.belopp, andel, delas, del_av_bonus)
    return delning if bonusbelopp(delning) == belopp else None


def bonusbelopp(delning: Bonusdelning) -> Decimal:
    """What falls due, by the core."""
    vid_start, rest = dela(delning.belopp, delning.andel_vid_start)
    return rest if delning.del_av_bonus == Bonusdel.REST else vid_start


def _meningar(
    rad: Ersattningsrad,
    grund: dict[str, Any],
    regel: Bonusregel | None,
    anstallning: Anstallning | None,
    forsta: date,
) -> list[str]:
    svar = ["Utföraren får arbetsbonus när en person i daglig verksamhet får ett vanligt arbete."]
    if anstallning:
        svar.append(f"Anställningen började {datum_i_ord(anstallning.fran)}. {_kedjemening(anstallning.fran, forsta)}")
    svar.append(_forfaller(rad, str(grund["del"]), regel))
    return svar


def _kedjemening(start: date, forsta: date) -> str:
    return f"Personen hade då haft daglig verksamhet i en följd sedan {datum_i_ord(forsta)}{_manader(forsta, start)}."


def _manader(forsta: date, start: date) -> str:
    antal = (start.year - forsta.year) * 12 + start.month - forsta.month
    antal -= lagg_till_manader(forsta, antal) > start
    return f", {antal_ord(antal, 'hel månad', 'hela månader')}"


def _forfaller(rad: Ersattningsrad, del_: str, regel: Bonusregel | None) -> str:
    dag = datum_i_ord(rad.fran)
    kval = regel.kvalificering_manader if regel else None
    if del_ == Bonusdel.REST:
        tid = f" {antal_ord(kval, 'månad', 'månader')}" if kval else ""
        return f"Personen har varit anställd hela kvalificeringstiden{tid}. Resten av bonusen förfaller {dag}."
    if not kval:
        return f"Hela bonusen förfaller den dag anställningen börjar, {dag}."
    andel = procent(regel.andel_vid_start) if regel and regel.andel_vid_start is not None else ""
    manader = antal_ord(kval, "månad", "månader")
    return f"{andel} förfaller den dag anställningen börjar, {dag}. Resten förfaller om den består i {manader}."


def _kedja(
    rad: Ersattningsrad, regel: Bonusregel | None, anstallning: Anstallning | None, forsta: date, *, verk_finns: bool
) -> list[Grund]:
    till = mal.verkstallighet(rad.verkstallighet_id) if verk_finns else None
    svar = [
        Grund(
            "Verkställighet",
            f"{rad.verkstallighet_nyckel}, {rad.enhet.namn}",
            "Den pekar ut utföraren.",
            till,
            ("R50",),
        ),
        Grund("Daglig verksamhet", f"I en följd från {datum_i_ord(forsta)}", _tidskrav(regel), None, ("R50",)),
    ]
    svar.append(_anstallning(anstallning))
    if regel:
        svar.append(_regel(regel))
    return svar


def _tidskrav(regel: Bonusregel | None) -> str:
    if regel is None:
        return ""
    tidigast, senast = regel.tidigast_manader, regel.senast_manader
    krav = [f"tidigast {antal_ord(tidigast, 'månad', 'månader')}"] if tidigast is not None else []
    krav += [f"senast {antal_ord(senast, 'månad', 'månader')}"] if senast is not None else []
    return f"Anställningen ska börja {' och '.join(krav)} efter den dagen." if krav else ""


def _anstallning(anstallning: Anstallning | None) -> Grund:
    if anstallning is None:
        return Grund("Anställning", "Finns inte kvar", BORTA, None, ("R50",))
    grad = f"{decimaltal(anstallning.sysselsattningsgrad, 2)}\xa0%"
    return Grund(
        "Anställning",
        f"{anstallning.nyckel}, {galler(anstallning.fran, anstallning.till)}",
        f"{anstallning.get_anstallningsform_display().capitalize()}, {grad}.",
        None,
        ("R50",),
        utat="Anställningen uppfyller regelns krav på form och omfattning.",
    )


def _regel(regel: Bonusregel) -> Grund:
    delar = [f"Bonusen är {kronor(regel.belopp)}"]
    if regel.arstak is not None:
        delar.append(f"högst {kronor(regel.arstak)} per år")
    if regel.minst_sysselsattningsgrad is not None:
        delar.append(f"minst {decimaltal(regel.minst_sysselsattningsgrad, 2)}\xa0% sysselsättning")
    text = f"{', '.join(delar)}."
    return Grund("Bonusregel", f"{regel.nyckel}, {galler(regel.fran, regel.till)}", text, None, ("R50",))


def _aterkravd(rad: Ersattningsrad) -> list[Observation]:
    """That a person has decided to take the row back, and where."""
    provning = Aterkravsprovning.objects.filter(rader__rad=rad).select_related("av").first()
    if provning is None:
        return []
    tillbaka = Ersattningsrad.objects.filter(krediterar=rad).first()
    text = f"Bonusen är återkrävd. {_beslutet(provning)}."
    if tillbaka is None:
        return [Observation("varning", f"{text} Den tas tillbaka i nästa körning.")]
    return [Observation("varning", text, mal.rad(tillbaka.pk), "Visa krediteringen")]


def _observationer(
    nu: Anstallning | None, andrat: Andringar, delning: Bonusdelning | None, *, verk_finns: bool
) -> list[Observation]:
    svar = []
    if nu is None:
        svar.append(Observation("varning", f"{BORTA} {_RATTAS_INTE}"))
    elif andrat.fore("anstallningar"):
        svar.append(Observation("varning", f"Personens anställningar har ändrats efter körningen. {_RATTAS_INTE}"))
    if andrat.fore("bonusregler"):
        svar.append(Observation("varning", "Bonusregeln är ändrad efter körningen. Här står den som den var då."))
    if delning is None:
        svar.append(Observation("fel", "Beloppet följer inte av regeln. Anmäl det som ett fel i systemet."))
    if not verk_finns:
        svar.append(Observation("varning", "Verkställigheten är borttagen efter körningen."))
    return svar
