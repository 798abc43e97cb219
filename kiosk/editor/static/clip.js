// Turns a clip or a photo into JPEGs, in the browser: it can decode what phones record, the wall's computer cannot.

export const LONGEST_S = 4;
export const SHORTEST_S = 0.5;
export const A_SECOND = 10;
const WIDTH = 640;
const HEIGHT = 360;
const PHOTO = 1280;
const QUALITY = 0.75;
const SETTLE_MS = 60;
const FAR_S = 1e7;
const CANNOT_PLAY =
  "This browser cannot play that clip. Record it in the phone's most compatible format, or try another one.";
const CANNOT_SHOW = "This browser cannot read that photo. Try a JPEG or PNG file.";

/** Returns a <video> with the file's first picture. Throws an Error that says what to do. `close` it afterwards. */
export async function openClip(file) {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, preload: "auto", src: URL.createObjectURL(file) });
  try {
    await happens(video, "loadedmetadata");
    // Phones load no picture before it plays.
    await video.play().catch(() => {});
    video.pause();
    if (!Number.isFinite(video.duration)) await findEnd(video);
    if (!video.videoWidth) throw new Error(CANNOT_PLAY);
    await seek(video, 0);
  } catch {
    close(video);
    throw new Error(CANNOT_PLAY);
  }
  return video;
}

/** Returns the photo in a file as an <img>. Throws an Error that says what to do. `close` it afterwards. */
export async function openPhoto(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
  } catch {
    close(image);
    throw new Error(CANNOT_SHOW);
  }
  return image;
}

/** Let go of an opened clip or photo. */
export function close(picture) {
  URL.revokeObjectURL(picture.src);
  picture.removeAttribute("src");
  if (picture.load) picture.load();
}

/**
 * Returns the frames of a clip as JPEGs, ten a second. `place` is where the 16:9 part lies: 0 is left or top, 1 is right
 * or bottom. `tell(done, all)` is called after each frame; `signal` ends it early.
 */
export async function framesOf(video, { start_s, length_s, place }, tell, signal) {
  const count = Math.max(2, Math.round(length_s * A_SECOND));
  const canvas = canvasOf(WIDTH, HEIGHT);
  const frames = [];
  for (let at = 0; at < count; at += 1) {
    await seek(video, Math.min(start_s + at / A_SECOND, video.duration));
    signal.throwIfAborted();
    draw(video, cropped(video.videoWidth, video.videoHeight, place), canvas);
    frames.push(await asJpeg(canvas));
    tell(frames.length, count);
  }
  return frames;
}

/** Returns a photo as a JPEG of at most 1280 pixels: cropped to 16:9 at `place`, or all of it if `place` is null. */
export async function shrunk(image, place) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const part = place === null ? { x: 0, y: 0, width, height } : cropped(width, height, place);
  const scale = Math.min(1, PHOTO / Math.max(part.width, part.height));
  const canvas = canvasOf(Math.max(1, Math.round(part.width * scale)), Math.max(1, Math.round(part.height * scale)));
  draw(image, part, canvas);
  return asJpeg(canvas);
}

function cropped(width, height, place) {
  const wide = width * HEIGHT > height * WIDTH;
  const part = wide ? { width: (height * WIDTH) / HEIGHT, height } : { width, height: (width * HEIGHT) / WIDTH };
  return { ...part, x: wide ? (width - part.width) * place : 0, y: wide ? 0 : (height - part.height) * place };
}

function draw(picture, part, canvas) {
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, part.x, part.y, part.width, part.height, 0, 0, canvas.width, canvas.height);
}

function canvasOf(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

function asJpeg(canvas) {
  return new Promise((resolve, reject) => {
    const take = (blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot make a picture of it.")));
    canvas.toBlob(take, "image/jpeg", QUALITY);
  });
}

// A clip that a browser has recorded does not say how long it is: far behind its end, the browser finds out.
async function findEnd(video) {
  while (!Number.isFinite(video.duration)) {
    const found = happens(video, "durationchange");
    video.currentTime = FAR_S;
    await found;
  }
}

async function seek(video, at_s) {
  const there = happens(video, "seeked");
  video.currentTime = at_s;
  await there;
  // Some browsers say so before the picture is there.
  if (video.requestVideoFrameCallback) {
    await Promise.race([
      new Promise((resolve) => video.requestVideoFrameCallback(resolve)),
      new Promise((resolve) => setTimeout(resolve, SETTLE_MS)),
    ]);
  }
}

function happens(target, event) {
  return new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, { once: true });
    target.addEventListener("error", reject, { once: true });
  });
}
