"""Takes workouts from a USB stick. systemd/kiosk-stick@.service runs the four steps of `kiosk.stick.__main__`.

What root runs (`device`, `files`, `take_over`, `notices`, `answer`) uses the standard library only: the files of the
stick are read, merged and checked (`content`, `merge`, `settings`) by a user who may do nothing else.
"""
