import type { ResourceTypes } from "../../resource";
import { domainNameTypes } from "./domain-names";
import { methodTypes } from "./methods";
import { restApiTypes } from "./rest-apis";
import { stageTypes } from "./stages";

/** API Gateway. */
export const apiGatewayTypes: ResourceTypes = {
  ...domainNameTypes,
  ...methodTypes,
  ...restApiTypes,
  ...stageTypes,
};
