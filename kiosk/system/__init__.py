"""The machine that the kiosk runs on: systemd, disk, clocks, memory and the television's power."""
