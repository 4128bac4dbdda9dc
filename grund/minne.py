"""How Python looks for what is no longer used, in a process that answers pages."""

import gc

# About what the largest page makes. By Python's own 700 everything is looked through several times a page.
_NYA_OBJEKT = 50_000


def lat_sidor_vara_i_fred() -> None:
    """What is loaded once stays and is not gone through again, and what a page makes is looked through after it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NYA_OBJEKT, 20, 20)
