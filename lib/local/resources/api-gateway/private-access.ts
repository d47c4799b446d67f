import { GetRestApiCommand, UpdateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { omit } from "es-toolkit/object/omit";
import * as z from "zod";
import type { LocalCloud, ResourceTypes } from "../../resource";
import { creator, policy } from "../creator";
import { deletion, simulatedType } from "../deletion";
import { refusal } from "../refusal";

const statements = z.looseObject({
  Statement: z.array(
    z.looseObject({
      Effect: z.string(),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    }),
  ),
});

/**
 * A policy as it is for what comes by the endpoint that it names: the emulator has no networks, so that no request
 * comes by one, and this machine's stand for those from within the network.
 */
export function asByItsEndpoint(document: string): string {
  const { Statement, ...rest } = statements.parse(JSON.parse(document));
  const met = Statement.flatMap(({ Condition = {}, ...statement }) => {
    const { StringEquals = {}, StringNotEquals = {}, ...others } = Condition;
    if ("aws:SourceVpce" in StringNotEquals) return [];
    const equal = omit(StringEquals, ["aws:SourceVpce"]);
    const conditions = { ...others, ...(Object.keys(equal).length > 0 && { StringEquals: equal }) };
    return { ...statement, ...(Object.keys(conditions).length > 0 && { Condition: conditions }) };
  });
  return JSON.stringify({ ...rest, Statement: met });
}

const restApiPolicy = creator({ restApiId: z.string(), policy }, async (args, cloud) => {
  await setPolicy(cloud, args.restApiId, asByItsEndpoint(args.policy));
  return { id: args.restApiId, outputs: {} };
});

function setPolicy({ clients: { apiGateway } }: LocalCloud, restApiId: string, value: string) {
  return apiGateway.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [{ op: "replace", path: "/policy", value }],
    }),
  );
}

/**
 * Refuses to deploy a private API without a policy, as API Gateway does (hashicorp/terraform-provider-aws#14290).
 *
 * @throws `BadRequestException`.
 */
export async function refuseWithoutPolicy(
  { clients: { apiGateway } }: LocalCloud,
  restApiId: string,
): Promise<void> {
  const api = await apiGateway.send(new GetRestApiCommand({ restApiId }));
  const isPrivate = api.endpointConfiguration?.types?.includes("PRIVATE") ?? false;
  if (isPrivate && (api.policy ?? "") === "") {
    const message = "Private REST API doesn't have a resource policy attached to it";
    throw refusal("BadRequestException", message);
  }
}

/** Who reaches private APIs and their domain names. */
export const privateAccessTypes: ResourceTypes = {
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    create: restApiPolicy,
    upserts: true,
    replacedBy: ["restApiId"],
    delete: deletion({ restApiId: z.string() }, ({ restApiId }, cloud) =>
      setPolicy(cloud, restApiId, ""),
    ),
  },
  "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation": simulatedType(
    "the emulator has no networks that requests come from",
    ["domainNameArn", "accessAssociationSource", "accessAssociationSourceType"],
  ),
};
