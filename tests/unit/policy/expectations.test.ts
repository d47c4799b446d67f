import {
  absent,
  atLeast,
  atMost,
  byDefault,
  containing,
  customerKey,
  equals,
  matches,
  not,
  oneOf,
  present,
} from "../../../lib/policy/expectations";
import type { Expectation } from "../../../lib/policy/expectations";

const cases: readonly (readonly [string, Expectation, readonly unknown[], readonly unknown[]])[] = [
  ["equals", equals(true), [true], [false, "true", undefined]],
  ["not", not("x"), ["y", undefined], ["x"]],
  ["oneOf", oneOf("a", 2), ["a", 2], ["b", 3, undefined]],
  ["atLeast", atLeast(7), [7, 8], [6, "8", undefined]],
  ["atMost", atMost(7), [7, 6], [8, "6", undefined]],
  ["present", present, ["a", 0, false, ["a"], { a: 1 }], [undefined, null, "", [], {}]],
  ["absent", absent, [undefined, null, "", [], {}], ["a", 0, false]],
  ["byDefault", byDefault(equals(true)), [true, undefined, null], [false]],
  ["matches", matches(/^TLS/, "TLS"), ["TLSv1"], ["SSL", 1, undefined]],
  [
    "customerKey",
    customerKey,
    ["arn:aws:kms:eu-central-1:123456789012:key/1", "alias/payments"],
    ["alias/aws/rds", "arn:aws:kms:eu-central-1:123456789012:alias/aws/rds", "", 1, undefined],
  ],
  ["containing", containing("a", "b"), [["a", "b", "c"]], [["a"], "ab", undefined]],
];

describe.each(cases)("the expectation %s", (_name, expectation, met, missed) => {
  it.each(met.map((value) => [value]))("is met by %j", (value) => {
    expect(expectation.isMet(value)).toBe(true);
  });

  it.each(missed.map((value) => [value]))("is missed by %j", (value) => {
    expect(expectation.isMet(value)).toBe(false);
  });
});

it("says in words what it expects", () => {
  const words = [
    equals("a"),
    not(1),
    oneOf("a", 1),
    atLeast(7),
    atMost(7),
    byDefault(present),
    containing("a", "b"),
    absent,
  ];
  expect(words.map(({ expected }) => expected)).toEqual([
    '"a"',
    "anything but 1",
    'one of "a", 1',
    "at least 7",
    "at most 7",
    "a value, as is the default",
    "a list with a, b",
    "no value",
  ]);
});
