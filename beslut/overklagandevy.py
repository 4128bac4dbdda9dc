"""An appeal as its page shows it."""

from beslut.arendevy import Steg
from beslut.frister import sista_dag_att_overklaga
from beslut.koder import Overklagandesteg
from beslut.models import Delgivning, Overklagande
from beslut.visning import Par
from grund.text import datum_i_ord, stor_forsta

_VAG = (
    (Overklagandesteg.INKOMMET, "Kom in"),
    (Overklagandesteg.I_TID, "Rättidsprövning"),
    (Overklagandesteg.OMPROVAT, "Nämndens omprövning"),
    (Overklagandesteg.OVERLAMNAT, "Till domstolen"),
    (Overklagandesteg.AVGJORT, "Dom"),
)
_HUNNET = {
    Overklagandesteg.INKOMMET: 1,
    Overklagandesteg.I_TID: 2,
    Overklagandesteg.AVVISAT: 2,
    Overklagandesteg.ANDRAT: 3,
    Overklagandesteg.OMPROVAT: 3,
    Overklagandesteg.OVERLAMNAT: 4,
    Overklagandesteg.AVGJORT: 5,
}
_SLUT = {Overklagandesteg.AVVISAT, Overklagandesteg.ANDRAT}


def flode(ett: Overklagande) -> list[Steg]:
    """The way of the appeal."""
    hunnet = _HUNNET[Overklagandesteg(ett.steg)]
    dagar = (ett.inkom, ett.rattid_provad, ett.omprovat, ett.overlamnat, ett.domdag)
    return [
        Steg(namn, _lage(nummer, hunnet, slut=ett.steg in _SLUT), datum_i_ord(dag) if dag else "")
        for nummer, ((_, namn), dag) in enumerate(zip(_VAG, dagar, strict=True))
    ]


def _lage(nummer: int, hunnet: int, *, slut: bool) -> str:
    if nummer < hunnet:
        return "klar"
    return "nu" if nummer == hunnet and not slut else "kommande"


def fakta(ett: Overklagande) -> Par:
    """What is known of the appeal; what is not is left out."""
    delgivning: Delgivning | None = getattr(ett.beslut, "delgivning", None)
    fick_del = f"{datum_i_ord(delgivning.dag)}, {delgivning.get_satt_display()}" if delgivning else "inte antecknat"
    par = [
        ("Läge", stor_forsta(ett.get_steg_display())),
        ("Överklagas av", ett.klagande),
        ("Kom in", datum_i_ord(ett.inkom)),
        ("Beslutet fattades", datum_i_ord(ett.beslut.beslutsdatum)),
        ("Personen fick del", fick_del),
        ("Sista dag", datum_i_ord(sista_dag_att_overklaga(delgivning.dag)) if delgivning else ""),
        ("Rättidsprövat", datum_i_ord(ett.rattid_provad) if ett.rattid_provad else ""),
        ("Skäl", ett.rattid_skal),
        ("Nämndens omprövning", ett.omprovat_text),
        ("Till domstolen", datum_i_ord(ett.overlamnat) if ett.overlamnat else ""),
        ("Dom", _dom(ett)),
        ("Domen säger", ett.domtext),
        ("Beslut enligt domen", ett.domens_beslut.nyckel if ett.domens_beslut else ""),
    ]
    return [rad for rad in par if rad[1]]


def _dom(ett: Overklagande) -> str:
    if ett.domdag is None:
        return ""
    return f"{datum_i_ord(ett.domdag)}, mål {ett.malnummer}: {ett.get_domsutfall_display()}"


def hjalp() -> list[str]:
    """What happens with an appeal, in short."""
    return [
        "Nämnden prövar om överklagandet kom in i tid (45 § förvaltningslagen).",
        "Nämnden ser om beslutet ska ändras så som personen begär (38–39 §§).",
        "Annars lämnas det till förvaltningsrätten utan dröjsmål, helst inom en vecka (46 §).",
        "Domen registreras. Ger den något blir den ett beslut som ska verkställas.",
    ]
