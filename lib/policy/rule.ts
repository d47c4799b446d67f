import { isRecord } from "../core/is-record";
import { present } from "./expectations";
import type { Expectation } from "./expectations";
import type { PciRequirement } from "./pci";
import { UnknownValueError, unknownValue } from "./policy-graph";
import type { PolicyGraph, PolicyResource } from "./policy-graph";

/** Every {@link Severity}, from bad to worst. */
export const severities = ["low", "medium", "high", "critical"] as const;
/** How bad it is when a rule is broken. */
export type Severity = (typeof severities)[number];

/** What a rule guards. Outside of prod, availability may be relaxed; the others never. */
export type Concern = "confidentiality" | "integrity" | "availability" | "accountability";

/** What a rule is about, for people and reports. */
export interface RuleDescription {
  /**
   * Of AWS Foundational Security Best Practices (`RDS.3`), where AWS has such a control; else one of this
   * set's own (`Serverless.1`).
   */
  readonly id: string;
  /** What must hold: "RDS instances encrypt their storage". */
  readonly title: string;
  readonly severity: Severity;
  readonly concern: Concern;
  /** The requirements of PCI DSS 4.0.1 that it supports; empty if it is good practice only. */
  readonly pci: readonly PciRequirement[];
  /** What to change, in Pulumi's words. */
  readonly remediation: string;
  /** Whether prod may not suppress it. Default: false. */
  readonly binding?: true;
}

/** One thing that breaks a rule. */
export interface Violation {
  /** The arguments at fault, by path: `vpcConfig.subnetIds`; empty when a whole resource is missing. */
  readonly paths: readonly string[];
  /** What was found and what is expected. */
  readonly message: string;
}

/** One rule of the set. */
export interface Rule extends RuleDescription {
  /** Pulumi's type tokens of the resources that it evaluates. */
  readonly types: readonly string[];
  /** Whether a check needs the resource only, or the other resources too. */
  readonly looksAt: "resource" | "graph";
  /**
   * What breaks the rule; nothing if it holds or does not concern the resource.
   *
   * @throws `UnknownValueError` if that takes a value which is not known yet.
   */
  check(resource: PolicyResource, graph: PolicyGraph): readonly Violation[];
}

/** An argument's name, or a path below it: `vpcConfig.subnetIds`, `rules.0.id`. */
export type PathOf<Args> = (keyof Args & string) | `${keyof Args & string}.${string}`;

/** A resource that is evaluated, with the names of its arguments checked by the compiler. */
export class Subject<Args> {
  constructor(readonly resource: PolicyResource) {}

  /**
   * The value at a path; undefined when there is none.
   *
   * @throws `UnknownValueError` if it is not known yet.
   */
  get(path: PathOf<Args>): unknown {
    let value: unknown = this.resource.properties;
    for (const step of path.split(".")) {
      value = child(value, step);
      if (value === unknownValue) throw new UnknownValueError(path);
    }
    return value;
  }

  /** Whether anything is given; a value that is not known yet is. */
  has(path: PathOf<Args>): boolean {
    return this.expectPresent(path).length === 0;
  }

  /** The maps in a list; none when there is no list. A single map counts as a list of one. */
  list(path: PathOf<Args>): readonly Readonly<Record<string, unknown>>[] {
    const value = this.get(path);
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.filter(isRecord);
  }

  /** The texts in a list; none when there is no list. */
  texts(path: PathOf<Args>): readonly string[] {
    const value = this.get(path);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  /** The violation, if the value at the path is not as expected. */
  expect(path: PathOf<Args>, expectation: Expectation): Violation[] {
    const value = this.get(path);
    return expectation.isMet(value)
      ? []
      : [violation(`found ${found(value)}, expected ${expectation.expected}`, path)];
  }

  /**
   * The violation, if nothing is given, or not what is wanted; a value that is not known yet is.
   */
  expectPresent(path: PathOf<Args>, wanted: Expectation = present): Violation[] {
    try {
      return this.expect(path, wanted);
    } catch (error) {
      if (error instanceof UnknownValueError) return [];
      throw error;
    }
  }
}

/** A violation in a line: the arguments at fault, what was found, what is expected. */
export function formatViolation({ paths, message }: Violation): string {
  return paths.length > 0 ? `${paths.join(", ")}: ${message}` : message;
}

/** A violation, with the arguments at fault. */
export function violation(message: string, ...paths: readonly string[]): Violation {
  return { paths, message };
}

interface RuleWith<Check> extends RuleDescription {
  readonly types: readonly string[];
  readonly check: Check;
}

/** A rule that looks at one resource; `Args` are the arguments of its class. */
export function resourceRule<Args>(
  rule: RuleWith<(subject: Subject<Args>) => readonly Violation[]>,
): Rule {
  return {
    ...rule,
    looksAt: "resource",
    check: (resource) => rule.check(new Subject(resource)),
  };
}

/** A rule that looks at a resource and at what else there is. */
export function graphRule<Args>(
  rule: RuleWith<(subject: Subject<Args>, graph: PolicyGraph) => readonly Violation[]>,
): Rule {
  return {
    ...rule,
    looksAt: "graph",
    check: (resource, graph) => rule.check(new Subject(resource), graph),
  };
}

function child(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) ? value[step] : undefined;
}

/** Long values are not repeated: a policy or a body says nothing in a line. */
function found(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  // of a text of megabytes only what is shown is quoted
  const text = JSON.stringify(typeof value === "string" ? value.slice(0, 80) : value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
