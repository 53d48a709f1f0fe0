/** A linear map of rows: `inputs` values each, to `outputs` values. */
export interface LinearSize {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** What flows back through a linear map; each is written to, and null where it is not wanted. */
export interface LinearGradients {
  /** Of x, shape (rows, inputs). */
  readonly ofX: Float32Array | null;
  /** Of the weight, shape (outputs, inputs). */
  readonly ofWeight: Float32Array | null;
  /** Of the bias, shape (outputs,). */
  readonly ofBias: Float32Array | null;
}
