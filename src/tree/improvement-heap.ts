/**
 * A binary heap with the largest improvement first. Which of several equal improvements comes first decides the
 * numbers of nodes, so the moves are those of the C++ standard library's `push_heap` and `pop_heap` (GNU).
 */

interface Improving {
  readonly improvement: number;
}

export function pushByImprovement<T extends Improving>(heap: T[], item: T): void {
  heap.push(item);
  rise(heap, item, heap.length - 1);
}

export function popLargest<T extends Improving>(heap: T[]): T | undefined {
  const largest = heap[0];
  const item = heap.pop();
  if (item === undefined || heap.length === 0) return largest;
  // The hole at the root sinks to the bottom along the larger children; the last item then rises from there.
  const { length } = heap;
  let hole = 0;
  let child = 0;
  while (child < (length - 1) >> 1) {
    child = 2 * (child + 1);
    if (heap[child]!.improvement < heap[child - 1]!.improvement) child--;
    heap[hole] = heap[child]!;
    hole = child;
  }
  if (length % 2 === 0 && child === (length - 2) >> 1) {
    child = 2 * child + 1;
    heap[hole] = heap[child]!;
    hole = child;
  }
  rise(heap, item, hole);
  return largest;
}

function rise<T extends Improving>(heap: T[], item: T, from: number): void {
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!(heap[parent]!.improvement < item.improvement)) break;
    heap[hole] = heap[parent]!;
    hole = parent;
  }
  heap[hole] = item;
}
