"""Every change of what the app holds, by noun."""
