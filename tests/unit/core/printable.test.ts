import { oneLine, printable } from "../../../lib/core/printable";

const red = "\u001b[31mred\u001b[39m";

describe("a text for a terminal", () => {
  it.each([
    ["clears the screen", "\u001b[2J", "\\u001b[2J"],
    ["renames the window", "\u001b]0;x\u0007", "\\u001b]0;x\\u0007"],
    ["asks the terminal for an answer, in eight bits", "\u009b6n", "\\u009b6n"],
    ["writes over what is there", "failed\rpassed", "failed\\u000dpassed"],
    ["takes back what is there", "no\b\u007f", "no\\u0008\\u007f"],
    ["turns the direction", "\u202egnp.\u2066", "\\u202egnp.\\u2066"],
    ["ends a line for some", "one\u2028two\u2029", "one\\u2028two\\u2029"],
    ["is not seen", "pay\u200bments\u{e0041}", "pay\\u200bments\\udb40\\udc41"],
    ["is red", red, "\\u001b[31mred\\u001b[39m"],
  ])("shows what %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(oneLine(text)).toBe(shown);
  });

  it("keeps everything that people write", () => {
    const text = "Zahlung über 12 € – 支払い 🎉 {\"a\": 'b'} \\u001b\n  second line\n";

    expect(printable(text)).toBe(text);
  });

  it("keeps colours where they are enabled, and nothing else that begins like one", () => {
    const bold = "\u001b[1m\u001b[2mbold\u001b[22m";

    expect(printable(`${bold} ${red}`, true)).toBe(`${bold} ${red}`);
    expect(printable("\u001b[8mhidden\u009b31m\n[31m", true)).toBe(
      "\\u001b[8mhidden\\u009b31m\n[31m",
    );
  });

  it("in one line shows line breaks too", () => {
    expect(oneLine("a\nb\r\n")).toBe("a\\u000ab\\u000d\\u000a");
  });

  it("leaves JSON the same JSON", () => {
    const value = { "\u009b": "\u007f\u202e\u2028\u001b[31m" };

    expect(JSON.parse(printable(JSON.stringify(value, undefined, 2)))).toEqual(value);
  });
});
