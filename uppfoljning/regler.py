"""What the reports go by: in which order small insatser fill a group, and how forms of contract may be grouped."""

from beslut.regler import Insats
from utforare.regler import Avtalsform

# Those that seldom stand on their own come first. Fixed, so that the order tells nothing of a month.
FYLLNADSORDNING = (
    Insats.KORTTIDSTILLSYN,
    Insats.KONTAKTPERSON_SOL,
    Insats.AVLOSNING,
    Insats.LEDSAGNING,
    Insats.AVLOSARSERVICE,
    Insats.LEDSAGARSERVICE,
    Insats.KONTAKTPERSON,
    Insats.BOSTAD_BARN,
    Insats.SARSKILT_BOENDE,
    Insats.KORTTIDSVISTELSE,
    Insats.PERSONLIG_ASSISTANS,
    Insats.SYSSELSATTNING,
    Insats.BOENDESTOD,
    Insats.BOSTAD_VUXNA,
    Insats.DAGLIG_VERKSAMHET,
)

# Finest first. What is the most like another is merged first.
REGIINDELNINGAR = (
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV}, {Avtalsform.RAMAVTAL}, {Avtalsform.INDIVIDAVTAL}),
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV}, {Avtalsform.RAMAVTAL, Avtalsform.INDIVIDAVTAL}),
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV, Avtalsform.RAMAVTAL, Avtalsform.INDIVIDAVTAL}),
)
