import { PolicyGraph, UnknownValueError, unknownValue } from "../../../../lib/policy/policy-graph";
import { ecsRules } from "../../../../lib/policy/rules/ecs";
import { describeRules, resource } from "../rule-cases";

const windows = { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
const task = (...containers: readonly Record<string, unknown>[]) => ({
  containerDefinitions: JSON.stringify(
    containers.map((container, i) => ({ name: `container-${String(i)}`, ...container })),
  ),
});
const variable = (name: string, value = "value") => task({ environment: [{ name, value }] });
const efs = (efsVolumeConfiguration: Record<string, unknown>) => ({
  volumes: [{ name: "scratch" }, { name: "files", efsVolumeConfiguration }],
});

const container = "containerDefinitions";
/** What no rule takes for a list of containers. */
const malformed = [
  { given: {}, at: [container] },
  { given: { containerDefinitions: "[" }, at: [container] },
  { given: { containerDefinitions: '[{"image":"nameless"}]' }, at: [container] },
];

describeRules("rules for ECS", ecsRules, [
  {
    rule: "ECS.2",
    passes: [{}, { networkConfiguration: { subnets: [], assignPublicIp: false } }],
    fails: [
      {
        given: { networkConfiguration: { assignPublicIp: true } },
        at: ["networkConfiguration.assignPublicIp"],
      },
    ],
  },
  {
    rule: "ECS.3",
    passes: [{}, { pidMode: "task" }],
    fails: [{ given: { pidMode: "host" }, at: ["pidMode"] }],
  },
  {
    rule: "ECS.4",
    passes: [task({}), task({ privileged: false }), task()],
    fails: [
      ...malformed,
      { given: task({ privileged: true }), at: [container] },
      { given: task({}, { privileged: true }, { privileged: true }), at: [container, container] },
    ],
  },
  {
    rule: "ECS.5",
    passes: [task({ readonlyRootFilesystem: true }), { ...task({}), ...windows }],
    fails: [
      ...malformed,
      { given: task({ readonlyRootFilesystem: true }, {}), at: [container] },
      { given: task({ readonlyRootFilesystem: false }), at: [container] },
    ],
  },
  {
    rule: "ECS.8",
    passes: [
      task({}),
      variable("AWS_REGION"),
      variable("TOKEN_URL"),
      task({ environment: [{ name: "EMPTY" }] }),
      variable("DB_SECRET", "arn:aws:secretsmanager:eu-west-1:1:secret:db"),
    ],
    fails: [
      ...malformed,
      { given: variable("AWS_ACCESS_KEY_ID"), at: [container] },
      { given: variable("ECS_ENGINE_AUTH_DATA"), at: [container] },
      { given: variable("DB_PASSWORD"), at: [container] },
      { given: variable("stripeApiKey"), at: [container] },
    ],
  },
  {
    rule: "ECS.9",
    passes: [task({ logConfiguration: { logDriver: "awslogs" } })],
    fails: [
      ...malformed,
      { given: task({ logConfiguration: { logDriver: "awslogs" } }, {}), at: [container] },
      { given: task({ logConfiguration: {} }), at: [container] },
    ],
  },
  {
    rule: "ECS.10",
    passes: [{}, { platformVersion: "LATEST" }, { platformVersion: "1.4.0" }],
    fails: [{ given: { platformVersion: "1.3.0" }, at: ["platformVersion"] }],
  },
  {
    rule: "ECS.12",
    passes: [
      { settings: [{ name: "containerInsights", value: "enabled" }] },
      { settings: [{ name: "containerInsights", value: "enhanced" }] },
    ],
    fails: [
      { given: {}, at: ["settings"] },
      { given: { settings: [{ name: "containerInsights", value: "disabled" }] }, at: ["settings"] },
      { given: { settings: [{ name: "another", value: "enabled" }] }, at: ["settings"] },
    ],
  },
  {
    rule: "ECS.16",
    passes: [{}, { networkConfiguration: { assignPublicIp: false } }],
    fails: [
      {
        given: { networkConfiguration: { assignPublicIp: true } },
        at: ["networkConfiguration.assignPublicIp"],
      },
    ],
  },
  {
    rule: "ECS.17",
    passes: [{}, { networkMode: "awsvpc" }],
    fails: [{ given: { networkMode: "host" }, at: ["networkMode"] }],
  },
  {
    rule: "ECS.18",
    passes: [{}, efs({ transitEncryption: "ENABLED" })],
    fails: [
      {
        given: efs({ fileSystemId: "fs-1" }),
        at: ["volumes.1.efsVolumeConfiguration.transitEncryption"],
      },
    ],
  },
  {
    rule: "ECS.20",
    passes: [
      task({ user: "1000:1000" }),
      task({ user: "node" }),
      task({ user: "rooted" }),
      { ...task({}), ...windows },
    ],
    fails: [
      ...malformed,
      { given: task({}), at: [container] },
      { given: task({ user: "root" }), at: [container] },
      { given: task({ user: "0:1000" }), at: [container] },
    ],
  },
  {
    rule: "ECS.21",
    passes: [task({}), { ...task({ user: "ContainerUser" }), ...windows }],
    fails: [
      ...malformed,
      { given: { ...task({}), ...windows }, at: [container] },
      { given: { ...task({ user: "ContainerAdministrator" }), ...windows }, at: [container] },
    ],
  },
]);

it("cannot judge containers that are known after the deployment only", () => {
  const unknown = resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: unknownValue,
  });
  const rule = ecsRules.find(({ id }) => id === "ECS.4");
  expect(() => rule?.check(unknown, new PolicyGraph([unknown]))).toThrow(UnknownValueError);
});
