/** A command of a shell script: what is called, and with what. */
export type Words = readonly string[];

/** Stands in a word for what another command prints. */
export const printed = "$()";

const keywords = new Set(["for", "do", "done", "if", "then", "fi", "while", "{", "}", "!"]);

/**
 * The commands of a script, in the order in which they begin, those in substitutions and functions too. Enough of
 * the shell's grammar for what documentation shows: quotes, comments, pipes, lists, loops, functions, redirections.
 */
export function commandsOf(script: string): Words[] {
  const found: string[][] = [];
  let at = 0;

  /** Reads until what closes it: the script's end, or a bracket. */
  function list(end: string): void {
    let words: string[] = [];
    const finish = () => {
      const start = words.findIndex((word) => !keywords.has(word) && !/^\w+=/.test(word));
      const called = start === -1 ? [] : words.slice(start);
      // a loop's head, or a variable alone, calls nothing
      if (called.length > 0 && words[0] !== "for") found.push(called);
      words = [];
    };
    while (at < script.length) {
      const rest = script.slice(at);
      const skipped = /^(?:[ \t]|\\\n|#.*)+/.exec(rest);
      const separator = /^(?:&&|\|\||[;|&\n])/.exec(rest);
      const redirection = /^\d?[<>]+&?\s*[^\s;|&]+/.exec(rest);
      if (end !== "" && rest.startsWith(end)) break;
      else if (skipped !== null) at += skipped[0].length;
      else if (separator !== null) {
        finish();
        at += separator[0].length;
      } else if (redirection !== null) at += redirection[0].length;
      else if (rest.startsWith("()")) {
        // the name of a function, which is no call
        words = [];
        at += 2;
      } else words.push(word(end));
    }
    finish();
    at += end.length;
  }

  function word(end: string): string {
    let text = "";
    while (at < script.length && !/[\s;|&<>]/.test(script.charAt(at))) {
      const character = script.charAt(at);
      if (character === end || script.startsWith("()", at)) break;
      if (character === "'") text += quoted("'");
      else if (character === '"') text += doubleQuoted();
      else if (script.startsWith("$(", at)) text += substitution();
      else if (character === "\\") {
        text += script.charAt(at + 1).replace("\n", "");
        at += 2;
      } else {
        text += character;
        at += 1;
      }
    }
    return text;
  }

  function quoted(mark: string): string {
    const close = script.indexOf(mark, at + 1);
    if (close === -1) throw new Error(`a quote is not closed: ${script.slice(at, at + 40)}`);
    const text = script.slice(at + 1, close);
    at = close + 1;
    return text;
  }

  function doubleQuoted(): string {
    let text = "";
    at += 1;
    while (script.charAt(at) !== '"') {
      if (at >= script.length) throw new Error(`a quote is not closed: ${text.slice(0, 40)}`);
      if (script.startsWith("$(", at)) text += substitution();
      else {
        text += script.charAt(at);
        at += 1;
      }
    }
    at += 1;
    return text;
  }

  function substitution(): string {
    at += 2;
    list(")");
    return printed;
  }

  list("");
  return found;
}
