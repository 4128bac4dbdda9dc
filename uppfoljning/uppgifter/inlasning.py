"""A file is taken in whole or not at all, and takes the place of the one before of its kind and period."""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from django.db import IntegrityError, transaction

from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.fel import Fel, Felsamling
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.personnummer import ser_ut_som_personnummer
from grund.text import antal_ord
from uppfoljning.models import Uppgiftsfil
from uppfoljning.uppgifter.lasning import STORST, Varderad, las
from uppfoljning.uppgifter.queries import gallande
from uppfoljning.uppgifter.typ import Uppgiftsslag

HANDLING = "las_in_uppgifter"


class UppgifterNekade(Hindrad):
    """The file was not taken in. `fel` are the first of the faults, `antal` counts them all."""

    def __init__(self, fel: Felsamling) -> None:
        super().__init__([f"Filen lästes inte in. Den har {antal_ord(fel.antal, 'fel', 'fel')}."])
        self.fel: list[Fel] = list(fel)
        self.antal = fel.antal


def las_in_uppgifter(
    *, slag: Uppgiftsslag, period: str, innehall: bytes, filnamn: str, kalla: str, av: Anvandare | None, nu: datetime
) -> Uppgiftsfil:
    """Take in the file. Raises Hindrad, or UppgifterNekade with every fault. `av` None = a command on the server."""
    if av and (hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_UPPFOLJNING)):
        raise Hindrad(hinder)
    if len(innehall) > STORST:
        raise Hindrad([f"Filen är för stor. Den får vara högst {STORST // 1024**2} MB."])
    if ser_ut_som_personnummer(filnamn):
        raise Hindrad(["Filens namn ser ut att ha ett personnummer. Byt namn på den."])
    filnamn, avtryck = PurePath(filnamn).name[-200:], sha256(innehall).hexdigest()
    fore = gallande(slag.nyckel, period)
    if fore and fore.sha256 == avtryck:
        raise Hindrad(["Filen är redan inläst, och det är den som gäller."])
    rader, fel = las(slag, innehall, filnamn)
    if fel:
        raise UppgifterNekade(fel)
    fil = Uppgiftsfil(
        slag=slag.nyckel,
        period=period,
        version=fore.version + 1 if fore else 1,
        filnamn=filnamn,
        kalla=kalla,
        sha256=avtryck,
        antal=len(rader),
        inlast=nu,
        inlast_av=av,
    )
    try:
        with transaction.atomic():
            _lagra(slag, fil, rader, av)
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return fil


def _lagra(slag: Uppgiftsslag, fil: Uppgiftsfil, rader: list[Varderad], av: Anvandare | None) -> None:
    fil.save(force_insert=True)
    slag.modell._default_manager.bulk_create(
        [slag.modell(fil=fil, rad=rad, **varden) for rad, varden in rader],
        batch_size=2000,
    )
    om = f" för {fil.period}" if fil.period else ""
    ersatter = f" Den ersätter version {fil.version - 1}." if fil.version > 1 else ""
    skriv_handelse(
        av=av,
        handling=HANDLING,
        objekt=f"uppgiftsfil:{fil.pk}",
        text=f"{slag.namn}{om} lästes in: {antal_ord(fil.antal, 'rad', 'rader')} ur {fil.kalla}.{ersatter}",
        sha256=fil.sha256,
    )
