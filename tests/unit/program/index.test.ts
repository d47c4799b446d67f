import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as published from "../../../lib";

const folder = path.resolve(__dirname, "../../../lib/components");
const exportsOf = (file: string) =>
  Object.entries(jest.requireActual<Readonly<Record<string, unknown>>>(path.join(folder, file)));

describe("the package", () => {
  it("gives another program every component, by the name that it has here", () => {
    const files = fs.readdirSync(folder).filter((file) => file.endsWith(".ts"));
    const components = files
      .flatMap(exportsOf)
      .filter(
        ([, value]) =>
          typeof value === "function" && value.prototype instanceof pulumi.ComponentResource,
      );

    expect(components).toHaveLength(files.length);
    expect(published).toMatchObject(Object.fromEntries(components));
  });

  it("gives nothing that is missing where it comes from", () => {
    expect(Object.values<unknown>(published)).not.toContain(undefined);
  });

  it("gives the whole stack, its configuration and its program", () => {
    const { PaymentStack, getEnvironmentConfig, environmentSettings, environmentTypes } = published;

    expect(Object.keys(environmentSettings)).toEqual([...environmentTypes]);
    expect(() => getEnvironmentConfig("dev", { environmentSuffix: "-" })).toThrow(
      published.ConfigurationError,
    );
    expect(PaymentStack.prototype).toBeInstanceOf(pulumi.ComponentResource);
    expect(published.apiRoutes.length).toBeGreaterThan(0);
    for (const called of [published.program, published.readStackConfig, published.stackContext]) {
      expect(called).toBeInstanceOf(Function);
    }
  });
});
