"""Report 12: a handlingsplan of the verksamhet, told to the nämnd as it stood on a day."""
