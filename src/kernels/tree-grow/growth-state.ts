/** The fields of `Growth` in growth.as.ts, in their order: four bytes each, then eight each. */
const WORDS = [
  ...['rows', 'columns', 'size', 'classes', 'isExact', 'presorts', 'hasWholeWeights'],
  ...['maxFeatures', 'maxDepth', 'minSamplesSplit', 'minSamplesLeaf', 'random'],
  ...[
    'codes',
    'tied',
    'nearStarts',
    'nearCodes',
    'nearReach',
    'info',
    'targets',
    'samples',
    'words',
    'dealt',
    'counts',
  ],
  ...[
    'entries',
    'order',
    'side',
    'features',
    'constants',
    'featuresBefore',
    'samplesBefore',
    'randomBefore',
    'total',
    'left',
    'stack',
    'nodes',
    'nodeCapacity',
  ],
  ...['stackTop', 'nodeCount', 'nodeTotal', 'deepest', 'phase', 'column', 'ops'],
  ...['start', 'end', 'depth', 'parent', 'knownConstants'],
  ...['undrawn', 'visited', 'drawnConstants', 'foundConstants', 'nConstants'],
  ...['feature', 'pos', 'lowCode', 'highCode', 'leastCode', 'greatestCode', 'pendingOrder'],
  ...['openTies', 'nOpenTies', 'leavesTiesOpen', 'isDoubtful', 'judgedOrders'],
] as const;
const DOUBLES = [
  ...['minWeightLeaf', 'minImpurityDecrease', 'weightedTotal'],
  ...['impurity', 'weighted', 'sum', 'squares', 'best', 'slack', 'impurityLeft', 'impurityRight'],
] as const;

const WORD_AT: Readonly<Record<string, number>> = Object.fromEntries(WORDS.map((name, at) => [name, at]));
const DOUBLE_AT: Readonly<Record<string, number>> = Object.fromEntries(DOUBLES.map((name, at) => [name, at]));

export type WordField = (typeof WORDS)[number];
export type DoubleField = (typeof DOUBLES)[number];

/** Bytes before the first double. */
const DOUBLES_AT = Math.ceil(WORDS.length / 2) * 8;
export const STATE_BYTES = DOUBLES_AT + 8 * DOUBLES.length;

/** The state as its owner sees it. */
export class GrowthState {
  readonly pointer: number;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;

  constructor(buffer: ArrayBufferLike, pointer: number) {
    this.pointer = pointer;
    this.#words = new Int32Array(buffer, pointer, WORDS.length).fill(0);
    this.#doubles = new Float64Array(buffer, pointer + DOUBLES_AT, DOUBLES.length).fill(0);
  }

  set(fields: Partial<Record<WordField, number>>): void {
    for (const name in fields) this.#words[WORD_AT[name]!] = fields[name as WordField]!;
  }

  setDoubles(fields: Partial<Record<DoubleField, number>>): void {
    for (const name in fields) this.#doubles[DOUBLE_AT[name]!] = fields[name as DoubleField]!;
  }

  word(name: WordField): number {
    return this.#words[WORD_AT[name]!]!;
  }
}
