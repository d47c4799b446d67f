/** The phases of a run, in this order, except that the database starts concurrently with emulator and deployment. */
export const phases = ["emulator", "database", "deployment", "payment"] as const;

/** A phase of a run. */
export type Phase = (typeof phases)[number];

/** How long phases took, in milliseconds. */
export type Timings = Readonly<Partial<Record<Phase, number>>>;

/** Called when a phase starts, makes progress, ends or fails. */
export type OnProgress = (
  phase: Phase,
  event:
    | { readonly state: "started" | "done" | "failed" }
    | { readonly state: "running"; readonly detail: string },
) => void;

/** Times phases and reports their progress. */
export class PhaseLog {
  private readonly measured: Partial<Record<Phase, number>> = {};

  constructor(private readonly onProgress: OnProgress = () => undefined) {}

  get timings(): Timings {
    return this.measured;
  }

  async run<T>(phase: Phase, work: (report: (detail: string) => void) => Promise<T>): Promise<T> {
    const start = performance.now();
    this.onProgress(phase, { state: "started" });
    try {
      const result = await work((detail) => {
        this.onProgress(phase, { state: "running", detail });
      });
      this.measured[phase] = Math.round(performance.now() - start);
      this.onProgress(phase, { state: "done" });
      return result;
    } catch (error) {
      this.onProgress(phase, { state: "failed" });
      throw error;
    }
  }
}
