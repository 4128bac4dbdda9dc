"""Backup and restore of the database and the files, to a point in time (docs/adr/0045-sakerhetskopior.md).

Knows neither Django nor the system's apps: it must work when the web is down and there is no database at all.
"""
