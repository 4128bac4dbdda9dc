"""A delivery is made, and handed in or thrown away; a layout is laid in and confirmed."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from uppfoljning.leveranser import kedja, protokoll
from uppfoljning.leveranser.layout import las
from uppfoljning.leveranser.queries import Fil, gallande_layout, gor_fil, las_protokoll
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, period_i_ord
from uppfoljning.models import Leverans, Leveranslayout, Leveransrad

_GRUND = Path(__file__).parent / "grundlayouter"
_GRUND_FRAN = date(2016, 1, 1)
_GRUND_KALLA = {
    Leveransslag.LSS: "Vår läsning av SOSFS 2005:21 och blanketten i HSLF-FS 2016:48. Filens skrivsätt är antaget.",
    Leveransslag.SOL_PAGAENDE: "Vår läsning av HSLF-FS 2016:86, bilaga 1. Kolumner, koder och skrivsätt är antagna.",
    Leveransslag.SOL_FORANDRADE: "Vår läsning av HSLF-FS 2016:86, bilaga 2. Kolumner, koder och skrivsätt är antagna.",
}
_LAST = "Läs varningarna, och kryssa i att du har gjort det."


def hinder_for_leverans(slag: Leveransslag, dag: date, idag: date) -> list[str]:
    """Why no file of `dag` can be made; empty = it can."""
    if dag >= idag:
        return [f"Vänta tills tiden har gått: filen avser {datum_i_ord(dag)}."]
    if gallande_layout(slag, dag) is None:
        return [f"Det finns ingen layout som gäller {datum_i_ord(dag)}. Lägg in en."]
    return []


def gor_leverans(*, slag: Leveransslag, dag: date, av: Anvandare, idag: date, nu: datetime) -> Leverans:
    """Make a draft of `dag` from what is known today, and check it. An earlier draft is thrown away. Raises Hindrad."""
    if hinder := hinder_for_leverans(slag, dag, idag):
        raise Hindrad(hinder)
    layout = gallande_layout(slag, dag)
    assert layout  # noqa: S101  hinder_for_leverans has seen to it
    try:
        with transaction.atomic():
            for gammalt in Leverans.objects.select_for_update().filter(slag=slag, dag=dag, status=Leveranslage.UTKAST):
                _kasta(gammalt, av, nu)
            return _spara(layout, dag, gor_fil(layout, dag), av, nu)
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott


def _spara(layout: Leveranslayout, dag: date, fil: Fil, av: Anvandare, nu: datetime) -> Leverans:
    samma = Leverans.objects.filter(slag=layout.slag, dag=dag)
    leverans = Leverans.objects.create(
        slag=layout.slag,
        dag=dag,
        omgang=1 + (samma.aggregate(sista=Max("omgang"))["sista"] or 0),
        layout=layout,
        antal=len(fil.rader),
        sha256=sha256(fil.innehall).hexdigest(),
        protokoll=_protokoll(layout, dag, fil).som_data(),
        skapad=nu,
        skapad_av=av,
    )
    Leveransrad.objects.bulk_create(
        Leveransrad(leverans=leverans, nummer=nummer, nyckel=rad.nyckel, person_id=rad.person, varden=list(rad.varden))
        for nummer, rad in enumerate(fil.rader, 1)
    )
    _handelse(leverans, "gor_leverans", f"Gjorde ett utkast med {antal_ord(leverans.antal, 'rad', 'rader')}.", av)
    return leverans


def _protokoll(layout: Leveranslayout, dag: date, fil: Fil) -> protokoll.Protokoll:
    anmarkningar = list(fil.anmarkningar)
    if layout.slag == Leveransslag.SOL_PAGAENDE:
        anmarkningar += kedja.anmarkningar(dag, {rad.nyckel: rad.person for rad in fil.rader})
    bekraftad = layout.bekraftad is not None
    return protokoll.gor(fil.layout, fil.underlag, fil.rader, anmarkningar, bekraftad=bekraftad)


def hinder_for_lamnande(leverans: Leverans) -> list[str]:
    """Why it cannot be marked as delivered; empty = it can."""
    if leverans.status != Leveranslage.UTKAST:
        return [f"Leveransen är redan {leverans.get_status_display()}."]
    if antal := len(las_protokoll(leverans).stoppar):
        return [f"{antal_ord(antal, 'fel', 'fel')} måste rättas. Rätta uppgifterna och gör ett nytt utkast."]
    return []


def lamna(
    *,
    leverans: Leverans,
    lamnad: date,
    kvittens: str,
    varningar_lasta: bool,
    av: Anvandare,
    idag: date,
    nu: datetime,
) -> None:
    """Note that the file was handed in. From then on it stands as it is. Raises Hindrad."""
    with transaction.atomic():
        ett = Leverans.objects.select_for_update().get(pk=leverans.pk)
        hinder = hinder_for_lamnande(ett) or _hinder_for_dag(ett, lamnad, idag)
        varningar = las_protokoll(ett).varnar
        if not hinder and varningar and not varningar_lasta:
            hinder = [_LAST]
        if hinder:
            raise Hindrad(hinder)
        ett.status, ett.lamnad, ett.kvittens = Leveranslage.LAMNAD, lamnad, kvittens
        ett.avslutad, ett.avslutad_av = nu, av
        ett.save()
        text = (
            f"Filen lämnades {datum_i_ord(lamnad)} med {antal_ord(len(varningar), 'läst varning', 'lästa varningar')}."
        )
        _handelse(ett, "lamna_leverans", text, av)


def _hinder_for_dag(leverans: Leverans, lamnad: date, idag: date) -> list[str]:
    if lamnad > idag:
        return ["Dagen har inte varit än. Notera leveransen när filen är lämnad."]
    if lamnad < localdate(leverans.skapad):
        return ["Filen kan inte ha lämnats innan den gjordes."]
    return []


def kasta(*, leverans: Leverans, av: Anvandare, nu: datetime) -> None:
    """Throw a draft away; it is kept as thrown. Raises Hindrad."""
    with transaction.atomic():
        ett = Leverans.objects.select_for_update().get(pk=leverans.pk)
        if ett.status != Leveranslage.UTKAST:
            raise Hindrad([f"Leveransen är redan {ett.get_status_display()}."])
        _kasta(ett, av, nu)


def _kasta(leverans: Leverans, av: Anvandare, nu: datetime) -> None:
    leverans.status, leverans.avslutad, leverans.avslutad_av = Leveranslage.KASTAD, nu, av
    leverans.save()
    _handelse(leverans, "kasta_leverans", "Utkastet kastades.", av)


def _handelse(leverans: Leverans, handling: str, text: str, av: Anvandare) -> None:
    vad = f"{Leveransslag(leverans.slag).label}, {period_i_ord(leverans.slag, leverans.dag)}: {text}"
    skriv_handelse(av=av, handling=handling, objekt=f"leverans:{leverans.pk}", text=vad, sha256=leverans.sha256)


# ---- Layouts -----------------------------------------------------------------------------------------------------


def lagg_in_layout(
    *,
    slag: Leveransslag,
    fran: date,
    till: date | None,
    definition: Mapping[str, Any],
    kalla: str,
    av: Anvandare,
    nu: datetime,
) -> Leveranslayout:
    """Lay in a new version, which holds before the earlier ones for days from `fran`. Raises Hindrad."""
    try:
        las(slag, definition)
    except ValueError as fel:
        raise Hindrad(str(fel).split("\n")) from fel
    try:
        with transaction.atomic():
            sista = Leveranslayout.objects.filter(slag=slag).aggregate(sista=Max("version"))["sista"] or 0
            ett = Leveranslayout.objects.create(
                slag=slag,
                version=sista + 1,
                fran=fran,
                till=till,
                definition=definition,
                kalla=kalla,
                skapad=nu,
                skapad_av=av,
            )
            text = f"{ett} lades in, för tider från och med {datum_i_ord(fran)}. Källa: {kalla}"
            skriv_handelse(av=av, handling="lagg_in_layout", objekt=f"leveranslayout:{ett.pk}", text=text)
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return ett


def lagg_in_grundlayouter(*, av: Anvandare, nu: datetime) -> list[Leveranslayout]:
    """Lay in, of the kinds that have none, how we have read the regulations. They are not confirmed."""
    saknas = [slag for slag in Leveransslag if not Leveranslayout.objects.filter(slag=slag).exists()]
    return [
        lagg_in_layout(
            slag=slag,
            fran=_GRUND_FRAN,
            till=None,
            definition=json.loads((_GRUND / f"{slag}.json").read_text(encoding="utf-8")),
            kalla=_GRUND_KALLA[slag],
            av=av,
            nu=nu,
        )
        for slag in saknas
    ]


def bekrafta_layout(*, layout: Leveranslayout, mot: str, av: Anvandare, nu: datetime) -> None:
    """Note that somebody has held it against the receiver's own description, `mot`. Raises Hindrad."""
    with transaction.atomic():
        ett = Leveranslayout.objects.select_for_update().get(pk=layout.pk)
        if ett.bekraftad:
            raise Hindrad(["Layouten är redan bekräftad."])
        ett.bekraftad, ett.bekraftad_av, ett.bekraftad_mot = nu, av, mot
        ett.save(update_fields=["bekraftad", "bekraftad_av", "bekraftad_mot"])
        text = f"{ett} bekräftades mot beskrivningen."
        skriv_handelse(av=av, handling="bekrafta_layout", objekt=f"leveranslayout:{ett.pk}", text=text)
