"""The rules of docs/ersattning.md in plain Swedish, for those who pay and those who are paid.

Explanations, documents and the page of rules quote these texts. They say what the rule does, not all of its edges:
docs/ersattning.md decides. They tell of the rules as they are in regler.REGELVERSION.
"""

import re
from typing import NamedTuple

from grund.text import HART

REGELVERSION = 1  # the version that the texts tell of; tests hold it to regler.REGELVERSION


class Regeltext(NamedTuple):
    """A rule in words. `rubrik` names it, `text` says what it does, `exempel` shows it with numbers (may be empty)."""

    nummer: str
    rubrik: str
    text: str
    exempel: str = ""


class Regelgrupp(NamedTuple):
    """Rules that belong together."""

    rubrik: str
    regler: tuple[Regeltext, ...]


_I_TAL = re.compile(r"(?<=\d) (?=\d{3}\b|kr\b|%)")


def _regel(nummer: str, rubrik: str, text: str, exempel: str = "") -> Regeltext:
    """A rule whose numbers are not broken over lines."""
    return Regeltext(nummer, rubrik, _I_TAL.sub(HART, text), _I_TAL.sub(HART, exempel))


_GRUNDER = (
    _regel(
        "R0",
        "Dagar och pengar",
        "En dag är en svensk kalenderdag. Allt räknas exakt. Först när en rad är färdig avrundas beloppet till hela"
        " ören, ett halvt öre uppåt. Månadens summa är summan av de avrundade raderna.",
        "8,85 timmar × 441,00 kr = 3 902,85 kr. Blir det 220,505 kr skrivs 220,51 kr, och vid kreditering −220,51 kr.",
    ),
    _regel(
        "R1",
        "Dagar som betalas",
        "En dag betalas bara om beslutet är ett bifall, helt eller delvis, och gäller den dagen. Dagar efter att"
        " personen har avlidit betalas inte. En dag som inte betalas av de skälen blir en avvikelse, så att någon"
        " tittar på den.",
        "Beslutet gäller till och med 20 maj men insatsen utförs till den 31. 1–20 maj betalas, 21–31 maj blir"
        " avvikelsen ”Verkställs utan gällande beslut”.",
    ),
    _regel(
        "R2",
        "Avtalet",
        "Villkoren är de i avtalet mellan kommunen och enhetens utförare för insatsen den dagen. Finns ett individavtal"
        " för personen går det före det allmänna. Avtalet som gäller bestämmer ensamt: saknar det ett pris används"
        " inget annat avtal. Utan avtal betalas inget, och dagen blir en avvikelse.",
    ),
    _regel(
        "R3",
        "Nivån",
        "Nivån en dag är den i personens senaste godkända nivåbedömning för insatsen. Den räknas från dagen då den"
        " börjar gälla, eller tidigast från dagen då den godkändes om avtalet säger så. En bedömning som inte är"
        " godkänd påverkar inga pengar.",
        "Nivå 3 gäller från 1 april och godkänns 28 maj. I de flesta avtal betalas nivå 3 från 1 april. Säger avtalet"
        " ”tidigast den dag den godkänns” betalas nivå 3 från 28 maj.",
    ),
    _regel(
        "R4",
        "Priset",
        "Priset tas ur avtalets prislista: det som gäller den dagen, för insatsen och enheten (dygn, dag, timme eller"
        " månad). Ett pris kan vara för en viss nivå, omfattning eller ett visst tidsband. Passar flera går ett som"
        " anger nivån först, sedan ett som anger omfattningen, sedan ett som anger tidsbandet. Passar inget betalas"
        " inget, och det blir en avvikelse.",
        "Prislistan har 1 845,00 kr för alla nivåer och 1 962,00 kr för nivå 3. Den som har nivå 3 får 1 962,00 kr.",
    ),
    _regel(
        "R5",
        "Raderna",
        "Dagar eller minuter som är lika blir en rad: samma verkställighet, artikel, nivå, omfattning, tidsband, pris,"
        " andel och enhet. Raden visar första och sista dag som räknas i den. Det som inte ger något blir ingen rad.",
        "Närvaro 1–20 maj och frånvaro 21–31 maj blir två rader, även när priset är detsamma.",
    ),
    _regel(
        "R6",
        "Avvikelserna",
        "En avvikelse säger vad som behöver ses över, för vilken verkställighet och vilka dagar eller vilket besök. Den"
        " stoppar aldrig körningen. En dag prövas i ordningen beslut, dödsfall, avtal, beställd omfattning och pris,"
        " och bara det första hindret visas.",
    ),
)
_DAGAR = (
    _regel(
        "R10",
        "Modellen dygn",
        "Varje dag betalas med ett dygn. Den som bor där räknas som närvarande om inget annat är registrerat. En dag"
        " med frånvaro betalas med den andel som avtalets frånvarotrappa ger. Dagens plats i den obrutna frånvaron"
        " avgör andelen, och dagar i tidigare månader räknas med.",
        "Trappan är 100 % dag 1–14 och 50 % dag 15–30. Frånvaro 7–29 maj: 7–20 maj betalas fullt, 21–29 maj till"
        " hälften.",
    ),
    _regel(
        "R11",
        "Modellen närvaro",
        "Bara dagar med registrerad närvaro eller frånvaro räknas. En närvarodag betalas med priset för dagens"
        " omfattning: den som är registrerad, annars den som minuterna ger enligt avtalet, annars den beställda."
        " Frånvaro betalas enligt frånvarotrappan. Dagar utan registrering bryter inte frånvaron och förlänger den"
        " inte, men är det mer än 31 dagar mellan två registreringar börjar en ny.",
        "Frånvaro torsdag, fredag och måndag är frånvarodag 1, 2 och 3.",
    ),
    _regel(
        "R12",
        "Modellen månad",
        "En plats eller en person betalas med ett pris per månad. Antalet är de dagar som betalas delat med månadens"
        " dagar. Närvaro och frånvaro påverkar inte.",
        "Från 22 maj: 10 av 31 dagar. 61 234,56 kr × 10/31 = 19 753,08 kr.",
    ),
)
_TID = (
    _regel(
        "R20",
        "Modellen utförd tid",
        "Besöket hör till dagen då det började: den dagens beslut, avtal, nivå och pris gäller hela besöket. Minuterna"
        " är den verkliga tiden från start till slut, också när klockan ställs om. De avrundas om avtalet säger så och"
        " delas upp på prislistans tidsband efter vad klockan är. Minuter utan pris blir en avvikelse.",
        "Besök 18.40–20.05 med kvällspris från 19.00: 20 minuter på dagen och 65 minuter på kvällen.",
    ),
    _regel(
        "R21",
        "Taket för utförd tid",
        "Har avtalet ett tak betalas högst den andelen av månadens beställda tid, i hela minuter. Besöken räknas i den"
        " ordning de utfördes, och det besök som når taket kapas i slutet. Minuter över taket betalas inte och blir"
        " avvikelsen ”Utfört över beställd tid”. Utan beställd tid finns inget tak.",
        "10 timmar i veckan ger 2 657 minuter i maj. Är taket 110 % betalas högst 2 922 minuter.",
    ),
    _regel(
        "R22",
        "Bomtid",
        "Ett besök som brukaren avbokade för sent, eller inte alls, betalas som bomtid om avtalet säger så. För sent är"
        " när det var mindre tid kvar till den planerade starten än avtalets varsel. De planerade minuterna betalas med"
        " avtalets andel av priset. Bomtiden kan ha ett eget tak.",
        "Varsel 24 timmar: ett besök kl. 10.00 som avbokas dagen före kl. 10.00 ger inget, kl. 10.01 ger bomtid.",
    ),
    _regel(
        "R23",
        "Modellen beställd tid",
        "Det som är beställt betalas, vad som än utfördes. Timmar per vecka delas på 7 dagar och timmar per månad på"
        " månadens dagar, och varje dag som betalas ger sin del. Det beställda tas från verkställigheten, annars från"
        " beslutet. Är det inte i timmar betalas inget, och det blir en avvikelse.",
        "10 timmar i veckan är 10 × 60 / 7 = 85,7 minuter per dag. Hela maj ger 44,2857 timmar.",
    ),
)
_SLUT = (
    _regel(
        "R30",
        "Dagar efter avslut",
        "När en verkställighet slutar kan avtalet ge betalt för ett antal dagar till, ibland bara vid vissa"
        " slutorsaker. De betalas som närvaro, på den nivå som gällde sista dagen. De slutar dagen före nästa"
        " verkställighet av samma insats för personen på enheten.",
        "Slut 20 maj och sju dagar efter avslut: 21–27 maj betalas.",
    ),
    _regel(
        "R31",
        "Sådant som krockar",
        "Tre saker betalas men blir en avvikelse, för att en person ska avgöra vad som är rätt. Den första är besök hos"
        " samma person som överlappar varandra. Den andra är besök en dag då personen är registrerad som frånvarande"
        " från sitt boende. Den tredje är samma insats på två håll samma dag, när båda betalas per dygn eller månad.",
    ),
)
_MANADEN = (
    _regel(
        "R40",
        "Rättelser",
        "En fastställd månad ändras aldrig. Har underlaget ändrats räknas månaden om i nästa öppna körning. En rad som"
        " inte längre stämmer tas tillbaka med omvänt tecken (kreditering), och den rätta läggs till (rättelse). Båda"
        " anger vilken månad de avser. Rader som är lika lämnas.",
        "April betalades med 30 dygn. I maj visar det sig att det var 15. Maj får −30 dygn och +15 dygn, som avser"
        " april.",
    ),
    _regel(
        "R41",
        "Fyra ögon",
        "Den som har beräknat eller granskat månaden får inte fastställa den. Det ska alltid vara två personer.",
    ),
    _regel(
        "R50",
        "Arbetsbonus",
        "När en person i daglig verksamhet får ett vanligt arbete kan utföraren få en bonus. Anställningen ska uppfylla"
        " regelns krav på form, omfattning och hur länge personen har haft daglig verksamhet. En del betalas när"
        " anställningen börjar och resten efter kvalificeringstiden, om personen då har varit anställd hela tiden. En"
        " person kan ge en bonus per regel. Ryms betalningen inte under årets tak betalas den inte. En bonus tas aldrig"
        " tillbaka av sig själv: en person kan besluta att återkräva den, och då betalas inte heller resten.",
        "30 000 kr med hälften vid start och sex månaders kvalificering: 15 000 kr vid start 1 mars och 15 000 kr"
        " 1 september.",
    ),
)
GRUPPER = (
    Regelgrupp("Grunderna", _GRUNDER),
    Regelgrupp("Ersättning per dag och månad", _DAGAR),
    Regelgrupp("Ersättning per tid", _TID),
    Regelgrupp("När det slutar eller krockar", _SLUT),
    Regelgrupp("Månaden, rättelser och bonus", _MANADEN),
)
REGELTEXTER = {regel.nummer: regel for grupp in GRUPPER for regel in grupp.regler}
