import type {
  AccessPointArgs,
  AccountPublicAccessBlockArgs,
  BucketAclArgs,
  BucketArgs,
  BucketOwnershipControlsArgs,
  BucketPolicyArgs,
  BucketPublicAccessBlockArgs,
} from "@pulumi/aws/s3";
import type { MultiRegionAccessPointArgs } from "@pulumi/aws/s3control";
import { admitsAnyone, refusesPlainHttp, statementViolations, statementsAbout } from "../access";
import { absent, byDefault, equals } from "../expectations";
import { isRecord } from "../../core/is-record";
import { graphRule, resourceRule, violation } from "../rule";
import type { Rule, Subject, Violation } from "../rule";
import { unknownText } from "../statements";
import type { Statement } from "../statements";
import { bucketTypes, companionTypes, companionsOf } from "./s3-buckets";

const publicAccessFlags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

const aclTypes = companionTypes("Acl");
const bucketPolicyType = "aws:s3/bucketPolicy:BucketPolicy";

/** What opens a bucket: its policy or its access control list, in the bucket's arguments or beside it. */
type Access = BucketArgs & BucketPolicyArgs & BucketAclArgs;

/** The rules for who reaches S3 buckets, and how. */
export const s3AccessRules: readonly Rule[] = [
  resourceRule<AccountPublicAccessBlockArgs>({
    id: "S3.1",
    title: "The account blocks public access to its buckets",
    severity: "medium",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Set all four arguments of the AccountPublicAccessBlock to true.",
    binding: true,
    types: ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"],
    check: (account) => publicAccessFlags.flatMap((flag) => account.expect(flag, equals(true))),
  }),
  resourceRule<Access>({
    id: "S3.2",
    title: "Buckets cannot be read by anyone",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Name principals in the bucket's policy, and leave its ACL private.",
    binding: true,
    types: [...bucketTypes, bucketPolicyType, ...aclTypes],
    check: (access) => [
      ...publicActions(access, (action) => mayRead.some((start) => begins(action, start))),
      ...publicAcl(access, /^(public-read|authenticated-read)/, /READ|FULL/),
    ],
  }),
  resourceRule<Access>({
    id: "S3.3",
    title: "Buckets cannot be written by anyone",
    severity: "critical",
    concern: "integrity",
    pci: ["1.4.4"],
    remediation: "Name principals in the bucket's policy, and leave its ACL private.",
    binding: true,
    types: [...bucketTypes, bucketPolicyType, ...aclTypes],
    check: (access) => [
      ...publicActions(access, (action) => !/^s3:(get|list)/i.test(action)),
      ...publicAcl(access, /^public-read-write$/, /WRITE|FULL/),
    ],
  }),
  graphRule<BucketArgs>({
    id: "S3.5",
    title: "Buckets refuse requests without TLS",
    severity: "medium",
    concern: "confidentiality",
    pci: ["4.2.1"],
    remediation:
      "Add a BucketPolicy that denies s3:* on the bucket and its objects to everyone if aws:SecureTransport is false.",
    binding: true,
    types: bucketTypes,
    check: (bucket, graph) =>
      statementsAbout(bucket.resource, graph, bucketPolicyType, "bucket").some(
        refusesBucketWithoutTls,
      )
        ? []
        : [violation("no policy denies all requests without TLS")],
  }),
  graphRule<BucketPublicAccessBlockArgs>({
    id: "S3.8",
    title: "Buckets block public access",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Add a BucketPublicAccessBlock with all four arguments true.",
    binding: true,
    types: [...bucketTypes, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
    check: (subject, graph) => {
      if (!bucketTypes.includes(subject.resource.type)) {
        return publicAccessFlags.flatMap((flag) => subject.expect(flag, equals(true)));
      }
      const blocks = companionsOf(subject.resource, graph, "PublicAccessBlock");
      return blocks.length > 0
        ? []
        : [violation("no BucketPublicAccessBlock blocks public access")];
    },
  }),
  resourceRule<Access & BucketOwnershipControlsArgs>({
    id: "S3.12",
    title: "Buckets have no access control lists",
    severity: "medium",
    concern: "confidentiality",
    pci: ["7.3.1"],
    remediation:
      "Leave out BucketAcl and grants, and set objectOwnership: BucketOwnerEnforced, which is the default.",
    types: [...bucketTypes, ...aclTypes, "aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
    check: (access) => [
      ...access.expect("acl", byDefault(equals("private"))),
      ...access.expect("grants", absent),
      ...access.expect("accessControlPolicy", absent),
      ...access.expect("rule.objectOwnership", byDefault(equals("BucketOwnerEnforced"))),
    ],
  }),
  resourceRule<AccessPointArgs>({
    id: "S3.19",
    title: "Access points block public access",
    severity: "critical",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave out publicAccessBlockConfiguration, or set all of it to true.",
    binding: true,
    types: ["aws:s3/accessPoint:AccessPoint"],
    check: (point) =>
      publicAccessFlags.flatMap((flag) =>
        point.expect(`publicAccessBlockConfiguration.${flag}`, byDefault(equals(true))),
      ),
  }),
  resourceRule<MultiRegionAccessPointArgs>({
    id: "S3.24",
    title: "Multi-region access points block public access",
    severity: "high",
    concern: "confidentiality",
    pci: ["1.4.4"],
    remediation: "Leave out details.publicAccessBlock, or set all of it to true.",
    binding: true,
    types: ["aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"],
    check: (point) =>
      publicAccessFlags.flatMap((flag) =>
        point.expect(`details.publicAccessBlock.${flag}`, byDefault(equals(true))),
      ),
  }),
];

const mayRead = ["s3:get", "s3:list"];

/** Whether an action, up to its first wildcard, may be one that begins so. */
function begins(action: string, start: string): boolean {
  const known = action.toLowerCase().replace(/[*?].*$/s, "");
  return known.startsWith(start) || (known.length < action.length && start.startsWith(known));
}

function publicActions(
  access: Subject<Access>,
  concerns: (action: string) => boolean,
): Violation[] {
  return statementViolations(access, "policy", (statement) =>
    admitsAnyone(statement) && (statement.actions.some(concerns) || statement.notActions.length > 0)
      ? "admits anyone"
      : undefined,
  );
}

function publicAcl(access: Subject<Access>, canned: RegExp, permission: RegExp): Violation[] {
  const acl = access.get("acl");
  const named = typeof acl === "string" && canned.test(acl);
  return [
    ...(named ? [violation(`found ${acl}`, "acl")] : []),
    ...(["grants", "accessControlPolicy.grants"] as const)
      .filter((path) => access.list(path).some((grant) => isPublicGrant(grant, permission)))
      .map((path) => violation("a grant is to a group that anyone is in", path)),
  ];
}

/** Inline grants have their grantee's `uri` and `permissions`, a BucketAcl's a `grantee` and a `permission`. */
function isPublicGrant(grant: Readonly<Record<string, unknown>>, permission: RegExp): boolean {
  const grantee = isRecord(grant["grantee"]) ? grant["grantee"] : grant;
  return (
    /\/(AllUsers|AuthenticatedUsers)$/.test(String(grantee["uri"])) &&
    permission.test(String(grant["permission"] ?? grant["permissions"]))
  );
}

/** Of the bucket itself, and of its objects. */
function refusesBucketWithoutTls(statement: Statement): boolean {
  const { resources } = statement;
  return (
    refusesPlainHttp(statement, "s3:*") &&
    resources.some((one) => one === unknownText || !one.endsWith("/*")) &&
    resources.some((one) => one === unknownText || one.endsWith("*"))
  );
}
