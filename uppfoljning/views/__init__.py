"""Pages, by what they tell of."""
