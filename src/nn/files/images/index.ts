export type { ImageMode } from './image-mode.ts';
export { readJpeg } from './jpeg.ts';
export type { ReadImageOptions } from './options.ts';
export { readPng } from './png.ts';
export { readImage } from './read-image.ts';
