import type { ResourceTypes } from "../../resource";
import { eventSourceMappingTypes } from "./event-source-mappings";
import { functionTypes } from "./functions";
import { invocationTypes } from "./invocations";
import { permissionTypes } from "./permissions";

/** Lambda. */
export const lambdaTypes: ResourceTypes = {
  ...eventSourceMappingTypes,
  ...functionTypes,
  ...invocationTypes,
  ...permissionTypes,
};
