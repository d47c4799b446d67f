/**
 * A text of one line in which nothing is hidden: whatever breaks lines, moves a terminal's cursor or turns the
 * direction of writing is shown by its code. What a program calls its resources reaches terminals and comments.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${String(character.codePointAt(0)?.toString(16))}}`,
  );
}
