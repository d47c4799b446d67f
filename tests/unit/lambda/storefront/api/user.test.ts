import { adminOf, userOf } from "../../../../../lib/lambda/storefront/api/user";
import { calledBy, shop } from "../../harness";
import { anonymous, signedIn } from "../harness";

const pool = "COGNITO_USER_POOLS";

describe("a user of the pool", () => {
  it("is known by the token's sub, and by the address that the pool has verified", () => {
    const claims = { email: "Anna@Shop.example", email_verified: "true" };

    expect(userOf(signedIn("user-1", claims), pool)).toEqual({
      id: "user-1",
      email: "anna@shop.example",
      isAdmin: false,
    });
  });

  it.each([
    ["unverified", { email: "a@b.example", email_verified: "false" }],
    ["of unknown verification", { email: "a@b.example" }],
    ["empty", { email: "", email_verified: "true" }],
    ["absent", { email: null, email_verified: true }],
  ])("has no address where it is %s", (_, claims) => {
    expect(userOf(signedIn("user-1", claims), pool)).not.toHaveProperty("email");
  });

  it.each([
    ["admins"],
    ["[admins]"],
    ["customers,admins"],
    ["[customers, admins]"],
    ["[admins customers]"],
    [["customers", "admins"]],
  ])("is an administrator where the claim of groups is %j", (groups) => {
    expect(userOf(signedIn("user-1", { "cognito:groups": groups }), pool).isAdmin).toBe(true);
  });

  it.each([[undefined], [null], [""], ["[]"], ["admin"], ["shop-admins"], ["Admins"], [[]]])(
    "is none where it is %j",
    (groups) => {
      const context = signedIn("user-1", { "cognito:groups": groups });

      expect(userOf(context, pool).isAdmin).toBe(false);
      expect(() => adminOf(context, pool)).toThrow("forbidden");
    },
  );

  it("is refused with a token that is no id token", () => {
    const context = signedIn("user-1", { token_use: "access" });

    expect(() => userOf(context, pool)).toThrow("forbidden");
  });

  it.each([
    ["no authorizer", anonymous],
    ["no claims", { authorizer: { principalId: "user-1" } }],
    ["a sub that is no id", signedIn("user 1\n")],
    ["groups that are none", signedIn("user-1", { "cognito:groups": 7 })],
  ])("is nobody where the gateway's context has %s", (_, context) => {
    expect(() => userOf(context, pool)).toThrow();
  });
});

describe("a caller with IAM credentials", () => {
  it("is an administrator under an id of its principal's, whatever its session", () => {
    const user = adminOf(calledBy(shop), "AWS_IAM");
    const other = userOf(calledBy("arn:aws:iam::123456789012:user/anna"), "AWS_IAM");

    expect(user).toEqual({
      id: expect.stringMatching(/^iam-[0-9a-f]{32}$/) as string,
      isAdmin: true,
    });
    expect(userOf(calledBy(shop.replace("session-1", "session-2")), "AWS_IAM")).toEqual(user);
    expect(other.id).not.toBe(user.id);
  });

  it("is nobody where the gateway names none", () => {
    expect(() => userOf(anonymous, "AWS_IAM")).toThrow("The gateway names no caller");
  });
});
