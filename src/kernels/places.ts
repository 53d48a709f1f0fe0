/** Hands out places one after another, each on a cache line. */
export class Places {
  bytes: number;

  constructor(start = 0) {
    this.bytes = start;
  }

  take(bytes: number): number {
    const place = this.bytes;
    this.bytes = Math.ceil((place + bytes) / 64) * 64;
    return place;
  }
}
