"""Närvaro in daglig verksamhet (LSS) and sysselsättning (SoL): who is there, who is free, which places are empty."""
