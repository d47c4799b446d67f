/** A part of the network by its name, with the network's purpose if it has one. */
export function partOf(purpose: string | undefined, part: string): string {
  return purpose === undefined ? part : `${purpose}-${part}`;
}
