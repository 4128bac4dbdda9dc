"""An invoice read, tried against the rules of EN 16931 and Peppol, and matched to the underlag. Pure: no database."""
