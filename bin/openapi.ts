import * as fs from "node:fs";
import * as path from "node:path";
import { openApiFile, openApiText } from "../lib/api/openapi";

fs.writeFileSync(path.join(__dirname, "..", openApiFile), openApiText());
