"""A slow, obvious reference implementation of docs' ersättningsregler R0–R50, to check the fast one against.

Written straight from the text of the rules, without a look at the production code: where the two disagree, one of
them has misread. Nothing here is optimised; every function names the rule that it says again in Python.
"""
