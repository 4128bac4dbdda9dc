"""The event log in plain Swedish: what was done, by whom, to what, and what it changed."""
