"""Tests of budgets and prognoser."""
