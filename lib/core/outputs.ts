import type * as pulumi from "@pulumi/pulumi";

/** What an output's value may be, by the name that the documentation has for it. */
interface OutputTypes {
  readonly string: string;
  readonly number: number;
  readonly "string[]": string[];
  readonly "Record<string, string>": Record<string, string>;
}

/** An output of a stack, as its part of the program declares it. */
export interface OutputDeclaration {
  /** The heading that it stands under in `docs/outputs.md` and in `npm run outputs`. */
  readonly section: string;
  readonly type: keyof OutputTypes;
  /** Whether every stack has it. */
  readonly always: boolean;
  /** One sentence. */
  readonly meaning: string;
}

/** Outputs by their names, which are those of `pulumi stack output`: camelCase, unique within a stack. */
export type OutputDeclarations = Readonly<Record<string, OutputDeclaration>>;

/** The values of declared outputs: one that is missing does not compile. */
export type OutputsOf<Declarations extends OutputDeclarations> = {
  readonly [Name in keyof Declarations]:
    | pulumi.Output<OutputTypes[Declarations[Name]["type"]]>
    | (Declarations[Name]["always"] extends true ? never : undefined);
};

/** Declares the outputs of a section: `vpcId: outputsIn("Network").text("Id of the VPC.")`. */
export function outputsIn(section: string) {
  return {
    text: (meaning: string) => ({ section, type: "string", always: true, meaning }) as const,
    /** A text that not every stack has. */
    optionalText: (meaning: string) =>
      ({ section, type: "string", always: false, meaning }) as const,
    number: (meaning: string) => ({ section, type: "number", always: true, meaning }) as const,
    list: (meaning: string) => ({ section, type: "string[]", always: true, meaning }) as const,
    map: (meaning: string) =>
      ({ section, type: "Record<string, string>", always: true, meaning }) as const,
  };
}
