"""Claims for arbetsbonus in every state, and a bonus that is paid for work that has ended. Changes no settled month."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from PIL import Image, ImageDraw

from beslut.regler import Insats
from ersattning import bonusansokningar, bonusbeslut
from ersattning.bonusansokningar import Uppgifter
from ersattning.intyg import granska
from ersattning.models import Anstallning, Bonusansokan, Ersattningsrad
from ersattning.regler import FAST, Radtyp
from grund import klocka
from grund.models import Anvandare
from grund.tid import Manad, lagg_till_manader
from utforare.models import Verkstallighet
from utforare.tillgang import enheter


class _Jobb(NamedTuple):
    arbetsgivare: str
    grad: int
    form: str


_JOBB = (
    _Jobb("Ekstads bageri", 75, "tillsvidare"),
    _Jobb("Lagerhuset i Ekstad", 50, "praktik"),
    _Jobb("Café Linden", 50, "visstid"),
    _Jobb("Blomsterhandeln", 25, "tillsvidare"),
)


def lagg_upp_bonus(sista: Manad) -> None:
    """Once. What waits, what is asked about, what is refused and what is granted; petra sends, eva decides."""
    if Bonusansokan.objects.exists():
        return
    petra, eva = Anvandare.objects.get(username="petra"), Anvandare.objects.get(username="eva")
    idag = sista.till + timedelta(days=2)
    skickade = [_ansok(verk, jobb, sista.till, petra, idag) for verk, jobb in _lediga(petra, idag)]
    nu = klocka.nu()
    for ansokan in skickade[2:3]:
        motiv = "Intyget säger inte hur många timmar det gäller."
        bonusbeslut.begar_komplettering(ansokan=ansokan, motiv=motiv, version=1, av=eva, nu=nu)
    for ansokan in skickade[3:4]:
        motiv = "Sysselsättningsgraden är under 50 procent."
        bonusbeslut.avsla(ansokan=ansokan, motiv=motiv, version=1, av=eva, nu=nu)
    _den_betalda(petra, eva, idag)


def _lediga(petra: Anvandare, idag: date) -> list[tuple[Verkstallighet, _Jobb]]:
    """Persons at petra's enheter with daglig verksamhet; first those who have had it for seven to eleven months."""
    urval = Verkstallighet.objects.filter(
        enhet__in=enheter(petra, idag),
        beslut__insats=Insats.DAGLIG_VERKSAMHET,
        beslut__person__skyddad=False,
        beslut__person__anstallningar=None,
        till=None,
        fran__lt=lagg_till_manader(idag, -7),
    ).select_related("beslut__person", "enhet")
    tidigast = lagg_till_manader(idag, -11)
    return list(zip(sorted(urval, key=lambda ett: (ett.fran < tidigast, ett.nyckel)), _JOBB, strict=False))


def _ansok(verk: Verkstallighet, jobb: _Jobb, fran: date, av: Anvandare, idag: date) -> Bonusansokan:
    return bonusansokningar.ansok(
        verk=verk,
        uppgifter=Uppgifter(jobb.arbetsgivare, fran, Decimal(jobb.grad), jobb.form),
        intyg=granska(_intyg(jobb, fran)),
        av=av,
        idag=idag,
        nu=klocka.nu(),
    )


def _intyg(jobb: _Jobb, fran: date) -> bytes:
    """A picture of a paper that nobody has signed."""
    ut, bild = io.BytesIO(), Image.new("RGB", (640, 240), "white")
    text = f"Intyg (påhittat)\n\n{jobb.arbetsgivare}\nAnställning från {fran}, {jobb.grad} procent, {jobb.form}."
    ImageDraw.Draw(bild).multiline_text((32, 32), text, fill="black")
    bild.save(ut, "PNG")
    return ut.getvalue()


def _den_betalda(petra: Anvandare, eva: Anvandare, idag: date) -> None:
    """The bonus that the last month paid: its claim is granted afterwards, and the work has ended."""
    rad = Ersattningsrad.objects.filter(typ=Radtyp.BONUS, korning__status__in=FAST).order_by("-fran", "pk").first()
    if rad is None:
        return
    jobb = Anstallning.objects.filter(nyckel=rad.grund[0]["anstallning"], till=None).first()
    if jobb is None:
        return
    verk = Verkstallighet.objects.select_related("beslut__person", "enhet").get(pk=rad.verkstallighet_id)
    uppgift = _Jobb(jobb.arbetsgivare or "Ekstads tvätt", int(jobb.sysselsattningsgrad), jobb.anstallningsform)
    ansokan = _ansok(verk, uppgift, jobb.fran, petra, idag)
    motiv = "Villkoren är uppfyllda, och anställningen fanns redan i underlaget."
    bonusbeslut.bevilja(ansokan=ansokan, motiv=motiv, version=1, av=eva, idag=idag, nu=klocka.nu())
    slut = Manad.av(jobb.fran).sista - timedelta(days=2)
    bonusbeslut.registrera_slut(anstallning=jobb, sista=slut, sedd_till=None, av=eva)
