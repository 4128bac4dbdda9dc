"""Report 2: beslut to reconsider and to follow up, those that ran out while carried out, and how often it is done."""
