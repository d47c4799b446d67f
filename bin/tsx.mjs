// Strips the types. tsx caches what it has transformed in a folder of a known name in the shared temporary folder,
// and runs code from it, whoever wrote it: the cache is used only where that folder belongs to this user alone.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

if (!ownsCache()) process.env.TSX_DISABLE_CACHE ||= "1";
await import("tsx");

function ownsCache() {
  // Windows has access lists in place of owners and modes, and a temporary folder for each user
  if (process.getuid === undefined) return true;
  const folder = path.join(os.tmpdir(), `tsx-${process.getuid()}`);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code !== "EEXIST") return false;
  }
  const found = fs.lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
}
