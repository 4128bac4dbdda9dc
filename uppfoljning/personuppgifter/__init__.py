"""What the system holds about a person, read by the retention table: the ground of the extract and of the archive."""
