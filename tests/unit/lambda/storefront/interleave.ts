import { AsyncLocalStorage } from "node:async_hooks";

/** One of those who act at the same time. */
interface Actor {
  readonly resume: (() => void)[];
  /** That it waits for its turn, or is done. */
  paused: () => void;
  isDone: boolean;
}

const acting = new AsyncLocalStorage<Actor>();

/** Waits until it is the turn of the actor that this is called by; whoever is none goes on at once. */
export async function turn(): Promise<void> {
  const actor = acting.getStore();
  if (actor === undefined) return;
  await new Promise<void>((resume) => {
    actor.resume.push(resume);
    actor.paused();
  });
}

/** Lets works go on one at a time, each from one {@link turn} to its next. */
async function interleave(
  works: readonly (() => Promise<unknown>)[],
  choose: (of: number) => number,
): Promise<void> {
  const failures: unknown[] = [];
  const actors = works.map((): Actor => ({ resume: [], paused: () => undefined, isDone: false }));
  const untilPaused = (actor: Actor, go: () => void) =>
    new Promise<void>((paused) => {
      actor.paused = paused;
      go();
    });
  for (const [i, actor] of actors.entries())
    await untilPaused(actor, () => {
      const work = acting.run(actor, async () => works[i]?.());
      void work
        .catch((error: unknown) => failures.push(error))
        .then(() => {
          actor.isDone = true;
          actor.paused();
        });
    });
  for (;;) {
    const waiting = actors.filter(({ isDone }) => !isDone);
    const next = waiting[waiting.length > 1 ? choose(waiting.length) : 0];
    if (next === undefined) break;
    await untilPaused(next, () => next.resume.shift()?.());
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * Runs a scenario once for every order in which the turns of those who act in it can come.
 *
 * @param scenario - Begins anew, lets works interleave and checks the result.
 * @returns how many orders there are.
 */
export async function everyInterleaving(
  scenario: (
    together: (...works: readonly (() => Promise<unknown>)[]) => Promise<void>,
  ) => Promise<void>,
): Promise<number> {
  const choices: { taken: number; readonly of: number }[] = [];
  for (let runs = 1; ; runs++) {
    let depth = 0;
    await scenario((...works) =>
      interleave(works, (of) => (choices[depth++] ??= { taken: 0, of }).taken),
    );
    while (choices.at(-1)?.taken === (choices.at(-1)?.of ?? 0) - 1) choices.pop();
    const last = choices.at(-1);
    if (last === undefined) return runs;
    last.taken++;
  }
}
