"""All the reports of a year as PDF and Excel, made by the workers."""
