/**
 * Controls, with what they begin if it is bold, dim or a colour as our own texts have them; what
 * is not seen, or turns the direction of a text; and what only some programs take for the end of a line.
 */
const special = /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}])(\[(?:[0-2]|22|3[0-7]|39)m)?/gu;

/**
 * A text as a terminal may have it: whatever would move its cursor, clear or rename it, query it or hide what is there
 * is shown as `\u001b`. Line breaks stay. JSON stays the same JSON.
 *
 * @param colors - Whether bold, dim and colours stay, too.
 */
export function printable(text: string, colors = false): string {
  return text.replace(special, (found, control: string, color: string | undefined) => {
    const isOurs = control === "\n" || (colors && control === "\u001b" && color !== undefined);
    return isOurs ? found : `${shown(control)}${color ?? ""}`;
  });
}

/**
 * What comes from outside (AWS, a file, a request), where a report has it in one of its lines: line breaks are shown as
 * well, so that it cannot pass for a line of the report, and colours.
 */
export function oneLine(text: string): string {
  return printable(text).replaceAll("\n", shown);
}

function shown(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16));
  return units.map((unit) => `\\u${unit.padStart(4, "0")}`).join("");
}
