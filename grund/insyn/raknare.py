"""What a web process counts for Prometheus. Labels are names of routes and codes: few, and nobody's data.

With several processes (gunicorn) PROMETHEUS_MULTIPROC_DIR names an empty folder in memory where they count together.
"""

from prometheus_client import Counter, Histogram

_GRANSER = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
begaran = Counter("insatskollen_begaran", "Begäran som har besvarats.", ["rutt", "metod", "status"])
tid = Histogram("insatskollen_begaran_sekunder", "Hur lång tid ett svar tog.", ["rutt"], buckets=_GRANSER)
fragor = Counter("insatskollen_databasfragor", "Frågor till databasen.", ["rutt"])
fragetid = Counter("insatskollen_databasfragor_sekunder", "Tid som frågor till databasen tog.", ["rutt"])
METODER = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})  # a client may send any word


def rakna(*, rutt: str, metod: str, status: int, sekunder: float, antal: int, i_databasen: float) -> None:
    """A request that has been answered."""
    begaran.labels(rutt, metod if metod in METODER else "annan", str(status)).inc()
    tid.labels(rutt).observe(sekunder)
    if antal:
        fragor.labels(rutt).inc(antal)
        fragetid.labels(rutt).inc(i_databasen)
