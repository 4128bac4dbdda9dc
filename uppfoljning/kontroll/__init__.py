"""What the system looks for every night and when something is registered: wrong data, and what is worth a look."""
