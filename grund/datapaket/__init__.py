"""Datapaket: the import and export format, as one engine that knows no file by name.

Each app describes its own files in `<app>/datapaket.py` (`FILER`); the engine reads, checks, stores and exports what is
described. The way of a package: kalla (folder, zip, xlsx) → csvlasning/xlsxlasning (rows of text with their line) →
inlasning (typed rows in a temporary table per file) → kontroller (set-based, against what will be stored) → lagring.
"""
