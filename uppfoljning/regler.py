"""What the reports go by: in which order small insatser fill a group, and how forms of contract may be grouped."""

from ersattning.regler import FYLLNADSORDNING
from utforare.regler import Avtalsform

__all__ = ["FYLLNADSORDNING", "REGIINDELNINGAR"]

# Finest first. What is the most like another is merged first.
REGIINDELNINGAR = (
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV}, {Avtalsform.RAMAVTAL}, {Avtalsform.INDIVIDAVTAL}),
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV}, {Avtalsform.RAMAVTAL, Avtalsform.INDIVIDAVTAL}),
    ({Avtalsform.EGENREGI}, {Avtalsform.LOV, Avtalsform.RAMAVTAL, Avtalsform.INDIVIDAVTAL}),
)
