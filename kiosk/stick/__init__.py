"""Takes workouts from a USB stick. systemd/kiosk-stick@.service runs the four steps of `kiosk.stick.__main__`.

What root runs needs the standard library only. The files of a stick are read, merged with those of the wall and checked
(`content`, `merge`, `settings`) by a user who may do nothing else.
"""
