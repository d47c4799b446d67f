/** Fonts as they are on most machines; the picture carries none. */
export const fontFamily =
  "Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif";

/** A number as it stands in a picture: to a tenth, so that two machines write the same. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A transformation that moves what is drawn. */
export function translated(x: number, y: number): string {
  return `translate(${String(round(x))} ${String(round(y))})`;
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
  /** The colour of an outline that sets it off from lines. */
  readonly halo?: string;
}

/** A line of text; nothing if it is empty. */
export function label(
  text: string,
  { x, y, size, fill, bold = false, middle = false, halo }: LabelStyle,
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
      ...(halo === undefined
        ? {}
        : { stroke: halo, "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke" }),
    },
    [escaped(text)],
  );
}
