"""Akter for the archive: plain documented XML and CSV with checksums, and whether a package is whole (ADR 0044)."""
