"""What the form of LSS asks of a home: which kind it is, and in which kommun if another. From an uploaded file."""

from uppfoljning.leveranser.regler import Boendeform
from uppfoljning.leveranser.underlag import Enhetsuppgift
from uppfoljning.models import Statistikenhet
from uppfoljning.uppgifter.queries import gallande

SLAG = "statistikenheter"


def enhetsuppgifter() -> dict[int, Enhetsuppgift]:
    """What the file that holds says of homes, by the enhet's primary key."""
    fil = gallande(SLAG)
    rader = Statistikenhet.objects.filter(fil=fil).values_list("enhet", "boendeform", "kommun") if fil else ()
    return {enhet: Enhetsuppgift(Boendeform(form), kommun) for enhet, form, kommun in rader}
