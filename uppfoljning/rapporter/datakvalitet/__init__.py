"""Report 9: what in the data cannot be right, whose it is to put right, and what it may be about in kronor."""
