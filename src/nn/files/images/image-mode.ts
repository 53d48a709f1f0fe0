import type { Pixels } from './pixels.ts';

/** Which channels an image has: as the file, one of grey, red, green and blue, or these and alpha. */
export type ImageMode = 'unchanged' | 'gray' | 'rgb' | 'rgba';

const CHANNELS: Readonly<Record<Exclude<ImageMode, 'unchanged'>, number>> = { gray: 1, rgb: 3, rgba: 4 };

/** The same image with other channels. Alpha is dropped, or full; grey is Pillow's weighing (ITU-R BT.601). */
export function toMode(image: Pixels, mode: ImageMode): Pixels {
  const { data, width, height } = image;
  const from = data.length / (width * height);
  if (mode === 'unchanged' || CHANNELS[mode] === from) return image;
  const to = CHANNELS[mode];
  const [out, full] =
    data instanceof Uint16Array
      ? [new Uint16Array(width * height * to), 65535]
      : [new Uint8Array(width * height * to), 255];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [at, place] = [pixel * from, pixel * to];
    const isColour = from > 2;
    const [red, green, blue] = [data[at]!, data[at + (isColour ? 1 : 0)]!, data[at + (isColour ? 2 : 0)]!];
    if (to === 1) {
      out[place] = isColour ? luma(red, green, blue) : red;
      continue;
    }
    out[place] = red;
    out[place + 1] = green;
    out[place + 2] = blue;
    if (to === 4) out[place + 3] = from === 2 ? data[at + 1]! : full;
  }
  return { data: out, width, height };
}

/** In 65536ths, rounded. */
function luma(red: number, green: number, blue: number): number {
  return Math.floor((red * 19595 + green * 38470 + blue * 7471 + 32768) / 65536);
}
