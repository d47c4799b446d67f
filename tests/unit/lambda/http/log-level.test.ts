import "../function-environment";
import { Logger } from "@aws-lambda-powertools/logger";
import { createApp } from "../../../../lib/lambda/http/app";
import { logLevels } from "../../../../lib/types";
import type { LogLevel } from "../../../../lib/types";
import { event } from "../harness";
import { notes } from "./notes";

/** What a function logs of a request for what there is not. */
async function logged(variable: string, level: LogLevel): Promise<unknown[]> {
  process.env[variable] = level;
  try {
    const app = createApp({
      service: notes,
      endpoints: [],
      logger: new Logger(),
      allowedOrigins: [],
      authorization: "NONE",
    });
    const lines: string[] = [];
    for (const method of ["debug", "info", "warn", "error"] as const)
      jest.spyOn(console, method).mockImplementation((...line: unknown[]) => {
        lines.push(String(line[0]));
      });
    await app(event("GET", "/nothing"));
    return lines.map((line) => {
      const { level: of, message, problem } = JSON.parse(line) as Record<string, unknown>;
      return [of, message, problem];
    });
  } finally {
    jest.restoreAllMocks();
    Reflect.deleteProperty(process.env, variable);
  }
}

const refused = ["DEBUG", "Refused", "route-not-found"];
const answered = ["INFO", "Answered", undefined];

// Lambda passes the first by the function's loggingConfig
describe.each(["AWS_LAMBDA_LOG_LEVEL", "POWERTOOLS_LOG_LEVEL"])("the log by %s", (variable) => {
  it.each([
    ["DEBUG", "each request and why it was refused", [refused, answered]],
    ["INFO", "each request", [answered]],
  ] as const)("has at %s %s", async (level, _, expected) => {
    expect(await logged(variable, level)).toEqual(expected);
  });
});

describe("the levels of a log", () => {
  it("end at that of metrics, which Lambda would discard above it", () => {
    expect(logLevels).toEqual(["DEBUG", "INFO"]);
  });
});
