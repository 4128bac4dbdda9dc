"""The nämnd's document about a month: queries → siffror (merged) → innehall (sentences and tables) → PDF."""
