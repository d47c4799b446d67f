import type { ResourceTypes } from "../../resource";
import { authorizerTypes } from "./authorizers";
import { domainNameTypes } from "./domain-names";
import { methodTypes } from "./methods";
import { privateAccessTypes } from "./private-access";
import { restApiTypes } from "./rest-apis";
import { stageTypes } from "./stages";

/** API Gateway. */
export const apiGatewayTypes: ResourceTypes = {
  ...authorizerTypes,
  ...domainNameTypes,
  ...methodTypes,
  ...privateAccessTypes,
  ...restApiTypes,
  ...stageTypes,
};
