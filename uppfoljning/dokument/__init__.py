"""The nämnd's documents that people write: mall, versions, frozen figures, sign-off, PDF (ADR 0038)."""
