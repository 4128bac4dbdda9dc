"""Why a row pays what it pays, and why an avvikelse is there: told from what was kept when it was made."""
