import type { ResourceType, TagSpecification } from "@aws-sdk/client-ec2";
import { tagList } from "../creator";

/** Tags as EC2 takes them when it creates something. */
export function tagged(
  ResourceType: ResourceType,
  byKey: Readonly<Record<string, string>> | undefined,
): TagSpecification[] | undefined {
  return byKey && [{ ResourceType, Tags: tagList(byKey) }];
}
