"""Grunden: tid, pengar, spår, behörighet och datapaket. Känner ingen annan app."""
