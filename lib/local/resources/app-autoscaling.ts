import type { ResourceTypes } from "../resource";
import { simulatedType } from "./deletion";

const missing = "the emulator has no Application Auto Scaling, and its tables never throttle";

/** Application Auto Scaling. */
export const appAutoscalingTypes: ResourceTypes = {
  "aws:appautoscaling/target:Target": simulatedType(missing, [
    "serviceNamespace",
    "resourceId",
    "scalableDimension",
  ]),
  "aws:appautoscaling/policy:Policy": simulatedType(missing, [
    "name",
    "serviceNamespace",
    "resourceId",
    "scalableDimension",
  ]),
};
