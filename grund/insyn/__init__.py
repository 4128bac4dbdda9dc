"""What operations see of the system: log lines, health, measurements, failed tasks and what is slow (ADR 0046)."""
