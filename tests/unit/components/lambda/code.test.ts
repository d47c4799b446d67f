import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import {
  functionFiles,
  functionNames,
  functionsFolder,
} from "../../../../lib/components/lambda/bundles";
import { functionCode } from "../../../../lib/components/lambda/code";
import { noticesOf, packageFolders } from "../../../../lib/components/lambda/notices";

const run = promisify(execFile);
const root = path.resolve(__dirname, "../../../..");

/** What a function's archive holds, by path. */
async function texts({ archive }: ReturnType<typeof functionCode>) {
  const entries = Object.entries(await archive.assets).map(async ([file, asset]) => {
    if (!(asset instanceof pulumi.asset.StringAsset)) throw new Error(`${file} is no text`);
    return [file, await asset.text] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What a function's process has of its environment. */
const env = {
  PATH: process.env["PATH"],
  AWS_REGION: "eu-central-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  TABLE_NAME: "transactions",
  USERS_TABLE: "users",
  IDEMPOTENCY_TABLE: "answers",
  ALLOWED_ORIGINS: "https://shop.example",
  AUTHORIZATION: "AWS_IAM",
  EVERY_MINUTES: "60",
  SWEEP_DAYS: "30",
  STATUS_SHARDS: "1",
  STATUS_SHARDS_READ: "1",
  ORDERS_TABLE: "orders",
  PRODUCTS_TABLE: "products",
  ORDER_EXPIRY_MINUTES: "30",
  PAYMENTS_URL: "https://payments.example/dev",
};

/** `lib/lambda` of another checkout, with one entry point: bundling all of them takes most of the time. */
function copyOfSources(checkout: string): string {
  const folder = path.join(elsewhere, checkout);
  const sources = path.join(folder, "lib/lambda");
  const others = functionNames(functionsFolder)
    .filter((name) => name !== "payments/migrate")
    .map((name) => path.join(functionsFolder, name, "index.ts"));
  fs.cpSync(functionsFolder, sources, {
    recursive: true,
    filter: (file) => !others.includes(file),
  });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return sources;
}

let elsewhere: string;
beforeAll(() => {
  elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), "function-code-"));
});
afterAll(() => {
  fs.rmSync(elsewhere, { recursive: true });
});

describe("a function's code", () => {
  it.each(functionNames(functionsFolder))(
    "of %s runs alone, in a folder with nothing else",
    async (name) => {
      const folder = path.join(elsewhere, name);
      fs.mkdirSync(folder, { recursive: true });
      for (const [file, text] of Object.entries(await texts(functionCode(name)))) {
        if (file.endsWith(".mjs")) fs.writeFileSync(path.join(folder, file), text);
      }
      const script =
        'Promise.all(fs.readdirSync(".").map((file) => import(`./${file}`))).then((modules) => { const { handler, Pool = class {} } = Object.assign({}, ...modules); console.log(typeof handler, typeof Pool); })';
      const { stdout, stderr } = await run(process.execPath, ["-e", script], { cwd: folder, env });
      expect([stdout.trim(), stderr]).toEqual(["function function", ""]);
    },
  );

  it("holds the migrations of the function that has some, in their order", async () => {
    const migrations = fs
      .readdirSync(path.join(root, "lib/lambda/payments/migrate/migrations"))
      .sort();

    expect(migrations[0]).toBe("0001_ledger.sql");
    expect(Object.keys(await texts(functionCode("payments/migrate")))).toEqual([
      "NOTICES.txt",
      "index.mjs",
      "pg.mjs",
      ...migrations.map((file) => `migrations/${file}`),
    ]);
    expect(Object.keys(await texts(functionCode("payments/ledger")))).toEqual([
      "NOTICES.txt",
      "index.mjs",
      "pg.mjs",
      "event-streams.mjs", // S3's client imports it without condition
    ]);
  });

  it("is bundled once, however often it is requested", () => {
    expect(functionCode("payments/payment")).toBe(functionCode("payments/payment"));
  });

  it("has a hash that differs between functions", async () => {
    const names = functionNames(functionsFolder);
    const hashes = await Promise.all(names.map((name) => functionCode(name).hash));

    expect(names.length).toBeGreaterThan(1);
    expect(new Set(hashes).size).toBe(names.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same in any checkout, and names none", async () => {
    const ours = await texts(functionCode("payments/migrate"));

    await expect(functionFiles("payments/migrate", copyOfSources("checkout"))).resolves.toEqual(
      ours,
    );
    for (const text of Object.values(ours)) expect(text.includes(root)).toBe(false);
  });

  it("changes its hash when a migration is added, and only then", async () => {
    const same = copyOfSources("same");
    const more = copyOfSources("more");
    fs.writeFileSync(path.join(more, "payments/migrate/migrations/0002_more.sql"), "SELECT 1;");
    const ours = await functionCode("payments/migrate").hash;

    await expect(functionCode("payments/migrate", same).hash).resolves.toBe(ours);
    await expect(functionCode("payments/migrate", more).hash).resolves.not.toBe(ours);
  });

  it.each([
    ["a module beside the source", "payments/migrate/index.mjs", "export const handler = 1;"],
    ["a source of another kind", "payments/migrate/index.tsx", "export const handler = 1;"],
    ["a source of another kind beside what is imported", "database/connection.tsx", "export {};"],
    [
      "settings of the compiler",
      "tsconfig.json",
      '{ "compilerOptions": { "paths": { "node-pg-migrate": ["./aws"] } } }',
    ],
    [
      "what is no migration beside the migrations",
      "payments/migrate/migrations/0009_x.js",
      "process.exit();",
    ],
  ])("is bundled from the sources alone: %s changes nothing", async (_, file, text) => {
    const sources = copyOfSources(`planted-${path.basename(file)}`);
    fs.writeFileSync(path.join(sources, file), text);

    await expect(functionFiles("payments/migrate", sources)).resolves.toEqual(
      await texts(functionCode("payments/migrate")),
    );
  });

  it("is the build's, in a package that contains its bundles", async () => {
    const built = path.join(elsewhere, "built/payments/ledger");
    fs.mkdirSync(built, { recursive: true });
    for (const file of ["NOTICES.txt", "index.mjs", "pg.mjs", "index.js", "chart.js"])
      fs.writeFileSync(path.join(built, file), `the text of ${file}`);

    await expect(functionFiles("payments/ledger", path.join(elsewhere, "built"))).resolves.toEqual({
      "NOTICES.txt": "the text of NOTICES.txt",
      "index.mjs": "the text of index.mjs",
      "pg.mjs": "the text of pg.mjs",
    });
  });
});

describe("the licences in a function's archive", () => {
  it("are those of the packages that are in its bundles, and of no other", async () => {
    const of = async (name: "payment" | "accounts") =>
      (await texts(functionCode(`payments/${name}`)))["NOTICES.txt"] ?? "";
    const payment = await of("payment");
    const { version } = JSON.parse(
      fs.readFileSync(path.join(root, "node_modules/zod/package.json"), "utf8"),
    ) as { version: string };

    expect(payment).toContain(`zod ${version} (MIT)\n`);
    expect(payment).toContain("Permission is hereby granted, free of charge");
    expect(payment).toMatch(/^@smithy\/core \S+ \(Apache-2.0\)$/m);
    expect(payment).not.toMatch(/^(?:pg|esbuild|jest|@pulumi\/pulumi) /m);
    await expect(of("accounts")).resolves.toMatch(/^pg \S+ \(MIT\)$/m);
    expect(Buffer.byteLength(payment)).toBeLessThan(100_000);
  });

  it("have each text once, after all packages that it is of; a package without one is named", () => {
    const add = (name: string, files: Readonly<Record<string, string>>) => {
      const folder = path.join(elsewhere, "node_modules", name);
      fs.mkdirSync(folder, { recursive: true });
      for (const [file, text] of Object.entries(files))
        fs.writeFileSync(path.join(folder, file), text);
      return folder;
    };
    const described = (name: string, license?: string) => ({
      "package.json": JSON.stringify({ name, version: "1.0.0", license }),
    });
    const folders = [
      add("c", { ...described("c"), "index.js": "" }),
      add("b", { ...described("b", "MIT"), LICENSE: "Do\r\nwhat you like.\n" }),
      add("a", { ...described("a", "MIT"), "License.md": "Do\nwhat you like.", NOTICE: "By A." }),
      add("@d/d", { ...described("@d/d", "MIT"), "LICENCE.txt": "Do\nwhat you like." }),
    ];
    const line = "-".repeat(80);

    expect(noticesOf(folders)).toBe(
      [
        ...["@d/d 1.0.0 (MIT)", "b 1.0.0 (MIT)", "", "Do\nwhat you like.", line],
        ...["a 1.0.0 (MIT)", "", "Do\nwhat you like.", "", "By A.", line],
        ...["c 1.0.0 (no licence named)", "", "", ""],
      ].join("\n"),
    );
  });

  it("leave out what a bundle only looked at", () => {
    const inputs = {
      "../node_modules/a/index.js": { bytesInOutput: 1 },
      "../node_modules/a/node_modules/@b/b/lib/more.js": { bytesInOutput: 2 },
      "../node_modules/a/other.js": { bytesInOutput: 3 },
      "../node_modules/unused/index.js": { bytesInOutput: 0 },
      "payments/payment/index.ts": { bytesInOutput: 4 },
    };

    expect(packageFolders(inputs, "/project/lambda")).toEqual(
      ["/project/node_modules/a", "/project/node_modules/a/node_modules/@b/b"].map((folder) =>
        path.resolve(folder),
      ),
    );
  });
});

describe("the bundle of the payment function", () => {
  it("has no way to the database, which payments do not need", async () => {
    expect(Object.keys(await texts(functionCode("payments/payment")))).not.toContain("pg.mjs");
    expect(Object.keys(await texts(functionCode("payments/accounts")))).toContain("pg.mjs");
  });

  it("loads nothing of Node that only streams of events need", async () => {
    const { "index.mjs": index = "" } = await texts(functionCode("payments/payment"));
    const file = path.join(elsewhere, "loaded.mjs");
    fs.writeFileSync(file, index);
    const script = `import(${JSON.stringify(file)}).then(() => console.log(JSON.stringify(process.moduleLoadList)))`;
    const { stdout } = await run(process.execPath, ["-e", script], { env });

    const loaded = z.array(z.string()).parse(JSON.parse(stdout));
    expect(loaded).toContain("NativeModule https");
    expect(loaded).not.toContain("NativeModule zlib");
  });

  it.each<Parameters<typeof functionCode>[0]>([
    "payments/payment",
    ...functionNames(functionsFolder).filter((name) => name.startsWith("storefront/")),
  ])("of %s is under 300 KB, and under 100 KB zipped", async (name) => {
    const { "index.mjs": index = "" } = await texts(functionCode(name));

    expect(Buffer.byteLength(index)).toBeLessThan(300_000);
    expect(gzipSync(index, { level: 9 }).length).toBeLessThan(100_000);
  });
});
