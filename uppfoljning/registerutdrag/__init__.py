"""The register extract: all that is held about a person, for the person (GDPR article 15; ADR 0044)."""
