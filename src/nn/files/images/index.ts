export type { ImageMode } from './image-mode.ts';
export { readJpeg } from './jpeg.ts';
export type { ReadImageOptions } from './options.ts';
export { channelsOf, type Pixels } from './pixels.ts';
export { readPng } from './png.ts';
export { readImage } from './read-image.ts';
