import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Runs the test files of a folder and those below it as one: jest loads our own modules, and itself, anew for each
 * file. jest.config.js leaves them out as files of their own, unless one of them is named
 * by its path: `npx jest tests/unit/components/vpc.test.ts --selectProjects unit`.
 */
export function testsOf(folder: string): void {
  const whole = path.join(__dirname, folder);
  const files = fs
    .readdirSync(whole, { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".test.ts"));
  for (const file of files.sort()) jest.requireActual(path.join(whole, file));
}
