import type { IamUse } from "../../lib/local/iam-uses";

/** Where the database is in IAM. */
export interface DatabaseLocation {
  readonly region: string;
  readonly accountId: string;
  /** The instance's `DbiResourceId`. */
  readonly resourceId: string;
  /** Signs in with a password, which IAM has no part in. */
  readonly masterUser: string;
}

/** Who signed in to the database as whom, of PostgreSQL's log, as uses of `rds-db:connect`. */
export function signIns(log: string, location: DatabaseLocation): IamUse[] {
  const { region, accountId, resourceId, masterUser } = location;
  const found = log.matchAll(/connection authorized: user=(\S+) .*application_name=(\S+)/g);
  return [...found]
    .filter(([, user]) => user !== masterUser)
    .map(([, user = "", application = ""]) => ({
      function: application,
      action: "rds-db:connect",
      resource: `arn:aws:rds-db:${region}:${accountId}:dbuser:${resourceId}/${user}`,
    }));
}
