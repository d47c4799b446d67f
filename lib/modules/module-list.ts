import { mapValues } from "es-toolkit/object/mapValues";
import * as z from "zod";
import { problemsOfIssue } from "../core/configuration";
import type { ConfigurationProblem } from "../core/configuration";
import { mended } from "../core/mended";
import { merged } from "../core/merged";
import type { OutputDeclarations, OutputsOf } from "../core/outputs";
import type { StackOutputs } from "../core/outputs-file";
import { UserError } from "../core/user-error";
import type { PermittedDifference } from "../core/permitted-difference";
import type { ModuleUsage } from "../cost/usage";
import type { Foundation } from "../foundation/foundation";
import type { FoundationNeeds } from "../foundation/needs";
import type { FoundationSettings } from "../foundation/settings";
import type { StackNames } from "../types";
import type { Part, Sections } from "../foundation/part";
import type { Module, ModuleMonitoring, OptionalModule, ProgramInputs } from "./contract";

/** What the modules of a list have built, combined. */
interface CombinedBuild<Outputs extends object, Ports extends object> extends ModuleMonitoring {
  readonly outputs: Outputs;
  readonly ports: Ports;
}

const nothing = { outputs: {}, ports: {}, alarms: [], graphs: [] } as const;

function combined<O extends object, OwnO extends object, P extends object, OwnP extends object>(
  others: CombinedBuild<O, P>,
  own: CombinedBuild<OwnO, OwnP>,
): CombinedBuild<O & OwnO, P & OwnP> {
  return {
    outputs: { ...others.outputs, ...own.outputs },
    ports: { ...others.ports, ...own.ports },
    alarms: [...others.alarms, ...own.alarms],
    graphs: [...others.graphs, ...own.graphs],
  };
}

/** The foundation or a module, as far as all of them declare it. */
export interface ListedPart extends Pick<
  Part<Sections, OutputDeclarations>,
  "name" | "outputs" | "differences" | "usage" | "checks" | "firstUse" | "apis"
> {
  /** Whether a stack may be without it. */
  readonly isOptional: boolean;
  /** The keys of its settings, by section. */
  readonly sections: Readonly<Record<string, readonly string[]>>;
}

/** Settings, or some of them, by section. */
type Values = Readonly<Record<string, unknown>>;

/** Stands for every optional module where some are named. */
const every = "all";

/** Everything that a list knows, typed over all its modules. */
interface Contents<Settings extends Sections, Outputs extends object, Ports extends object> {
  readonly parts: readonly ListedPart[];
  /** The sections of each part. */
  readonly shapes: readonly z.ZodRawShape[];
  readonly schema: z.ZodType<Settings>;
  readonly values: (names: StackNames) => Values;
  readonly problems: (settings: Settings, names: StackNames) => readonly ConfigurationProblem[];
  /** By optional module: what switches it on in a stack; nothing where it is on. */
  readonly switches: ReadonlyMap<string, (settings: Settings) => Values>;
  readonly usages: (settings: Settings) => readonly ModuleUsage[];
  readonly needs: (settings: Settings) => readonly FoundationNeeds[];
  readonly build: (
    foundation: Foundation,
    settings: Settings,
    inputs: ProgramInputs,
  ) => CombinedBuild<Outputs, Ports>;
}

/**
 * The modules of a program in the order in which they are built, each connected to the ports of those before it.
 * Configuration and outputs of the stack are typed from what they declare.
 */
export class ModuleList<
  Settings extends FoundationSettings,
  Outputs extends object,
  Ports extends object,
> {
  private constructor(private readonly contents: Contents<Settings, Outputs, Ports>) {}

  /** The foundation and the modules. */
  get parts() {
    return this.contents.parts;
  }

  /** Those parts that a deployed stack has, by its outputs: of an optional one, it has at least one. */
  partsIn(outputs: StackOutputs): readonly ListedPart[] {
    return this.parts.filter(
      (part) => !part.isOptional || Object.keys(part.outputs).some((name) => name in outputs),
    );
  }

  /** How much the resources of all parts are used, those of optional modules that are off included. */
  get usages(): readonly ModuleUsage[] {
    return this.contents.parts.map(({ usage }) => usage);
  }

  /** How much the resources of the foundation and of the modules that the settings switch on are used. */
  usagesOf(settings: Settings): readonly ModuleUsage[] {
    return this.contents.usages(settings);
  }

  /** Everything that may differ between the graphs of two environments. */
  get differences(): readonly PermittedDifference[] {
    return this.contents.parts.flatMap(({ differences }) => differences);
  }

  /** Everything of an environment that a stack's file may override; unknown keys are refused. */
  get schema(): z.ZodObject<Record<string, z.ZodObject>> {
    return z.strictObject(strictSections(this.contents.shapes));
  }

  /**
   * An environment's settings with those that a stack overrides, and what is wrong with them: settings with a problem
   * are none.
   */
  settings(
    names: StackNames,
    overrides: Values,
  ): { readonly settings?: Settings; readonly problems: readonly ConfigurationProblem[] } {
    const own = this.contents.values(names);
    const values = merged(own, overrides);
    const checked = this.schema.safeParse(values, { reportInput: true });
    if (!checked.success)
      return { problems: this.allProblems(names, values, own, checked.error.issues) };
    const settings = this.contents.schema.parse(values);
    const problems = this.contents.problems(settings, names);
    return problems.length > 0 ? { problems } : { settings, problems };
  }

  /** The problems of single values, and those between the others: what is wrong is reported at once. */
  private allProblems(
    names: StackNames,
    values: Values,
    own: Values,
    issues: readonly z.core.$ZodIssue[],
  ) {
    const single = issues.flatMap(problemsOfIssue);
    const paths = issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path],
    );
    // with the environment's own in place of what is wrong, nothing is
    const others = this.contents.schema.parse(mended(values, own, paths));
    const between = this.contents.problems(others, names);
    // prod's own recipients are none: where the stack's are wrong, that is the one thing to report of them
    const isReported = (key: string) => single.some((one) => `${one.key}.`.startsWith(`${key}.`));
    return [...single, ...between.filter(({ key }) => !isReported(key))];
  }

  /**
   * An environment's own settings.
   *
   * @param chosen - Optional modules to switch on, as {@link switchOn} takes them.
   */
  defaults(names: StackNames, chosen: readonly string[] = []): Settings {
    const { schema, values } = this.contents;
    return schema.parse(merged(values(names), this.switchOn(names, {}, chosen)));
  }

  /**
   * What a stack overrides with optional modules switched on, in the order of the list. What it overrides by itself
   * holds, but for what a module cannot be on with. Where its settings are refused, nothing is switched on: whoever
   * reads them reports why.
   *
   * @param chosen - The modules' names; `all` stands for every one.
   * @throws `UserError` for a name that no optional module has, listing those that there are.
   */
  switchOn(names: StackNames, overrides: Values, chosen: readonly string[]): Values {
    const { switches, schema, values } = this.contents;
    const unknown = chosen.filter((name) => name !== every && !switches.has(name));
    if (unknown.length > 0) {
      const known =
        switches.size > 0
          ? `there are: ${[...switches.keys()].join(", ")}`
          : "there are none, every module is always on";
      throw new UserError(`--with ${unknown.join(",")}: no such optional module; ${known}`);
    }
    let all = overrides;
    for (const [name, switchOn] of switches) {
      if (!chosen.includes(name) && !chosen.includes(every)) continue;
      const checked = schema.safeParse(merged(values(names), all));
      if (checked.success) all = merged(all, switchOn(checked.data));
    }
    return all;
  }

  /** What the modules that the settings switch on need of the foundation. */
  needs(settings: Settings): readonly FoundationNeeds[] {
    return this.contents.needs(settings);
  }

  /** Builds the modules that the settings switch on, in the order of the list. */
  build(foundation: Foundation, settings: Settings, inputs: ProgramInputs) {
    return this.contents.build(foundation, settings, inputs);
  }

  /** A list without modules. */
  static on<Declared extends OutputDeclarations>(
    foundation: Part<FoundationSettings, Declared>,
  ): ModuleList<FoundationSettings, object, object> {
    const { settings } = foundation;
    return new ModuleList({
      parts: [listed(foundation, false)],
      shapes: [settings.schema.shape],
      schema: settings.schema,
      values: (names) => settings.values(names),
      problems: settings.problems,
      switches: new Map(),
      usages: () => [foundation.usage],
      needs: () => [],
      build: () => nothing,
    });
  }

  /** The list with a module that is always on. */
  with<S extends Sections, Declared extends OutputDeclarations, Needed, Offered extends object>(
    module: Module<S, Declared, Needed, Offered>,
    connect: (ports: Ports, inputs: ProgramInputs) => Needed,
  ): ModuleList<Settings & S, Outputs & OutputsOf<Declared>, Ports & Offered> {
    const before = this.contents;
    return new ModuleList({
      ...this.declarationsWith(module, false),
      switches: before.switches,
      usages: (settings) => [...before.usages(settings), module.usage],
      needs: (settings) => [...before.needs(settings), module.needs(settings)],
      build: (foundation, settings, inputs) => {
        const others = before.build(foundation, settings, inputs);
        return combined(others, module.build(foundation, settings, connect(others.ports, inputs)));
      },
    });
  }

  /** The list with a module that an environment may have. */
  withOptional<
    S extends Sections,
    Declared extends OutputDeclarations,
    Needed,
    Offered extends object,
  >(
    module: OptionalModule<S, Declared, Needed, Offered>,
    connect: (ports: Ports, inputs: ProgramInputs) => Needed,
  ): ModuleList<Settings & S, Outputs & Partial<OutputsOf<Declared>>, Ports & Partial<Offered>> {
    const before = this.contents;
    return new ModuleList({
      ...this.declarationsWith(module, true),
      switches: new Map<string, (settings: Settings & S) => Values>([
        ...before.switches,
        [module.name, (settings) => (module.isEnabled(settings) ? {} : module.switchOn(settings))],
      ]),
      usages: (settings) => [
        ...before.usages(settings),
        ...(module.isEnabled(settings) ? [module.usage] : []),
      ],
      needs: (settings) => [
        ...before.needs(settings),
        ...(module.isEnabled(settings) ? [module.needs(settings)] : []),
      ],
      build: (foundation, settings, inputs) => {
        const others = before.build(foundation, settings, inputs);
        return combined<Outputs, Partial<OutputsOf<Declared>>, Ports, Partial<Offered>>(
          others,
          module.isEnabled(settings)
            ? module.build(foundation, settings, connect(others.ports, inputs))
            : nothing,
        );
      },
    });
  }

  private declarationsWith<S extends Sections, Declared extends OutputDeclarations>(
    part: Part<S, Declared, S & Settings>,
    isOptional: boolean,
  ) {
    const { parts, shapes, schema, values, problems } = this.contents;
    const { settings } = part;
    return {
      parts: [...parts, listed(part, isOptional)],
      shapes: [...shapes, settings.schema.shape],
      schema: z.intersection(schema, settings.schema),
      values: (names: StackNames) => merged(values(names), settings.values(names)),
      problems: (all: Settings & S, names: StackNames) => [
        ...problems(all, names),
        ...settings.problems(all, names),
      ],
    };
  }
}

function listed<S extends Sections, Declared extends OutputDeclarations, Known>(
  part: Part<S, Declared, Known>,
  isOptional: boolean,
): ListedPart {
  const sections = strictSections([part.settings.schema.shape]);
  return { ...part, isOptional, sections: mapValues(sections, ({ shape }) => Object.keys(shape)) };
}

/** The sections of all parts; one that several parts have holds the keys of each. */
function strictSections(shapes: readonly z.ZodRawShape[]): Record<string, z.ZodObject> {
  const sections: Record<string, z.ZodObject> = {};
  for (const [name, section] of shapes.flatMap((shape) => Object.entries(shape))) {
    if (!(section instanceof z.ZodObject)) throw new Error(`settings in ${name} must be an object`);
    const others = sections[name];
    const twice = Object.keys(section.shape).filter((key) => key in { ...others?.shape });
    if (twice.length > 0) throw new Error(`two parts declare ${name}.${twice.join(", ")}`);
    // a section that takes any further key says so by its own catchall
    const strict = section.def.catchall === undefined ? section.strict() : section;
    sections[name] = others?.extend(section.shape) ?? strict;
  }
  return sections;
}
