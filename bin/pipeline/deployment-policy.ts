import { catalogue } from "../../lib/catalogue";
import type { Permission, ResourceFacts } from "../../lib/catalogue/facts";
import type { ProgramGraph } from "../../lib/graph/program-graph";
import { statementsOf } from "../../lib/policy/statements";
import { policiesOf } from "./policy";
import type { PolicyDocument, PolicyStatement } from "./policy";
import { resourcesOf } from "./resources";
import type { Place } from "./resources";
import { readState, writeState } from "./state";
import type { StateLocation } from "./state";
import { statementsFor } from "./statements";

/** A program as it was recorded, whatever it returned. */
type Graph = Pick<ProgramGraph, "resources" | "ofType">;

/** What the program looks up, whatever it then registers. */
const lookups: Permission = { actions: ["ec2:DescribeAvailabilityZones"] };

/**
 * What deploying a stack needs, and no more: to create, read, change and delete resources of the types that it
 * registers, by their names where AWS can confine it to these. What is protected cannot be deleted; nor what another
 * program registered, or this one with other settings.
 *
 * @param state - Left out where the state is not in a bucket of the account.
 * @returns as many policies as it takes, each small enough for a managed one.
 */
export function deploymentPolicy(
  graph: Graph,
  place: Place,
  state?: StateLocation,
): readonly PolicyDocument[] {
  const permissions = typesIn(graph).flatMap(({ type, facts }) => [
    ...facts.reads,
    ...facts.writes,
    ...(isKept(graph, type) ? [] : facts.deletes),
  ]);
  return policiesOf([
    ...(state === undefined ? [] : [...readState(place, state), ...writeState(place, state)]),
    ...statementsFor([lookups, ...permissions], place, "Deploy"),
    ...passRoles(graph, place),
    ...makeLinkedRoles(graph, place),
    ...emptyBuckets(graph, place),
  ]);
}

/** What reading all resources of a stack needs: what previews and drift do. */
export function readStatements(graph: Graph, place: Place): PolicyStatement[] {
  const reads = typesIn(graph).flatMap(({ facts }) => facts.reads);
  return statementsFor([lookups, ...reads], place, "Read");
}

function typesIn({ resources }: Graph): { type: string; facts: ResourceFacts }[] {
  return [...new Set(resources.map(({ type }) => type))].flatMap((type) => {
    const facts = catalogue[type];
    return facts === undefined ? [] : [{ type, facts }];
  });
}

/** Whether no resource of a type can be deleted before the stack's protection is off. */
function isKept(graph: Graph, type: string): boolean {
  return graph.ofType(type).every(({ protect, retainOnDelete }) => protect || retainOnDelete);
}

/** Its roles may be handed to the services that they trust, and to no other. */
function passRoles(graph: Graph, place: Place): PolicyStatement[] {
  const trusted = graph
    .ofType("aws:iam/role:Role")
    .flatMap(({ inputs }) => statementsOf(inputs["assumeRolePolicy"]) ?? [])
    .flatMap(({ principals }) => principals);
  if (trusted.length === 0) return [];
  return [
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      ...resourcesOf(place).iam,
      Condition: { StringEquals: { "iam:PassedToService": [...new Set(trusted)].sort() } },
    },
  ];
}

function makeLinkedRoles(graph: Graph, { account }: Place): PolicyStatement[] {
  const services = typesIn(graph).flatMap(({ facts }) => facts.linkedRoleOf ?? []);
  const distinct = [...new Set(services)].sort();
  if (distinct.length === 0) return [];
  return [
    {
      Sid: "LinkedRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: distinct.map(
        (service) => `arn:aws:iam::${account}:role/aws-service-role/${service}/*`,
      ),
      Condition: { StringEquals: { "iam:AWSServiceName": distinct } },
    },
  ];
}

/** Buckets that are deleted with all that is in them. */
function emptyBuckets(graph: Graph, place: Place): PolicyStatement[] {
  const buckets = graph.ofType("aws:s3/bucket:Bucket");
  if (!buckets.some(({ inputs }) => inputs["forceDestroy"] === true)) return [];
  return [
    {
      Sid: "EmptyBuckets",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
      Resource: resourcesOf(place).s3.Resource.flatMap((bucket) => [bucket, `${bucket}/*`]),
    },
  ];
}
