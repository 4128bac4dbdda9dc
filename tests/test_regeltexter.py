"""The rules that people read are the rules that count."""

import re
from pathlib import Path

from django.conf import settings

from ersattning import regeltexter, regler
from grund.text import HART

_RUBRIK = re.compile(r"^\*\*(R\d+)\b", re.MULTILINE)


def test_every_rule_of_the_document_has_a_text_and_no_text_is_of_another():
    i_dokumentet = _RUBRIK.findall((Path(settings.BASE_DIR) / "docs/ersattning.md").read_text(encoding="utf-8"))
    assert len(i_dokumentet) == 20
    assert list(regeltexter.REGELTEXTER) == i_dokumentet
    assert [regel.nummer for grupp in regeltexter.GRUPPER for regel in grupp.regler] == i_dokumentet


def test_the_texts_tell_of_the_rules_that_the_calculation_carries_out():
    assert regeltexter.REGELVERSION == regler.REGELVERSION


def test_every_text_is_short_and_ends_as_a_sentence():
    for regel in regeltexter.REGELTEXTER.values():
        meningar = re.findall(r"[.!?”](?= [A-ZÅÄÖ]|$)", regel.text)
        assert 2 <= len(meningar) <= 6, regel.nummer
        assert regel.text.endswith("."), regel.nummer
        assert not regel.exempel or regel.exempel.endswith("."), regel.nummer


def test_numbers_are_not_broken_over_lines():
    alla = " ".join(regel.text + regel.exempel for regel in regeltexter.REGELTEXTER.values())
    assert f"1{HART}962,00{HART}kr" in alla
    assert not re.search(r"\d (\d{3}\b|kr\b|%)", alla)
