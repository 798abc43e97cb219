"""Numbers with a noun."""


def count_of(number: int, thing: str) -> str:
    """Return the number and the noun, which is given in the singular."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
