"""What can go wrong with a file, in sentences that people read."""


class FilFel(Exception):  # noqa: N818
    """A file cannot be made, or is not what it was when it was made. The text is in Swedish."""
