/** CloudWatch's grid has so many columns. */
export const gridColumns = 24;

/** Where a widget is, in grid units. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A widget that may leave it to CloudWatch where it goes. */
export interface Unplaced {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
}

/** The widgets, each at its place: those that name none come one after the other, in rows. */
export function placed<T extends Unplaced>(widgets: readonly T[]): (T & Place)[] {
  let next = { x: 0, y: 0 };
  let rowEnd = 0;
  return widgets.map((widget) => {
    if (next.x + widget.width > gridColumns) next = { x: 0, y: rowEnd };
    const { x = next.x, y = next.y, width, height } = widget;
    next = { x: x + width, y };
    rowEnd = Math.max(rowEnd, y + height);
    return { ...widget, x, y };
  });
}

/** What is wrong with where the widgets are: beyond the grid, over another. */
export function placeProblems(widgets: readonly (Place & { readonly name: string })[]): string[] {
  return widgets.flatMap((widget, index) => {
    const { name, x, width } = widget;
    const beyond =
      x + width > gridColumns
        ? [
            `${name}: x ${String(x)} and width ${String(width)} leave the ${String(gridColumns)} columns`,
          ]
        : [];
    const under = widgets
      .slice(0, index)
      .filter((other) => overlap(widget, other))
      .map((other) => `${name}: is over ${other.name}`);
    return [...beyond, ...under];
  });
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
