"""The lists that the figures are counted from, by the rules of when something is late. Pure."""

from dataclasses import dataclass

from uppfoljning.rapporter.omprovning_och_uppfoljning.queries import AttFoljaUpp, AttOmprova, Underlag, UtanBeslut
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import omprovas_senast


@dataclass(frozen=True, slots=True)
class Urval:
    """`sena`: the follow-up's day has passed. `snart`: it is near. `ej_klara`: the omprövning's last day has come."""

    sena: tuple[AttFoljaUpp, ...]
    snart: tuple[AttFoljaUpp, ...]
    ej_klara: tuple[AttOmprova, ...]
    kommande: tuple[AttOmprova, ...]
    utan_beslut: tuple[UtanBeslut, ...]

    @property
    def personer(self) -> frozenset[int]:
        """Whose rows stand in it."""
        alla = (self.sena, self.snart, self.ej_klara, self.kommande, self.utan_beslut)
        return frozenset(ett.person for lista in alla for ett in lista)


def dela(underlag: Underlag) -> Urval:
    """The day's lists."""
    dag = underlag.dag
    return Urval(
        sena=tuple(ett for ett in underlag.att_folja_upp if ett.senast < dag),
        snart=tuple(ett for ett in underlag.att_folja_upp if ett.senast >= dag),
        ej_klara=tuple(ett for ett in underlag.att_omprova if omprovas_senast(ett.till) <= dag),
        kommande=tuple(ett for ett in underlag.att_omprova if omprovas_senast(ett.till) > dag),
        utan_beslut=underlag.utan_beslut,
    )
