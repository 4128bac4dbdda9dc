"""Names come in the order of the Swedish alphabet, in the database as in Python."""

import pytest

from grund.models import Anvandare
from grund.sortering import pa_svenska
from grund.text import svensk_ordning


@pytest.mark.django_db
def test_the_database_sorts_as_python_does() -> None:
    namn = ["Öster", "ängen", "Åsen", "Zebra", "ask", "Ärla", "Ask", "Üdo", "Ygg", "Östen", "Aztek", "Édith"]
    Anvandare.objects.bulk_create(Anvandare(username=f"u{nr}", first_name=ett) for nr, ett in enumerate(namn))
    ordnade = list(Anvandare.objects.order_by(*pa_svenska("first_name")).values_list("first_name", flat=True))
    utan_gemener = [ett.casefold() for ett in ordnade]
    assert utan_gemener == [ett.casefold() for ett in sorted(namn, key=svensk_ordning)]
    assert utan_gemener[-3:] == ["ärla", "östen", "öster"]
