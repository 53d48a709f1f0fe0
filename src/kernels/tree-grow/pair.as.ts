/** Nodes of two samples, the most frequent of all. */
import { DIFFERS, Growth, isApart } from './growth.as';

/** The order of a pair in a column: of the row numbers, whichever is first. */
export const NOT_APART: i32 = 0;
const ASCENDING: i32 = 1;
const DESCENDING: i32 = 2;

/** Puts the samples of the open node into the order of a column, writes `entries`, and says which order that is. */
export function orderPair(g: Growth, feature: i32): i32 {
  const codes = g.codes + (((<usize>feature) * (<usize>g.rows)) << 2);
  const samples = g.samples + ((<usize>g.start) << 2);
  let low = load<u32>(samples);
  let high = load<u32>(samples, 4);
  let lowCode = load<u32>(codes + ((<usize>low) << 2));
  let highCode = load<u32>(codes + ((<usize>high) << 2));
  if (lowCode > highCode) {
    const row = low;
    low = high;
    high = row;
    const code = lowCode;
    lowCode = highCode;
    highCode = code;
    store<u32>(samples, low);
    store<u32>(samples, high, 4);
  }
  if (!isApart(g, feature, lowCode, highCode)) return NOT_APART;
  store<u32>(g.entries, low | DIFFERS);
  store<u32>(g.entries, high | DIFFERS, 4);
  return low < high ? ASCENDING : DESCENDING;
}
