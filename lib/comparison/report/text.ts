import pc from "picocolors";
import type { ArgumentChange, Comparison, Reason, ResourceChange } from "../compare";
import { shortened } from "./shorten";
import { oneLine } from "../../core/printable";
import { reasons, summary, title } from "./summary";

/** How a comparison is written for people. */
export interface TextOptions {
  /** Colours; off by default. */
  readonly colors?: boolean;
  /** Also the arguments of resources that were added or removed. */
  readonly verbose?: boolean;
}

const absent = "–";

/** A comparison for people: each resource, each argument, and why it may be so. */
export function textReport(comparison: Comparison, options: TextOptions = {}): string {
  const { colors: isColored = false, verbose = false } = options;
  const colors = pc.createColors(isColored);
  const signs = {
    added: colors.green("+"),
    removed: colors.red("-"),
    changed: colors.yellow("~"),
  };
  const isBetweenStacks = comparison.between === "stacks";
  const because = (reason: Reason | undefined): string => {
    if (reason !== undefined) return ` ${colors.dim(`(${reason.setting})`)}`;
    return isBetweenStacks ? ` ${colors.red("✗ nothing explains this")}` : "";
  };
  const value = ({ argument, before = absent, after = absent }: ArgumentChange): string => {
    const [old, current] = shortened(before, after);
    return `${oneLine(argument)}: ${colors.red(oneLine(old))} → ${colors.green(oneLine(current))}`;
  };
  const lines = ({ type, name, change, reason, arguments: changes }: ResourceChange): string[] => {
    const head = `${signs[change]} ${colors.bold(oneLine(name))} ${colors.dim(oneLine(type))}`;
    if (change === "changed") {
      return [head, ...changes.map((one) => `    ${value(one)}${because(one.reason)}`)];
    }
    const all = verbose ? changes.map((one) => `    ${value(one)}`) : [];
    return [`${head}${because(reason)}`, ...all];
  };
  const legend = reasons(comparison).map(({ setting, why }) => `  ${colors.bold(setting)}: ${why}`);
  return [
    ...comparison.resources.flatMap(lines),
    ...(legend.length > 0 ? ["", "What may differ, and why:", ...legend] : []),
    ...(comparison.resources.length > 0 ? [""] : []),
    `${colors.bold(oneLine(title(comparison)))}: ${summary(comparison)}`,
  ].join("\n");
}
