"""Prognos: what the rest of the year and the next will cost, held against the budget, and how it then fared."""
