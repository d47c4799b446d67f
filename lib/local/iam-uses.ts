import * as z from "zod";
import type { FunctionCall } from "./function-gateway";

/** A permission that a call needs: an IAM action on a resource. */
export interface IamUse {
  /** Name of the function. */
  readonly function: string;
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** The resource's ARN. */
  readonly resource: string;
}

/**
 * The permissions that a call needs, as AWS's service authorization reference has it. A call that is not known
 * here comes out as an action that no policy grants, so that it is not overlooked.
 */
export function iamUses(call: FunctionCall, accountId: string): IamUse[] {
  const [service = "", operation = ""] = String(call.headers["x-amz-target"] ?? "").split(".");
  const { region, service: signedFor } = scopeOf(call);
  const uses =
    service === "DynamoDB_20120810"
      ? dynamoDbUses(operation, call.body, `${region}:${accountId}`)
      : service === "secretsmanager"
        ? [secretUse(operation, call.body)]
        : service === "AWSCognitoIdentityProviderService"
          ? [userPoolUse(operation, call.body, `${region}:${accountId}`)]
          : signedFor === "s3"
            ? s3Uses(call)
            : signedFor === "execute-api"
              ? [apiUse(call, `${region}:${accountId}`)]
              : [{ action: `unknown:${service}${operation || call.method}`, resource: call.url }];
  return uses.map((use) => ({ function: call.function, ...use }));
}

type Use = Omit<IamUse, "function">;

/** The region and service that a request is signed for. */
function scopeOf({ headers }: FunctionCall): { region: string; service: string } {
  const [, region = "", service = ""] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  return { region, service };
}

const tableSchema = z.object({ TableName: z.string(), IndexName: z.string().optional() });
const batchSchema = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const transactionSchema = z.object({
  TransactItems: z.array(
    z.partialRecord(z.enum(["Put", "Update", "Delete", "ConditionCheck"]), tableSchema),
  ),
});

/**
 * Each item of a transaction needs its own permission; a query of an index needs the index alone.
 *
 * @param location - Region and account as an ARN has them: `eu-central-1:123456789012`.
 */
function dynamoDbUses(operation: string, body: Buffer, location: string): Use[] {
  const arn = ({ TableName, IndexName }: z.infer<typeof tableSchema>) => {
    const table = TableName.startsWith("arn:")
      ? TableName
      : `arn:aws:dynamodb:${location}:table/${TableName}`;
    return IndexName === undefined ? table : `${table}/index/${IndexName}`;
  };
  const request: unknown = JSON.parse(body.toString());
  if (operation === "BatchGetItem") {
    const { RequestItems } = batchSchema.parse(request);
    return Object.keys(RequestItems).map((TableName) => ({
      action: "dynamodb:BatchGetItem",
      resource: arn({ TableName }),
    }));
  }
  if (operation !== "TransactWriteItems") {
    return [{ action: `dynamodb:${operation}`, resource: arn(tableSchema.parse(request)) }];
  }
  return transactionSchema
    .parse(request)
    .TransactItems.flatMap((item) => Object.entries(item))
    .map(([kind, target]) => ({
      action: `dynamodb:${kind === "ConditionCheck" ? "ConditionCheckItem" : `${kind}Item`}`,
      resource: arn(target),
    }));
}

function secretUse(operation: string, body: Buffer): Use {
  const { SecretId } = z.object({ SecretId: z.string() }).parse(JSON.parse(body.toString()));
  return { action: `secretsmanager:${operation}`, resource: SecretId };
}

function userPoolUse(operation: string, body: Buffer, location: string): Use {
  const { UserPoolId } = z.object({ UserPoolId: z.string() }).parse(JSON.parse(body.toString()));
  return {
    action: `cognito-idp:${operation}`,
    resource: `arn:aws:cognito-idp:${location}:userpool/${UserPoolId}`,
  };
}

/** An operation of a deployed API, by its method and path: the emulator has the API and its stage in the path. */
function apiUse({ method, url }: FunctionCall, location: string): Use {
  const { pathname } = new URL(url, "http://api");
  const [, api, stage, path] = /^\/_aws\/execute-api\/([^/]+)\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
  if (api === undefined || stage === undefined || path === undefined)
    return { action: `unknown:execute-api ${method}`, resource: url };
  return {
    action: "execute-api:Invoke",
    resource: `arn:aws:execute-api:${location}:${api}/${stage}/${method}/${path}`,
  };
}

/** By the method, on an object or a bucket: the emulator has buckets in the path. */
function s3Uses({ method, url, headers }: FunctionCall): Use[] {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [bucket = "", ...key] = decodeURIComponent(pathname).slice(1).split("/");
  if (key.join("/") === "") {
    const lists = method === "GET" && searchParams.has("list-type");
    const action = lists || method === "HEAD" ? "s3:ListBucket" : `unknown:s3 ${method} bucket`;
    return [{ action, resource: `arn:aws:s3:::${bucket}` }];
  }
  const operation = {
    GET: "GetObject",
    HEAD: "GetObject",
    PUT: "PutObject",
    DELETE: "DeleteObject",
  }[method];
  const subresource = [...searchParams.keys()].some((name) => name !== "x-id");
  const action =
    operation === undefined || subresource ? `unknown:s3 ${method} ${url}` : `s3:${operation}`;
  const more = Object.entries(objectHeaders).filter(([header]) => header in headers);
  return [action, ...more.map(([, needed]) => needed)].map((one) => ({
    action: one,
    resource: `arn:aws:s3:::${bucket}/${key.join("/")}`,
  }));
}

/** The permissions that these headers of an upload need besides. */
const objectHeaders = {
  "x-amz-acl": "s3:PutObjectAcl",
  "x-amz-tagging": "s3:PutObjectTagging",
  "x-amz-object-lock-mode": "s3:PutObjectRetention",
  "x-amz-object-lock-legal-hold": "s3:PutObjectLegalHold",
} as const;
