"""Vad det kostar: priser, körningar, ersättningsrader och arbetsbonus."""
