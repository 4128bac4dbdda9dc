"""The reports, one module or package each, and the register of them."""
