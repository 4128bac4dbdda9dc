"""The state of the system for who runs it: alarms, measurements and the page Driften (ADR 0046)."""
