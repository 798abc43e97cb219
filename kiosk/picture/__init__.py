"""The gym's own pictures of exercises: photos, and clips as numbered frames. The figures are in `kiosk.figure`."""
