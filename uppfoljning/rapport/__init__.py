"""What every report has in common: its content, its definitions, and the ways it is shown (ADR 0033)."""
