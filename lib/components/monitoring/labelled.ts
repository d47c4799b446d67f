/** How alarms and graphs name a monitored resource. */
export interface Labelled {
  /** The beginning of its alarms' purposes: `database` makes `database-cpu`. Unique within a stack. */
  readonly purpose: string;
  /** What descriptions and titles call it: `database`, `API`. */
  readonly label: string;
}

/** A label at the beginning of a title. */
export function capitalized(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
