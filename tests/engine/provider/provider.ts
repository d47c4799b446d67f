import { isDeepStrictEqual } from "node:util";
import { lookUp } from "../../../lib/local/lookups";
import type { LocalCloud } from "../../../lib/local/resource";
import { resourceTypes, simulatedTypes } from "../../../lib/local/resources";
import { deletions } from "./deletions";
import { reads } from "./reads";
import { replacingProperties } from "./replacements";
import { comparable, revived, wired } from "./values";
import type { WireProperties } from "./values";

/** A resource that the engine asks about. */
export interface Asked {
  readonly type: string;
  readonly name: string;
}

/** Properties that differ, and those of them that make another resource of it. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
}

/** Types whose call that creates one also changes one that is there. */
const upserted: ReadonlySet<string> = new Set([
  "aws:apigateway/integration:Integration",
  "aws:apigateway/methodSettings:MethodSettings",
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketPolicy:BucketPolicy",
]);

/** The provider's work, on the local cloud. */
export class LocalProvider {
  constructor(private readonly cloud: LocalCloud) {}

  diff({ type }: Asked, before: WireProperties, now: WireProperties): Difference {
    const replacing = replacingProperties[type];
    if (replacing === undefined) {
      throw new Error(
        `which properties replace ${type} is not known (tests/engine/provider/replacements.ts)`,
      );
    }
    const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (key) => !isDeepStrictEqual(comparable(before[key]), comparable(now[key])),
    );
    return { changed, replacing: changed.filter((key) => replacing.includes(key)) };
  }

  async create(
    asked: Asked,
    came: WireProperties,
  ): Promise<{ id: string; properties: WireProperties }> {
    const { type, name } = asked;
    const create = resourceTypes[type];
    if (create === undefined) {
      if (simulatedTypes[type] === undefined) throw new Error(`the local cloud makes no ${type}`);
      return { id: name, properties: came };
    }
    const inputs = revived(came);
    const { id, outputs } = await create(inputs, this.cloud, asked);
    return { id, properties: wired(outputs, inputs, came) };
  }

  async update(asked: Asked, now: WireProperties): Promise<WireProperties> {
    if (!upserted.has(asked.type)) throw new Error(`update is not implemented for ${asked.type}`);
    return (await this.create(asked, now)).properties;
  }

  /** Properties as they are now, over those that are known; undefined if the resource is gone. */
  async read({ type }: Asked, id: string, known: WireProperties) {
    const read = reads[type];
    if (read === undefined) return known;
    const now = await read(id, this.cloud);
    return now && { ...known, ...now };
  }

  async delete({ type }: Asked, id: string, state: WireProperties): Promise<void> {
    if (simulatedTypes[type] !== undefined) return;
    const remove = deletions[type];
    if (remove === undefined) {
      throw new Error(`how to delete ${type} is not known (tests/engine/provider/deletions)`);
    }
    await remove({ ...state, id }, this.cloud);
  }

  async invoke(token: string): Promise<WireProperties> {
    return wired(await lookUp(token, this.cloud), {}, {});
  }
}
