"""The chain that seals the logs, so that a row changed in the database itself is found and named (ADR 0041)."""
