import * as fs from "node:fs";
import * as path from "node:path";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { unzipSync } from "fflate";
import { aws, functionArchive } from "../deployed";

/**
 * Writes the code of a deployed function into a folder.
 *
 * @returns the function's environment variables.
 */
export async function copyFunction(
  functionName: string,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const { Configuration, Code } = await aws.lambda.send(
    new GetFunctionCommand({ FunctionName: functionName }),
  );
  const archive = await functionArchive(Code?.Location ?? "");
  for (const [file, bytes] of Object.entries(unzipSync(archive))) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, bytes);
  }
  return { ...Configuration?.Environment?.Variables };
}
