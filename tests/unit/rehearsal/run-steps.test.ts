import { Interruption, runSteps } from "../../../bin/rehearsal/run-steps";
import type { Step } from "../../../bin/rehearsal/run-steps";

const never = new AbortController().signal;
const step = (name: string, run: Step["run"] = () => Promise.resolve("done")): Step => ({
  name,
  limitMinutes: 1,
  run,
});
const fails = (name: string) => step(name, () => Promise.reject(new Error("broken")));
const removal = (name: string, run?: Step["run"]): Step => ({
  ...step(name, run),
  isAlwaysRun: true,
});
/** Ends when it is told to. */
const obedient = (name: string): Step =>
  step(
    name,
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("the CLI was canceled"));
        });
      }),
  );

const outcomes = async (...[steps, run]: Parameters<typeof runSteps>) =>
  (await runSteps(steps, run)).map(
    ({ name, outcome, message }) => `${name} ${outcome}: ${message}`,
  );

const free = { interrupted: never, abandoned: never };

describe("the steps of a rehearsal", () => {
  it("run one after the other, and say what they have proved", async () => {
    expect(await outcomes([step("one"), step("two")], free)).toEqual([
      "one passed: done",
      "two passed: done",
    ]);
  });

  it("are skipped after one that fails, but for those that remove what was made", async () => {
    expect(await outcomes([fails("up"), step("check"), removal("destroy")], free)).toEqual([
      "up failed: broken",
      "check skipped: up failed",
      "destroy passed: done",
    ]);
  });

  it("search for what is left where destroying fails", async () => {
    const destroy: Step = { ...fails("destroy"), isAlwaysRun: true };

    expect(await outcomes([destroy, removal("leftovers")], free)).toEqual([
      "destroy failed: broken",
      "leftovers passed: done",
    ]);
  });

  it("end when their time is over, and what was made is removed", async () => {
    const slow = { ...obedient("up"), limitMinutes: 0.0001 };

    expect(await outcomes([slow, removal("destroy")], free)).toEqual([
      "up failed: not done within 0.0001 minutes",
      "destroy passed: done",
    ]);
  });

  it("are not waited for when they do not end", async () => {
    const deaf = { ...step("up", () => new Promise(() => undefined)), limitMinutes: 0.0001 };

    expect(await outcomes([deaf, removal("destroy")], { ...free, grace: 1 })).toEqual([
      "up failed: not done within 0.0001 minutes",
      "destroy passed: done",
    ]);
  });

  it("fail when they end well after their time", async () => {
    const late = {
      ...step(
        "up",
        (signal) =>
          new Promise<string>((resolve) => {
            signal.addEventListener("abort", () => {
              resolve("done");
            });
          }),
      ),
      limitMinutes: 0.0001,
    };

    expect(await outcomes([late], free)).toEqual(["up failed: not done within 0.0001 minutes"]);
  });

  it("are interrupted, and what was made is removed", async () => {
    const interruption = new AbortController();
    const running = outcomes([obedient("up"), step("check"), removal("destroy")], {
      ...free,
      interrupted: interruption.signal,
      onStart: () => {
        setImmediate(() => {
          interruption.abort(new Interruption(false));
        });
      },
    });

    expect(await running).toEqual([
      "up failed: interrupted",
      "check skipped: interrupted",
      "destroy passed: done",
    ]);
  });

  it("are abandoned, removal and all", async () => {
    const stop = new AbortController();
    stop.abort(new Interruption(false));

    expect(
      await outcomes([step("up"), removal("destroy")], {
        interrupted: stop.signal,
        abandoned: stop.signal,
      }),
    ).toEqual(["up skipped: interrupted", "destroy skipped: interrupted"]);
  });
});
