import { isDeepStrictEqual } from "node:util";
import { lookUp } from "../../../lib/local/lookups";
import type { LocalCloud, ResourceType } from "../../../lib/local/resource";
import { resourceTypes } from "../../../lib/local/resources";
import { comparable, jsonOf, revived, wired } from "./values";
import type { WireProperties } from "./values";

/** A resource in a request of the engine. */
export interface ResourceRef {
  readonly type: string;
  readonly name: string;
}

/** Properties that differ, and those of them that make another resource of it. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
}

/** The provider's work, on the local cloud. */
export class LocalProvider {
  constructor(private readonly cloud: LocalCloud) {}

  diff({ type }: ResourceRef, before: WireProperties, now: WireProperties): Difference {
    const replacedBy = [...resourceType(type).replacedBy, "region"];
    // to name the stack's own region changes nothing
    const { region } = this.cloud;
    const was: WireProperties = { region, ...before };
    const is: WireProperties = { region, ...now };
    const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (key) => !isDeepStrictEqual(comparable(was[key]), comparable(is[key])),
    );
    return { changed, replacing: changed.filter((key) => replacedBy.includes(key)) };
  }

  async create(
    resource: ResourceRef,
    came: WireProperties,
  ): Promise<{ id: string; properties: WireProperties }> {
    const inputs = revived(came);
    const { id, outputs } = await resourceType(resource.type).create(inputs, this.cloud, resource);
    return { id, properties: wired(outputs, inputs, came) };
  }

  /** The properties that an update would change, as they shall be. */
  changes(resource: ResourceRef, before: WireProperties, now: WireProperties): WireProperties {
    const { changed } = this.diff(resource, before, now);
    return Object.fromEntries(Object.entries(now).filter(([key]) => changed.includes(key)));
  }

  async update(
    resource: ResourceRef,
    id: string,
    before: WireProperties,
    now: WireProperties,
  ): Promise<WireProperties> {
    const { upserts, update } = resourceType(resource.type);
    if (upserts === true) return (await this.create(resource, now)).properties;
    if (update === undefined) throw new Error(`update is not implemented for ${resource.type}`);
    const inputs = revived(now);
    const { changed } = this.diff(resource, before, now);
    await update(
      Object.fromEntries(changed.map((key) => [key, inputs[key]])),
      { ...now, id },
      this.cloud,
    );
    // what has not changed stays as it was made: the real PostgreSQL's port, for one
    return this.changes(resource, before, now);
  }

  /** Properties as they are now, over those that are known; undefined if the resource is gone. */
  async read({ type }: ResourceRef, id: string, known: WireProperties) {
    const { read } = resourceType(type);
    if (read === undefined) return known;
    const now = await read({ ...known, id }, this.cloud);
    return now && { ...known, ...jsonOf(now) };
  }

  async delete({ type }: ResourceRef, id: string, state: WireProperties): Promise<void> {
    await resourceType(type).delete({ ...state, id }, this.cloud);
  }

  async invoke(token: string, args: WireProperties): Promise<WireProperties> {
    return jsonOf(await lookUp(token, args, this.cloud));
  }
}

function resourceType(type: string): ResourceType {
  const found = resourceTypes[type];
  if (found === undefined) throw new Error(`the local cloud has no implementation of ${type}`);
  return found;
}
