"""Report 11: what enheter are held to, what was seen there, and what is left to put right."""
