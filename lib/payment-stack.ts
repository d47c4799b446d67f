import * as pulumi from "@pulumi/pulumi";
import { MonitoringComponent } from "./components/monitoring";
import type { EnvironmentConfig } from "./config";
import { stackContext } from "./core/context";
import { buildFoundation } from "./foundation/foundation";
import type { PaymentNetwork } from "./foundation/foundation";
import type { foundationOutputs } from "./foundation/outputs";
import type { OutputsOf } from "./core/outputs";
import { modules } from "./modules";
import type { ProgramInputs } from "./modules/contract";

/** Every output of a stack, as the foundation and the modules declare them; `docs/outputs.md` has their meaning. */
export type PaymentStackOutputs = OutputsOf<typeof foundationOutputs> &
  ReturnType<typeof modules.build>["outputs"];

/** Arguments of {@link PaymentStack}. */
export interface PaymentStackArgs extends ProgramInputs {
  readonly config: EnvironmentConfig;
  /** An existing network to deploy to; by default one of its own. */
  readonly network?: PaymentNetwork;
  /** ARN of a topic for the alarms; by default one of its own. */
  readonly alarmTopicArn?: pulumi.Input<string>;
}

/**
 * A payments platform: network, keys, database, table, buckets, functions, API and monitoring, sized and
 * protected as its environment says.
 *
 * ### Cost
 *
 * The sum of its components, each of which documents its own; `docs/cost.md` adds them up for each environment, and
 * `npm run cost` for a stack.
 *
 * @example
 * ```ts
 * import { PaymentStack, getEnvironmentConfig } from "payment-stack";
 *
 * const payments = new PaymentStack("payments", { config: getEnvironmentConfig("dev") });
 * export const endpoint = payments.outputs.apiEndpoint;
 * ```
 */
export class PaymentStack extends pulumi.ComponentResource {
  readonly outputs: PaymentStackOutputs;

  constructor(name: string, args: PaymentStackArgs, opts?: pulumi.ComponentResourceOptions) {
    super("payments:index:PaymentStack", name, {}, opts);
    const { config } = args;
    const { emailAddresses, runbookUrl } = config.alarms;
    const context = stackContext(config, { parent: this });

    const foundation = buildFoundation(
      name,
      { context, settings: config, needs: modules.needs(config), network: args.network },
      this,
    );
    const built = modules.build(foundation, config, args);
    const monitoring = new MonitoringComponent(
      `${name}-monitoring`,
      {
        context,
        topic:
          args.alarmTopicArn === undefined
            ? {
                emailAddresses: emailAddresses === "none" ? [] : emailAddresses,
                keyArn: foundation.key("data").arn,
              }
            : { existing: { topicArn: args.alarmTopicArn } },
        title: "Payments",
        alarms: built.alarms,
        graphs: built.graphs,
        runbookUrl,
      },
      { parent: this },
    );

    const { network } = foundation;
    this.outputs = {
      environment: pulumi.output<string>(config.environment),
      environmentSuffix: pulumi.output(config.environmentSuffix),
      accountId: context.aws.accountId,
      region: context.aws.region,

      vpcId: network.vpcId,
      vpcArn: network.vpcArn,
      vpcCidr: network.vpcCidr,
      publicSubnetIds: network.publicSubnetIds,
      privateSubnetIds: network.privateSubnetIds,
      natPublicIps: network.natPublicIps,
      flowLogGroupArn: network.flowLogGroupArn,
      flowLogGroupName: network.flowLogGroupName,
      endpointSecurityGroupId: foundation.endpointSecurityGroup.id,
      endpointSecurityGroupArn: foundation.endpointSecurityGroup.arn,

      dataKeyId: foundation.key("data").id,
      dataKeyArn: foundation.key("data").arn,

      ...built.outputs,

      alarmTopicArn: monitoring.topicArn,
      alarmArns: monitoring.alarmArns,
      dashboardName: monitoring.dashboardName,
      dashboardArn: monitoring.dashboardArn,
    };
    this.registerOutputs(this.outputs);
  }
}
