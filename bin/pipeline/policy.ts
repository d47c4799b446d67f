/** A policy as IAM takes it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** A statement of a {@link PolicyDocument}. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/**
 * Characters of a managed policy, of which IAM does not count white space; ten of them fit a role without asking AWS for
 * more (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export const policySize = 6144;

/** Statements as policies, each as full as IAM takes it, in their order. */
export function policiesOf(statements: readonly PolicyStatement[]): readonly PolicyDocument[] {
  const policies: PolicyDocument[] = [];
  let last: PolicyDocument = { Version: "2012-10-17", Statement: [] };
  for (const statement of statements) {
    const longer: PolicyDocument = { ...last, Statement: [...last.Statement, statement] };
    if (JSON.stringify(longer).length <= policySize) {
      last = longer;
    } else {
      policies.push(last);
      last = { ...last, Statement: [statement] };
    }
  }
  return [...policies, last];
}
