"""The rows that a row stands among: the verkställighet's others of the month, and what a correction takes and gives."""

from collections.abc import Iterable

from ersattning.forklaring import mal
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import cell_i_ord
from ersattning.forklaring.typer import Rattelsepar, Syskonrad
from ersattning.models import Ersattningsrad
from ersattning.regler import Artikel, Radtyp
from grund.text import stor_forsta


def syskonrad(rad: Ersattningsrad, egen_pk: int | None) -> Syskonrad:
    """A row among others; `egen_pk` is the one that is explained."""
    cell = ", ".join(filter(None, [Artikel(rad.artikel).label, cell_i_ord("", rad.omfattning, rad.tidsband)]))
    return Syskonrad(
        artikel=stor_forsta(cell),
        antal=rad.antal,
        enhet=rad.enhet_for_antal,
        faktor=rad.faktor,
        belopp=rad.belopp,
        mal=mal.rad(rad.pk),
        ar_raden=rad.pk == egen_pk,
        typ=rad.typ,
        utforare_id=rad.utforare_id,
    )


def syskon(u: Radunderlag) -> tuple[Syskonrad, ...]:
    """The month's rows of the verkställighet that stand together with this one."""
    return _rader(u.rader, u.ursprung.pk)


def rattelsepar(u: Radunderlag) -> Rattelsepar | None:
    """What the körning took back for the verkställighet and month, and what it put in its place."""
    if u.rad.typ not in {Radtyp.KREDITERING, Radtyp.RATTELSE}:
        return None
    samma = [ett for ett in u.alla_rader if ett.korning_id == u.rad.korning_id]
    return Rattelsepar(
        krediterade=_rader((ett for ett in samma if ett.typ == Radtyp.KREDITERING), u.rad.pk),
        tillkomna=_rader((ett for ett in samma if ett.typ == Radtyp.RATTELSE), u.rad.pk),
    )


def _rader(rader: Iterable[Ersattningsrad], egen_pk: int) -> tuple[Syskonrad, ...]:
    ordning = sorted(rader, key=lambda ett: (Artikel.values.index(ett.artikel), ett.fran, -ett.faktor, ett.pk))
    return tuple(syskonrad(ett, egen_pk) for ett in ordning)


def kreditering_av(u: Radunderlag) -> Ersattningsrad | None:
    """The later row that takes this one back, if there is one."""
    return next((ett for ett in u.alla_rader if ett.krediterar_id == u.rad.pk), None)
