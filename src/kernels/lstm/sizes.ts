/** Sizes of a sequence of gates (steps, batch, 4 hidden) and of its states. */
export interface LstmSize {
  readonly steps: number;
  readonly batch: number;
  readonly hidden: number;
}

/** What the steps of an LSTM leave for its gradient. */
export interface LstmMemory {
  /** Values of the gates i, f, g, o, shape (steps, batch, 4 hidden). */
  readonly gates: Float32Array;
  /** c_0 to c_T, shape (steps + 1, batch, hidden). */
  readonly cells: Float32Array;
  /** h_0 to h_T, shape (steps + 1, batch, hidden). */
  readonly states: Float32Array;
}

/** Gradients of one pass back: all are written to. */
export interface LstmGradients {
  /** Before the functions of the gates, shape (steps, batch, 4 hidden). */
  readonly ofGates: Float32Array;
  /** From zeros to that of h_0, shape (batch, hidden). */
  readonly ofState: Float32Array;
  /** From that of c_T to that of c_0, shape (batch, hidden). */
  readonly ofCell: Float32Array;
}

/** What the gates are projected from: V x + b. */
export interface LstmInput {
  /** Shape (steps, batch, inputs). */
  readonly x: Float32Array;
  readonly inputs: number;
  /** V, shape (4 hidden, inputs). */
  readonly weight: Float32Array;
  /** b, shape (4 hidden,), or null for none. */
  readonly bias: Float32Array | null;
}

/** Gradients of one pass back to the input: each is written to, and null where it is not wanted. */
export interface LayerGradients extends Omit<LstmGradients, 'ofGates'> {
  readonly ofX: Float32Array | null;
  /** Of V, shape (4 hidden, inputs). */
  readonly ofInput: Float32Array | null;
  readonly ofBias: Float32Array | null;
  /** Of W, shape (4 hidden, hidden). */
  readonly ofWeight: Float32Array | null;
}
