"""Runs a module with SIGHUP ignored, as `nohup` does: `python -m tests.nohup kiosk run`."""

import runpy
import signal
import sys

signal.signal(signal.SIGHUP, signal.SIG_IGN)
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=False)
