import { catalogue } from "../catalogue";
import type { ProgramGraph, RecordedResource } from "../graph/program-graph";
import { nodeKinds } from "./kinds";
import type { NodeKind } from "./kinds";
import { argument, text } from "./arguments";
import { nameOf } from "./names";
import { tokens } from "./tokens";
import type { DiagramNode } from "./types";

/** A node before it is known where it stands. */
export type LooseNode = Omit<DiagramNode, "box"> & {
  /** Stands with what people operate the stack by. */
  readonly operations: boolean;
  readonly outside: boolean;
};

/** The nodes of a stack, and which resource is on which. */
export class Nodes {
  readonly all: readonly LooseNode[];
  private readonly byUrn = new Map<string, string>();

  constructor(private readonly graph: ProgramGraph) {
    this.all = [
      ...Object.entries(nodeKinds).flatMap(([id, kind]) => this.ofKind(id, kind)),
      ...graph.ofType(tokens.database).filter(hasManagedSecret).map(managedSecret),
      ...this.callers(),
    ];
  }

  /** The node that shows a resource. */
  idOf(resource: RecordedResource): string | undefined {
    return this.byUrn.get(resource.urn);
  }

  /** The nodes that show any of the resources. */
  idsOf(resources: readonly RecordedResource[]): string[] {
    return [...new Set(resources.flatMap((resource) => this.idOf(resource) ?? []))];
  }

  private ofKind(kindId: string, kind: NodeKind): LooseNode[] {
    const types = Object.keys(catalogue)
      .filter((type) => catalogue[type]?.drawn === kindId)
      .sort(); // whichever file of the catalogue they are in
    const resources = this.graph.ofType(...types);
    const groups = kind.merged === true ? [resources] : resources.map((resource) => [resource]);
    return groups.flatMap(([first, ...more]) =>
      first === undefined ? [] : [this.node(kindId, kind, first, more)],
    );
  }

  private node(
    kindId: string,
    kind: NodeKind,
    first: RecordedResource,
    more: readonly RecordedResource[],
  ): LooseNode {
    const id = kind.merged === true ? kindId : `${kindId}:${first.name}`;
    const resources = [first, ...more];
    for (const { urn } of resources) this.byUrn.set(urn, id);
    return {
      id,
      service: kind.service,
      title: nameOf(first, this.graph, kind.kindName),
      details: [],
      ...kind.describe?.(first, this.graph, resources),
      category: kind.category,
      icon: kind.icon,
      shape: kind.shape ?? "card",
      operations: kind.operations === true,
      outside: false,
      alarms: this.alarmsOf(resources),
      encrypted: kind.merged !== true && this.isEncrypted(first),
      resources: resources.map(({ name }) => name),
    };
  }

  private alarmsOf(resources: readonly RecordedResource[]): number {
    return this.graph
      .ofType(tokens.alarm)
      .filter((alarm) =>
        ["dimensions", "metricQueries"]
          .flatMap((property) => alarm.propertyDependencies[property] ?? [])
          .some((urn) => resources.some((resource) => resource.urn === urn)),
      ).length;
  }

  /** By a key of the stack's own, in its own arguments or in its bucket's encryption. */
  private isEncrypted(resource: RecordedResource): boolean {
    const about = [
      resource,
      ...this.graph.referringTo(resource, tokens.bucketEncryption, "bucket"),
    ];
    const keys = this.graph.ofType(tokens.key).map(({ urn }) => urn);
    return about.some(({ propertyDependencies }) =>
      Object.values(propertyDependencies).some((urns) => urns.some((urn) => keys.includes(urn))),
    );
  }

  /** Whoever calls the API. */
  private callers(): LooseNode[] {
    if (this.graph.ofType(tokens.restApi).length === 0) return [];
    const methods = this.graph
      .ofType(tokens.method)
      .filter((method) => text(method, "httpMethod") !== "OPTIONS");
    const areSigned = methods.every((method) => text(method, "authorization") === "AWS_IAM");
    return [
      {
        ...outsider,
        id: callersId,
        service: areSigned ? "sign every request" : "outside of AWS",
        title: "Callers",
        shape: "chip",
        details: [],
        icon: "callers",
      },
    ];
  }
}

/** The node of whoever calls the API. */
export const callersId = "callers";

const outsider = {
  category: "outside",
  shape: "card",
  operations: false,
  outside: true,
  alarms: 0,
  encrypted: false,
  resources: [],
} as const;

/** Whether RDS generates and stores the master password: a secret that the program does not register. */
export function hasManagedSecret(database: RecordedResource): boolean {
  return argument(database, "manageMasterUserPassword") === true;
}

/** The node of the secret that RDS manages for a database. */
export function managedSecretId({ name }: RecordedResource): string {
  return `secret:${name}`;
}

function managedSecret(database: RecordedResource): LooseNode {
  return {
    ...outsider,
    id: managedSecretId(database),
    service: "Secrets Manager",
    title: "master password",
    details: ["generated and rotated by RDS"],
    category: "security",
    icon: "secret",
    outside: false,
    encrypted: database.propertyDependencies["masterUserSecretKmsKeyId"] !== undefined,
  };
}
