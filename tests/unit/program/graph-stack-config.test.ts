import { stackConfig } from "../../../lib/graph/stack-config";

const file = (config: Readonly<Record<string, string>>) => ({
  project: "shop",
  config,
  leftOut: [],
});

describe("the configuration of a stack", () => {
  it("is read in the namespace of its project, by the stack's name", async () => {
    const { config } = await stackConfig("pr-42", file({ "shop:environment": "staging" }));

    expect(config).toMatchObject({ environment: "staging", environmentSuffix: "pr-42" });
  });

  it("is refused with all its problems", async () => {
    await expect(stackConfig("dev", file({ "shop:environment": "live" }))).rejects.toThrow(
      /has 1 problem; nothing was deployed\.\n {2}environment: found "live"/,
    );
  });
});
