"""What a field for a day refuses: days that no month here holds, as the 9999-12-31 that other systems write for
"until further notice". With a year on either side, so that the day after and the month before can always be asked for.
"""

from django.core.validators import MaxValueValidator, MinValueValidator

from grund.tid import FORSTA_DAG, SISTA_DAG

_TEXT = f"Skriv en dag från {FORSTA_DAG} till {SISTA_DAG}."
I_KALENDERN = (MinValueValidator(FORSTA_DAG, _TEXT), MaxValueValidator(SISTA_DAG, _TEXT))
