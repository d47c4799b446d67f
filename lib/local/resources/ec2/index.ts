import type { ResourceTypes } from "../../resource";
import { endpointTypes } from "./endpoints";
import { flowLogTypes } from "./flow-logs";
import { gatewayTypes } from "./gateways";
import { routeTypes } from "./routes";
import { securityGroupRuleTypes } from "./security-group-rules";
import { securityGroupTypes } from "./security-groups";
import { vpcTypes } from "./vpcs";

/** EC2. */
export const ec2Types: ResourceTypes = {
  ...endpointTypes,
  ...flowLogTypes,
  ...gatewayTypes,
  ...routeTypes,
  ...securityGroupRuleTypes,
  ...securityGroupTypes,
  ...vpcTypes,
};
