"""The month's files: ersattning.csv and avvikelser.csv, the providers' specifications and the controller's workbook."""
