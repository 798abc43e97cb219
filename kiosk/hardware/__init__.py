"""Buttons, buzzer and speakers: what is pressed becomes commands, and cues become sound.

Nothing here imports gpiozero, lgpio or pygame before it is used: the first picture must not wait for them.
"""
