"""The machine around the kiosk."""
