"""What reports need and no other system tells: ledgers, surveys, staffing … taken in as files, version by version."""
