/** A number as it stands in a picture: to a tenth, so that two machines write the same. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text within markup. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** An element with its attributes and what is in it. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const start = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(String(value))}"`),
  ].join(" ");
  return content.length === 0 ? `<${start}/>` : `<${start}>${content.join("\n")}</${name}>`;
}

/** How a text is written. */
export interface LabelStyle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly bold?: boolean;
  /** Centred at its place. */
  readonly middle?: boolean;
}

/** A line of text; nothing if it is empty. */
export function label(
  text: string,
  { x, y, size, fill, bold = false, middle = false }: LabelStyle,
): string {
  if (text === "") return "";
  return element(
    "text",
    {
      x: round(x),
      y: round(y),
      "font-size": size,
      fill,
      ...(bold ? { "font-weight": 600 } : {}),
      ...(middle ? { "text-anchor": "middle" } : {}),
    },
    [escaped(text)],
  );
}
