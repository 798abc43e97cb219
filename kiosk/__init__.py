"""The circuit timer that a gym hangs on its wall."""
