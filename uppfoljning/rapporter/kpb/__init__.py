"""Kostnad per brukare (KPB): what the accounts say that each insats cost, spread over those who had it."""
