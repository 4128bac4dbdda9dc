"""Vem utför insatsen, på vilka villkor, och vad blev utfört."""
