import { setTimeout as sleep } from "node:timers/promises";
import { DescribeKeyCommand, KeyState } from "@aws-sdk/client-kms";
import { paginateGetResources } from "@aws-sdk/client-resource-groups-tagging-api";
import type { RehearsalClients } from "./clients";
import { all, listers } from "./listers";
import { rehearsalTag } from "./project";

/** Something that is still there of a stack that was destroyed. */
export interface Leftover {
  /** `log group /aws/lambda/…`, or an ARN. */
  readonly what: string;
  /** Why it may stay; undefined if it may not. */
  readonly kept: string | undefined;
}

/** How a search goes about it. */
export interface Search {
  readonly clients: RehearsalClients;
  /** The stack's name. */
  readonly stack: string;
  /**
   * How long what should be gone may still be found, in milliseconds: the tagging API lags behind, and Lambda takes its
   * time to remove network interfaces.
   */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Milliseconds between two searches. */
const interval = 15_000;

/** Searches until nothing is found that may not stay, or patience is over, and returns what was found last. */
export async function findLeftovers({ clients, stack, patience, signal }: Search) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await search(clients, stack);
    if (found.every(({ kept }) => kept !== undefined) || Date.now() >= end) return found;
    await sleep(Math.min(interval, end - Date.now()), undefined, { signal });
  }
}

async function search(clients: RehearsalClients, stack: string): Promise<Leftover[]> {
  const [tagged, ...named] = await Promise.all([
    taggedOf(clients, stack),
    ...Object.entries(listers).map(async ([kind, { list, kept }]) =>
      (await list(clients))
        .filter((text) => text.includes(stack))
        .map((text) => ({ what: `${kind} ${text}`, kept })),
    ),
  ]);
  return [...tagged, ...named.flat()];
}

async function taggedOf(clients: RehearsalClients, stack: string): Promise<Leftover[]> {
  const TagFilters = [{ Key: rehearsalTag, Values: [stack] }];
  const lists = await Promise.all(
    [clients.tagging, clients.taggingOfGlobal].map((client) =>
      all(paginateGetResources({ client }, { TagFilters }), ({ ResourceTagMappingList }) =>
        ResourceTagMappingList?.map(({ ResourceARN = "" }) => ResourceARN),
      ),
    ),
  );
  return Promise.all([...new Set(lists.flat())].map((arn) => leftover(clients, arn)));
}

/** A key cannot be deleted at once. */
async function leftover({ kms }: RehearsalClients, arn: string): Promise<Leftover> {
  if (!arn.includes(":kms:")) return { what: arn, kept: undefined };
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: arn }));
  if (KeyMetadata?.KeyState !== KeyState.PendingDeletion) return { what: arn, kept: undefined };
  const day = KeyMetadata.DeletionDate?.toISOString().slice(0, 10) ?? "a day to come";
  return { what: arn, kept: `is deleted on ${day}` };
}
