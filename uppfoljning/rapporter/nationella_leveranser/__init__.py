"""Report 10: what has been delivered to Socialstyrelsen, and whether it still holds."""
