"""Buttons, buzzer and loudspeakers: presses become commands, cues become sound.

gpiozero, lgpio and pygame are imported where they are used, not at the top: that would delay the first picture.
"""
