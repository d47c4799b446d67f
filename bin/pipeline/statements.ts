import { upperFirst } from "es-toolkit/string/upperFirst";
import type { Permission } from "../../lib/catalogue/facts";
import type { PolicyStatement } from "./policy";
import { resourcesOf } from "./resources";
import type { Place } from "./resources";

/**
 * The statements that allow all of the permissions at a place: one for all that are confined alike.
 *
 * @param sid - What the statements' ids begin with.
 */
export function statementsFor(
  permissions: readonly Permission[],
  place: Place,
  sid: string,
): PolicyStatement[] {
  const actionsOn = (on: string | undefined) =>
    [...new Set(permissions.flatMap((one) => (one.on === on ? one.actions : [])))].sort();
  const confined = Object.entries(resourcesOf(place)).flatMap(([on, confinement]) => {
    const Action = actionsOn(on);
    if (Action.length === 0) return [];
    return [{ Sid: `${sid}${upperFirst(on)}`, Effect: "Allow" as const, Action, ...confinement }];
  });
  return [
    ...confined,
    {
      Sid: sid,
      Effect: "Allow",
      Action: actionsOn(undefined),
      Resource: "*",
      // services without regions are called in us-east-1
      Condition: {
        StringEquals: { "aws:RequestedRegion": [...new Set([place.region, "us-east-1"])] },
      },
    },
  ];
}
