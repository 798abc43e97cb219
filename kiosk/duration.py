"""Durations as text for people."""


def clock_text(duration_s: float) -> str:
    """Return a duration in seconds as the text m:ss, or h:mm:ss from one hour on. Half a second is rounded up."""
    minutes, seconds = divmod(int(duration_s + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
