"""Buttons, buzzer and loudspeakers, which turn presses into commands and cues into sound.

gpiozero, lgpio and pygame are imported where they are used, because imports at the top would delay the first picture.
"""
