"""Report 13: patterns that are worth a look, and what came of looking. Never an accusation."""
