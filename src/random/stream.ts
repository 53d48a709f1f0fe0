/** What the distributions draw from. */
export interface Stream {
  /** Uniform in [0, 1). */
  random(): number;
  /** Standard normal. */
  standardNormal(): number;
}
