"""The pure core: what a month costs, rule by rule (docs/ersattning.md, R0–R50). No Django, no clock, no database.

It is the only place that multiplies money. Start in `person.rakna_person`; each model has a module of its own.
"""
