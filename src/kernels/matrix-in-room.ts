import { Matrix } from '../array/index.ts';
import type { Room } from '../parallel/index.ts';
import type { Work } from '../work/index.ts';

/** A matrix of zeros: in the room, if that was made for as many values. */
export function* matrixIn(room: Room | undefined, rows: number, columns: number): Work<Matrix> {
  if (room?.length !== rows * columns) return Matrix.zeros(rows, columns);
  return new Matrix(yield* room.take(), rows, columns);
}
