"""The circuit timer that a gym hangs on its wall."""

__version__ = "0.2.0"
