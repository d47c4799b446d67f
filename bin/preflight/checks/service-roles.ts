import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { Check, Context } from "../check";
import { asked, ifThere } from "../finding";

/** A role that a service makes for itself, once an account. */
interface ServiceRole {
  readonly role: string;
  /** For whom it is. */
  readonly service: string;
  readonly needed: (context: Context) => boolean;
  /** Whether a first deployment without it is known to fail, though the service tries to make it. */
  readonly isRequired: boolean;
}

const has =
  (...types: readonly string[]) =>
  ({ graph }: Context) =>
    graph.ofType(...types).length > 0;

/**
 * The service-linked roles of the services that a graph uses. Each service makes its own at the first use, for callers
 * that may `iam:CreateServiceLinkedRole`. RDS answers the subnet group or instance that needs it with an error
 * meanwhile (terraform-aws-modules/terraform-aws-rds#364, crossplane-contrib/provider-aws#479).
 */
const serviceRoles: readonly ServiceRole[] = [
  {
    role: "AWSServiceRoleForRDS",
    service: "rds.amazonaws.com",
    needed: has("aws:rds/subnetGroup:SubnetGroup", "aws:rds/instance:Instance"),
    isRequired: true,
  },
  {
    role: "AWSServiceRoleForAPIGateway",
    service: "ops.apigateway.amazonaws.com",
    needed: has("aws:apigateway/restApi:RestApi", "aws:apigateway/domainName:DomainName"),
    isRequired: false,
  },
  {
    role: "AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
    service: "dynamodb.application-autoscaling.amazonaws.com",
    needed: ({ graph }) =>
      graph
        .ofType("aws:appautoscaling/target:Target")
        .some(({ inputs }) => inputs["serviceNamespace"] === "dynamodb"),
    isRequired: false,
  },
];

const permissions = ["iam:GetRole"];

/** Whether the roles are there that services make for themselves, which new accounts lack. */
export const serviceRoleCheck: Check = {
  name: "service-linked roles",
  permissions,
  run: async (context) => {
    const needed = serviceRoles.filter((one) => one.needed(context));
    const found = await Promise.all(
      needed.map(({ role, service, isRequired }) =>
        asked(role, permissions, async () => {
          const answer = await ifThere(
            context.clients.iam.send(new GetRoleCommand({ RoleName: role })),
          );
          if (answer !== undefined) return [{ level: "ok", what: "is there", where: role }];
          return [
            {
              level: isRequired ? "problem" : "warning",
              what: isRequired
                ? "is missing: the first database of an account is refused without it"
                : "is missing: the service makes it, if the deployer may iam:CreateServiceLinkedRole",
              where: role,
              whatToDo: `aws iam create-service-linked-role --aws-service-name ${service}`,
            },
          ];
        }),
      ),
    );
    return found.flat();
  },
};
