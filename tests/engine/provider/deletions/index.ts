import { apiDeletions } from "./api";
import { forgotten } from "./deletion";
import type { Deletions } from "./deletion";
import { networkDeletions } from "./network";
import { storageDeletions } from "./storage";
import { workDeletions } from "./work";

/** How each resource type is deleted; the account's API Gateway setting, which is kept, is not among them. */
export const deletions: Deletions = {
  ...apiDeletions,
  ...networkDeletions,
  ...storageDeletions,
  ...workDeletions,
  // they are in the state only
  "random:index/randomBytes:RandomBytes": forgotten,
  "random:index/randomId:RandomId": forgotten,
  "tls:index/privateKey:PrivateKey": forgotten,
  "tls:index/selfSignedCert:SelfSignedCert": forgotten,
};
