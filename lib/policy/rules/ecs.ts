import type { ClusterArgs, ServiceArgs, TaskDefinitionArgs, TaskSetArgs } from "@pulumi/aws/ecs";
import { containersOf } from "../containers";
import type { Container } from "../containers";
import { byDefault, equals, not, oneOf } from "../expectations";
import { resourceRule, violation } from "../rule";
import type { Rule, RuleDescription, Subject, Violation } from "../rule";

const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";
const noPublicAddress = byDefault(equals(false));

/** The rules for ECS. ECS.1, which AWS has withdrawn, is covered by ECS.4, .17 and .20. */
export const ecsRules: readonly Rule[] = [
  resourceRule<ServiceArgs>({
    id: "ECS.2",
    title: "Services' tasks get no public address",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave networkConfiguration.assignPublicIp out, or set it to false.",
    binding: true,
    types: ["aws:ecs/service:Service"],
    check: (service) => service.expect("networkConfiguration.assignPublicIp", noPublicAddress),
  }),
  resourceRule<TaskDefinitionArgs>({
    id: "ECS.3",
    title: "Containers do not see their host's processes",
    severity: "high",
    concern: "confidentiality",
    pci: ["2.2.6"],
    remediation: 'Leave pidMode out, or set it to "task".',
    types: [taskDefinition],
    check: (task) => task.expect("pidMode", not("host")),
  }),
  everyContainer(({ privileged }) => (privileged ? "is privileged" : undefined), {
    id: "ECS.4",
    title: "Containers have no root rights on their host",
    severity: "high",
    concern: "confidentiality",
    pci: ["2.2.6", "7.2.5"],
    remediation: "Leave privileged out of the container definitions.",
    binding: true,
  }),
  everyContainer(
    ({ readonlyRootFilesystem }, task) =>
      readonlyRootFilesystem || isWindows(task) ? undefined : "may write to its root file system",
    {
      id: "ECS.5",
      title: "Containers cannot change their own files",
      severity: "high",
      concern: "integrity",
      pci: ["2.2.6"],
      remediation:
        "Set readonlyRootFilesystem: true, and mount a volume where the container must write.",
    },
  ),
  everyContainer(
    ({ environment }) => {
      const secrets = environment.filter(isSecret).map(({ name }) => name);
      return secrets.length > 0
        ? `has secrets in its environment: ${secrets.join(", ")}`
        : undefined;
    },
    {
      id: "ECS.8",
      title: "Containers get secrets from a store, not from their definition",
      severity: "high",
      concern: "confidentiality",
      pci: ["8.6.2"],
      remediation: "Name the secret's ARN in secrets in place of its value in environment.",
      binding: true,
    },
  ),
  everyContainer(
    ({ logConfiguration }) => (logConfiguration === undefined ? "logs to nowhere" : undefined),
    {
      id: "ECS.9",
      title: "Containers have a log configuration",
      severity: "high",
      concern: "accountability",
      pci: ["10.2.1"],
      remediation: 'Set logConfiguration, for instance with logDriver "awslogs".',
    },
  ),
  resourceRule<ServiceArgs>({
    id: "ECS.10",
    title: "Fargate services run on the latest platform",
    severity: "medium",
    concern: "integrity",
    pci: ["6.3.3"],
    remediation: "Leave platformVersion out.",
    types: ["aws:ecs/service:Service"],
    check: (service) => service.expect("platformVersion", byDefault(oneOf("LATEST", "1.4.0"))),
  }),
  resourceRule<ClusterArgs>({
    id: "ECS.12",
    title: "Clusters have Container Insights enabled",
    severity: "medium",
    concern: "accountability",
    pci: [],
    remediation: 'Set settings: [{ name: "containerInsights", value: "enabled" }].',
    types: ["aws:ecs/cluster:Cluster"],
    check: (cluster) =>
      cluster
        .list("settings")
        .some(
          ({ name, value }) =>
            name === "containerInsights" && oneOf("enabled", "enhanced").isMet(value),
        )
        ? []
        : [violation("containerInsights is not enabled", "settings")],
  }),
  resourceRule<TaskSetArgs>({
    id: "ECS.16",
    title: "Task sets' tasks get no public address",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave networkConfiguration.assignPublicIp out, or set it to false.",
    binding: true,
    types: ["aws:ecs/taskSet:TaskSet"],
    check: (set) => set.expect("networkConfiguration.assignPublicIp", noPublicAddress),
  }),
  resourceRule<TaskDefinitionArgs>({
    id: "ECS.17",
    title: "Tasks have a network interface of their own",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.3.1", "2.2.6"],
    remediation: 'Set networkMode: "awsvpc".',
    types: [taskDefinition],
    check: (task) => task.expect("networkMode", not("host")),
  }),
  resourceRule<TaskDefinitionArgs>({
    id: "ECS.18",
    title: "Traffic to EFS volumes is encrypted",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation: 'Set efsVolumeConfiguration.transitEncryption: "ENABLED".',
    binding: true,
    types: [taskDefinition],
    check: (task) =>
      task
        .list("volumes")
        .map((_, i) => `volumes.${String(i)}.efsVolumeConfiguration` as const)
        .filter((at) => task.has(at))
        .flatMap((at) => task.expect(`${at}.transitEncryption`, equals("ENABLED"))),
  }),
  everyContainer(
    ({ user }, task) =>
      !isWindows(task) && (user === undefined || /^(root|0)(:|$)/.test(user))
        ? "runs as root"
        : undefined,
    {
      id: "ECS.20",
      title: "Linux containers do not run as root",
      severity: "medium",
      concern: "confidentiality",
      pci: ["2.2.6", "7.2.5"],
      remediation: 'Set user, for instance to "1000:1000".',
    },
  ),
  everyContainer(
    ({ user }, task) =>
      isWindows(task) && (user === undefined || user.toLowerCase() === "containeradministrator")
        ? "runs as the administrator"
        : undefined,
    {
      id: "ECS.21",
      title: "Windows containers do not run as the administrator",
      severity: "medium",
      concern: "confidentiality",
      pci: ["2.2.6", "7.2.5"],
      remediation: 'Set user, for instance to "ContainerUser".',
    },
  ),
];

/** A rule for every container of a task; `fault` returns what is wrong with one. */
function everyContainer(
  fault: (container: Container, task: Subject<TaskDefinitionArgs>) => string | undefined,
  description: RuleDescription,
): Rule {
  return resourceRule<TaskDefinitionArgs>({
    ...description,
    types: [taskDefinition],
    check: (task): Violation[] => {
      const path = "containerDefinitions";
      const containers = containersOf(task.get(path));
      if (containers === undefined) return [violation("no list of containers", path)];
      return containers.flatMap((container) => {
        const found = fault(container, task);
        return found === undefined ? [] : [violation(`container ${container.name} ${found}`, path)];
      });
    },
  });
}

function isWindows(task: Subject<TaskDefinitionArgs>): boolean {
  return String(task.get("runtimePlatform.operatingSystemFamily")).startsWith("WINDOWS");
}

/** AWS's credentials, or what is named like a secret and is not a secret's ARN. */
function isSecret({ name, value }: Container["environment"][number]): boolean {
  return (
    /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|ECS_ENGINE_AUTH_DATA)$/.test(name) ||
    (/(PASSWORD|PASSWD|SECRET|TOKEN|(API|PRIVATE)_?KEY)$/i.test(name) && !value.startsWith("arn:"))
  );
}
