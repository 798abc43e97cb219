"""Which files of the wall those of a stick replace, besides the files of the same names."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from kiosk.config_files import suffixes_in
from kiosk.picture.files import clip_of, frames_of
from kiosk.stick.files import is_picture


def replaced_by(new: Collection[str]) -> set[str]:
    """Return the names that files may have which these new ones replace, such as "circuits/monday.yml".

    A new photo replaces a clip of its name and the other way round, and a new clip the frames after its last one.
    """
    pictures = {PurePath(name).stem for name in new if is_picture(name)}
    clips = [clip for stem in pictures if (clip := clip_of(stem))]
    names: set[str] = set()
    for name in new:
        path = PurePath(name)
        stems = {path.stem}
        if is_picture(name):
            stems.update(frames_of(path.stem))
            # A photo may be called plan-01. Only several files of that kind are surely a clip.
            if (clip := clip_of(path.stem)) and clips.count(clip) > 1:
                stems |= {clip, *frames_of(clip)}
        endings = [one for suffix in suffixes_in(str(path.parent)) for one in (suffix, suffix.upper())]
        names |= {f"{path.parent}/{stem}{ending}" for stem in stems for ending in endings}
    return names - set(new)
