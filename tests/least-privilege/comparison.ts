import * as z from "zod";
import { matchesWildcard } from "../../lib/policy/wildcard";

/** An action on a resource that a call needs permission for. */
export interface Use {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** The resource's ARN. */
  readonly resource: string;
}

/** Texts or one text. */
const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const statementSchema = z.strictObject({
  Sid: z.string().default("(no Sid)"),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMore,
  Resource: oneOrMore,
});

const documentSchema = z.object({
  Version: z.literal("2012-10-17"),
  Statement: z.union([z.array(statementSchema), statementSchema.transform((one) => [one])]),
});

/** A statement of a role's policy. */
export type Statement = z.output<typeof statementSchema>;

/**
 * The statements of a policy of a role.
 *
 * @throws if one has what the comparison cannot evaluate: a condition, `NotAction`, `NotResource`.
 */
export function statementsOf(document: unknown): Statement[] {
  return documentSchema.parse(document).Statement;
}

/**
 * How the policies of a role differ from what is used: a sentence for each action on a resource that is
 * granted and never used, and for each that is used and not granted.
 */
export function differences(
  role: string,
  statements: readonly Statement[],
  uses: readonly Use[],
): string[] {
  const allowed = statements.filter(({ Effect }) => Effect === "Allow").flatMap(grantsOf);
  const denied = statements.filter(({ Effect }) => Effect === "Deny").flatMap(grantsOf);
  const vague = allowed.filter(({ action }) => action.includes("*"));
  const unused = allowed.filter(
    (grant) =>
      !vague.includes(grant) &&
      !denied.some((denial) => covers(denial, grant)) &&
      !uses.some((use) => covers(grant, use)),
  );
  const refused = uses.filter(
    (use) =>
      !allowed.some((grant) => covers(grant, use)) || denied.some((denial) => covers(denial, use)),
  );
  return [
    ...vague.map((grant) => `${role}: ${named(grant)} grants actions that no one can list`),
    ...unused.map((grant) => `${role}: ${named(grant)} is granted and never used`),
    ...new Set(
      refused.map(
        ({ action, resource }) => `${role}: ${action} on ${resource} is used and not granted`,
      ),
    ),
  ];
}

/** One action on one resource of a statement, as patterns. */
interface Grant extends Use {
  readonly sid: string;
}

const named = ({ sid, action, resource }: Grant) => `${sid}: ${action} on ${resource}`;

function grantsOf({ Sid, Action, Resource }: Statement): Grant[] {
  return Action.flatMap((action) =>
    Resource.map((resource) => ({ sid: Sid, action, resource })).filter(applies),
  );
}

/** What is done to an index; with any other action an index in a statement grants nothing. */
const indexActions = ["dynamodb:Query", "dynamodb:Scan"];

function applies({ action, resource }: Grant): boolean {
  return !/^arn:[^:]*:dynamodb:.*\/index\//.test(resource) || indexActions.includes(action);
}

/** Whether a pattern matches a use, or all that another pattern without more wildcards matches. */
function covers(pattern: Use, use: Use): boolean {
  return (
    matchesWildcard(pattern.action.toLowerCase(), use.action.toLowerCase()) &&
    matchesWildcard(pattern.resource, use.resource)
  );
}
