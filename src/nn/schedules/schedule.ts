/** Settings of an optimiser at one step. */
export interface ScheduledSettings {
  readonly lr: number;
  readonly momentum?: number;
}

/** The settings at step 0, 1, ... for the learning rate that the optimiser had at first. */
export type Schedule = (step: number, lr: number) => ScheduledSettings;
