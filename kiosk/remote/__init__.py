"""The wall's remote: commands that come through a Unix socket, one line of JSON each, with one line as the answer.

`place` says where the socket is, `clients` is the wall's end of it, `request` what a line may say, `answer` what the
wall shows, `client` the other end, for the commands and for other programs on the machine.
"""
