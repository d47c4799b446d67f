/** The groups of AWS's services, each with a colour of its own. */
export type Category =
  | "compute"
  | "database"
  | "integration"
  | "management"
  | "networking"
  | "outside"
  | "security"
  | "storage";

/** What a node's picture shows. */
export type IconName =
  | "api"
  | "bucket"
  | "callers"
  | "chart"
  | "clock"
  | "database"
  | "endpoint"
  | "function"
  | "gateway"
  | "key"
  | "name"
  | "nat"
  | "secret"
  | "shield"
  | "table"
  | "topic"
  | "users";

/** Something that the picture shows: one resource, or several that are alike. */
export interface DiagramNode {
  readonly id: string;
  /** The service's name: `API Gateway`. */
  readonly service: string;
  readonly title: string;
  readonly details: readonly string[];
  readonly category: Category;
  readonly icon: IconName;
  /** A chip is a small one, that others pass through. */
  readonly shape: "card" | "chip";
  /** The box around it; undefined outside of AWS. */
  readonly box?: string;
  /** How many alarms are on its metrics. */
  readonly alarms: number;
  /** Whether a key of the stack's own encrypts it. */
  readonly encrypted: boolean;
  /** The names of the resources that it stands for; none for what is no resource, such as a caller. */
  readonly resources: readonly string[];
}

/** What a box stands for. */
export type BoxKind = "operations" | "private" | "public" | "region" | "securityGroup" | "vpc";

/** A boundary. */
export interface DiagramBox {
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  /** The box around it. */
  readonly within?: string;
  /** The names of the resources that it stands for. */
  readonly resources: readonly string[];
}

/** A request goes to what responds to it, an event to its consumer, a way joins parts of the network. */
export type ArrowKind = "event" | "request" | "way";

/** A path of data. */
export interface DiagramArrow {
  /** A node, or a box for all that is in it. */
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  /** The endpoint that it passes through. */
  readonly via?: string;
  readonly label?: string;
  /** The names of the resources that it follows from. */
  readonly because: readonly string[];
}

/** The architecture of a stack, as a picture shows it. */
export interface Diagram {
  readonly stack: string;
  readonly boxes: readonly DiagramBox[];
  readonly nodes: readonly DiagramNode[];
  readonly arrows: readonly DiagramArrow[];
  /** How many resources the program registers. */
  readonly resources: number;
  /** Resources that are details of what is drawn, such as a bucket's policy, by type. */
  readonly details: Readonly<Record<string, number>>;
  /** Resources of types that the picture does not know, by type. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** Whose architecture it is. */
export interface DiagramOptions {
  readonly stack: string;
  /** Where it is deployed: `eu-central-1`. */
  readonly region?: string;
}
