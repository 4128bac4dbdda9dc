"""Report 6: how much staff the levels say that each enhet needs, against what is scheduled."""
