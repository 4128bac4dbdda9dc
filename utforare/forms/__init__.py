"""Forms of the utförare's pages."""
