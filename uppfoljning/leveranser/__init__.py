"""National deliveries: files to Socialstyrelsen, made from what is registered, checked, compared and frozen."""
