"""Numbers with a noun."""


def count_of(number: int, thing: str) -> str:
    """Return the number with the noun, which is given in the singular: "1 round", "3 rounds"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
