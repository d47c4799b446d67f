import { Listr } from "listr2";
import type { OnProgress, Phase } from "./phases";

/** How a run's progress is shown. */
export interface Progress {
  readonly onProgress: OnProgress;
  /** Ends the display; resolves when the last line is written. */
  readonly finish: () => Promise<void>;
}

/** A phase as the display waits for it. */
class Step {
  start = 0;
  show: (detail: string) => void = () => undefined;
  end: (error?: Error) => void = () => undefined;
  readonly ended = new Promise<void>((resolve, reject) => {
    this.end = (error) => {
      if (error === undefined) resolve();
      else reject(error);
    };
  });

  constructor(readonly title: string) {
    // a phase that fails before the display comes to it
    this.ended.catch(() => undefined);
  }
}

/** Shows the phases of a run: redrawn on a terminal, a line each elsewhere. */
export function showProgress(): Progress {
  const steps: Readonly<Record<Phase, Step>> = {
    emulator: new Step("AWS emulator"),
    database: new Step("PostgreSQL"),
    deployment: new Step("Deployment"),
    payment: new Step("First payment"),
  };
  const task = (step: Step) => ({
    title: step.title,
    task: async (_: unknown, shown: { title: string; output: string }) => {
      if (process.stdout.isTTY) {
        step.show = (detail) => {
          shown.output = detail;
        };
      }
      await step.ended;
      shown.title = `${step.title} (${((performance.now() - step.start) / 1000).toFixed(1)} s)`;
    },
  });
  const list = new Listr(
    [
      {
        title: "Servers",
        task: (_, shown) =>
          shown.newListr([task(steps.emulator), task(steps.database)], { concurrent: true }),
      },
      task(steps.deployment),
      task(steps.payment),
    ],
    {
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
    },
  );
  let shown: Promise<unknown> | undefined;
  return {
    onProgress: (phase, event) => {
      // the command reports what went wrong
      shown ??= list.run().catch(() => undefined);
      const step = steps[phase];
      if (event.state === "started") step.start = performance.now();
      if (event.state === "running") step.show(event.detail);
      if (event.state === "done") step.end();
      if (event.state === "failed") step.end(new Error(`${step.title} failed`));
    },
    async finish() {
      for (const step of Object.values(steps)) step.end(new Error("stopped"));
      await shown;
    },
  };
}
