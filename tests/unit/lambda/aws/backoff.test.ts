import { setTimeout } from "node:timers/promises";
import { backOff } from "../../../../lib/lambda/aws/backoff";

jest.mock("node:timers/promises", () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

it("waits a random part of 20 ms, and of twice as long after each further attempt", async () => {
  const random = jest.spyOn(Math, "random").mockReturnValue(0.5);
  for (const failed of [1, 2, 3]) await backOff(failed);

  expect(jest.mocked(setTimeout).mock.calls).toEqual([[10], [20], [40]]);
  random.mockRestore();
});
