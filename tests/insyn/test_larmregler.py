"""drift/prometheus/larm.yml asks for what is measured, and for nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.urls import get_resolver
from prometheus_client import REGISTRY

from grund import kopior
from grund.insyn.begaran import STATISK
from uppfoljning.driften import matvarden

REGLER: list[dict[str, Any]] = [
    regel
    for grupp in yaml.safe_load((Path(settings.BASE_DIR) / "drift/prometheus/larm.yml").read_text("utf-8"))["groups"]
    for regel in grupp["rules"]
]
SLUT = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    assert len({regel["alert"] for regel in REGLER}) == len(REGLER) > 6
    for regel in REGLER:
        assert regel["labels"]["severity"] in {"warning", "critical"}
        for text in (regel["annotations"]["summary"], regel["annotations"]["description"]):
            assert text[0].isupper()


@pytest.mark.django_db
def test_every_rule_asks_for_what_is_measured() -> None:
    matvarden.glom()
    kopior.anteckna_kopierad(namn="a", tid="2026-06-03")
    matt = {
        metric.name + slut
        for metric in [*REGISTRY.collect(), *matvarden.Systemet().collect()]
        for slut in SLUT.get(metric.type, [""])
    }
    rutter = {STATISK, *(str(namn) for namn in get_resolver().reverse_dict)}
    for regel in REGLER:
        namnda = set(re.findall(r"insatskollen_\w+", regel["expr"]))
        assert namnda or regel["expr"].startswith("up{"), regel["alert"]
        assert namnda <= matt, regel["alert"]
        for rutt in re.findall(r'rutt!~?="([^"]+)"', regel["expr"]):
            for en in rutt.split("|"):
                assert any(re.fullmatch(en, vag) for vag in rutter), en
