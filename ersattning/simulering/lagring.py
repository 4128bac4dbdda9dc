"""Adds what some persons' months come to, to the sums that are stored. One statement for each kind of sum."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ersattning.kalkyl.simulering import Utfall
from grund.pengar import avrunda_kvot

_SUMMOR = """
INSERT INTO ersattning_simuleringssumma (variant_id, manad, utforare_id, insats, niva, artikel, enhet, antal, belopp)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],
                     %s::numeric[], %s::numeric[])
    ON CONFLICT (variant_id, manad, utforare_id, insats, niva, artikel, enhet) DO UPDATE
   SET antal = ersattning_simuleringssumma.antal + excluded.antal,
       belopp = ersattning_simuleringssumma.belopp + excluded.belopp
"""
_BRISTER = """
INSERT INTO ersattning_simuleringsbrist (variant_id, manad, utforare_id, insats, kod, antal)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[], %s::text[], %s::integer[])
    ON CONFLICT (variant_id, manad, utforare_id, insats, kod) DO UPDATE
   SET antal = ersattning_simuleringsbrist.antal + excluded.antal
"""
_VOLYMER = """
INSERT INTO ersattning_simuleringsvolym (simulering_id, manad, utforare_id, insats, personer, nya, avslutade,
                                         bestallda, utforda, efterhand)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[], %s::integer[], %s::integer[], %s::integer[],
                     %s::numeric[], %s::bigint[], %s::bigint[])
    ON CONFLICT (simulering_id, manad, utforare_id, insats) DO UPDATE
   SET personer = ersattning_simuleringsvolym.personer + excluded.personer,
       nya = ersattning_simuleringsvolym.nya + excluded.nya,
       avslutade = ersattning_simuleringsvolym.avslutade + excluded.avslutade,
       bestallda = ersattning_simuleringsvolym.bestallda + excluded.bestallda,
       utforda = ersattning_simuleringsvolym.utforda + excluded.utforda,
       efterhand = ersattning_simuleringsvolym.efterhand + excluded.efterhand
"""


def lagg_till(simulering_id: int, varianter: Sequence[int], utfall: Utfall) -> None:
    """Add `utfall` to what is stored. `varianter`: primary keys by number.

    The keys come in order, so that two workers who add to the same sums never wait for each other in a ring.
    """
    summor = sorted(utfall.summor.items())
    _skriv(
        _SUMMOR,
        [
            (varianter[n.variant], n.manad.fran, *n[2:], avrunda_kvot(*s.antal.as_integer_ratio(), 8), s.belopp)
            for n, s in summor
        ],
    )
    brister = sorted(utfall.brister.items())
    _skriv(_BRISTER, [(varianter[n.variant], n.manad.fran, *n[2:], antal) for n, antal in brister])
    volymer = sorted(utfall.volymer.items(), key=lambda par: (str(par[0].manad), par[0].utforare_id or 0, par[0][2]))
    _skriv(
        _VOLYMER,
        [
            (
                simulering_id,
                n.manad and n.manad.fran,
                n.utforare_id,
                n.insats,
                v.personer,
                v.nya,
                v.avslutade,
                avrunda_kvot(*v.bestallda.as_integer_ratio(), 8),
                v.utforda,
                v.efterhand,
            )
            for n, v in volymer
        ],
    )


def _skriv(sql: str, rader: Sequence[Sequence[Any]]) -> None:
    if rader:
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(kolumn) for kolumn in zip(*rader, strict=True)])
