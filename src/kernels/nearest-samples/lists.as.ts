/** Lists of the nearest samples found so far: heaps whose root is the farthest, of equally distant ones the last by position. */

// @ts-ignore: a decorator of AssemblyScript
@inline
function isFarther(distances: usize, indices: usize, at: i32, distance: f64, index: i32): bool {
  const own = load<f64>(distances + (<usize>at << 3));
  return own > distance || (own === distance && load<i32>(indices + (<usize>at << 2)) > index);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function put(distances: usize, indices: usize, at: i32, distance: f64, index: i32): void {
  store<f64>(distances + (<usize>at << 3), distance);
  store<i32>(indices + (<usize>at << 2), index);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function move(distances: usize, indices: usize, from: i32, to: i32): void {
  put(distances, indices, to, load<f64>(distances + (<usize>from << 3)), load<i32>(indices + (<usize>from << 2)));
}

/** Offers a sample to a list that holds `held` of `k`. Gives whether it was taken. */
export function offer(distances: usize, indices: usize, k: i32, held: i32, distance: f64, index: i32): bool {
  if (held === k) {
    if (!isFarther(distances, indices, 0, distance, index)) return false;
    sink(distances, indices, k, distance, index);
    return true;
  }
  let hole = held;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (isFarther(distances, indices, parent, distance, index)) break;
    move(distances, indices, parent, hole);
    hole = parent;
  }
  put(distances, indices, hole, distance, index);
  return true;
}

/** Puts a sample in place of the root of `size`. */
function sink(distances: usize, indices: usize, size: i32, distance: f64, index: i32): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    const last = load<f64>(distances + (<usize>child << 3)), lastIndex = load<i32>(indices + (<usize>child << 2));
    if (child + 1 < size && isFarther(distances, indices, child + 1, last, lastIndex)) child++;
    if (!isFarther(distances, indices, child, distance, index)) break;
    move(distances, indices, child, hole);
    hole = child;
  }
  put(distances, indices, hole, distance, index);
}
