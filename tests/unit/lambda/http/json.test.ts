import { parseJson } from "../../../../lib/lambda/http/json";
import { Problem } from "../../../../lib/lambda/http/problem";

/** What the text is refused for. */
function errorsOf(text: string) {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof Problem) return error.details.errors;
    throw error;
  }
  return undefined;
}

describe("a body's JSON", () => {
  it.each([
    '{"a":{"b":[1,{"b":2}]},"b":"x","c":[]}',
    '{"a\\"b":1,"ab":"{\\"a\\":1,\\"a\\":2}"}',
    ' [ {"a" : 1} , {"a" : 1} ] ',
    '"text"',
    "null",
    '{"a":[0,-1,10,9007199254740991],"b":"1.5","c":"-0 1e3"}',
  ])("is read as JSON.parse reads it: %s", (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ["nothing", "", "body", "must be JSON"],
    ["what is cut off", '{"a":1', "body", "must be JSON"],
    ["a comment", '{"a":1} // one', "body", "must be JSON"],
    ["a name twice", '{"a":1,"b":2,"a":1}', "a", "must be there only once"],
    [
      "a name twice, once written with an escape",
      '{"a":1,"\\u0061":2}',
      "a",
      "must be there only once",
    ],
    ["a name twice behind an object", '{"a":{"a":1},"a":2}', "a", "must be there only once"],
    ["a name twice inside a list", '[[{"a":1 , "a" :2}]]', "a", "must be there only once"],
    [
      "a name that reaches a prototype",
      '{"__proto__":{}}',
      "__proto__",
      "is not a name for a field",
    ],
    ["a name twice within another", '{"a":{"b":1,"b":1}}', "a.b", "must be there only once"],
    ["lists within lists", "[".repeat(11) + "]".repeat(11), "body", "is too deep"],
    ["16 KiB of lists", "[".repeat(8192) + "]".repeat(8192), "body", "is too deep"],
  ])("is refused where it has %s", (_, text, field, message) => {
    expect(errorsOf(text)).toEqual([{ field, message }]);
  });

  it.each([
    "1250.0000000000000001",
    "1250.0",
    "0.5",
    "1.25e3",
    "1e3",
    "1E3",
    "1E+3",
    "1e-400",
    "-0",
    "-0.0",
    "0e0",
  ])("is refused where a number is not written as a whole one: %s", (number) => {
    const message = "must be a whole number in plain digits, without point or exponent";

    expect(errorsOf(`{"a":${number},"b":1}`)).toEqual([{ field: "a", message }]);
    expect(errorsOf(`{"a":{"b":{"c":1}, "d" : [1, {} , ${number}]}}`)).toEqual([
      { field: "a.d", message },
    ]);
    expect(errorsOf(number)).toEqual([{ field: "body", message }]);
  });

  it.each(["+1", "01", "-01", "1.", ".5", "0x10", "1_000", "NaN", "Infinity", "-", " - 1"])(
    "knows no number as %s",
    (number) => {
      expect(errorsOf(`{"a":${number}}`)).toEqual([{ field: "body", message: "must be JSON" }]);
    },
  );

  it("may be ten deep", () => {
    expect(errorsOf("[".repeat(10) + "]".repeat(10))).toBeUndefined();
  });
});
