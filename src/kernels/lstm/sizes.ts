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
