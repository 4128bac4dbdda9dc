"""The audit of dependencies tells what is wrong, what is not, and what could not be looked up."""

import pytest

from verktyg import beroenden

REN = {"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}]}
BRIST = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]}
NPM = {"metadata": {"dependencies": {"total": 4}}, "vulnerabilities": {}}
INGET: dict[str, object] = {"error": {"code": "E405"}}


@pytest.mark.parametrize(
    ("pip", "npm", "kod", "sagt"),
    [
        (REN, NPM, 0, "1 paket granskade, inga kända brister"),
        (BRIST, NPM, beroenden.BRISTER, "a 1: PYSEC-1, rättad i 2"),
        (REN, INGET, beroenden.EJ_GRANSKAT, "kunde inte granskas"),
        (INGET, NPM, beroenden.EJ_GRANSKAT, "kunde inte granskas"),
        (REN, NPM | {"vulnerabilities": {"x": {"severity": "high", "range": "<2"}}}, beroenden.BRISTER, "x: high, <2"),
    ],
)
def test_what_could_not_be_looked_up_is_no_clean_bill(
    pip: object, npm: object, kod: int, sagt: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(beroenden, "_kor", lambda argv: pip if "tool" in argv else npm)
    assert beroenden.granska() == kod
    ut = capsys.readouterr().out
    assert sagt in ut
    assert "Django" in ut
    assert "ingen uppgift" not in ut
