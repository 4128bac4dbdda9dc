"""The pages of ersättning."""
