"""Level changes and what they cost, person by person for those who follow money, and in sums for the nämnd."""
