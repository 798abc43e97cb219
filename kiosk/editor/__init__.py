"""The page by which workouts are changed, in a browser: for the wall's phone screen, and for `kiosk edit`.

It is a process of its own, with a user of its own: the wall opens no network. The two meet in files and in the socket
of the remote.
"""
