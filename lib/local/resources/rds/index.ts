import type { ResourceTypes } from "../../resource";
import { groupTypes } from "./groups";
import { instanceTypes } from "./instances";

/** RDS. */
export const rdsTypes: ResourceTypes = {
  ...groupTypes,
  ...instanceTypes,
};
