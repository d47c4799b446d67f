// Runs a function's bundle as Lambda does: one process, one event after the other.
import { pathToFileURL } from "node:url";

const { handler } = await import(pathToFileURL(process.argv[2]).href);
const context = { getRemainingTimeInMillis: () => 60_000 };
process.on("message", async ({ id, event }) => {
  try {
    process.send({ id, result: await handler(event, context) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
process.send({ id: "ready" });
