import { calledBy, shop } from "../../harness";
import { admin, customer, problemOf, signedIn } from "../harness";
import { UsersHarness, everything } from "./harness";

let shopUsers: UsersHarness;
beforeEach(async () => {
  shopUsers = new UsersHarness();
  await shopUsers.post("/users/me", { body: everything });
});

const find = (email: string[] | undefined, context: Record<string, unknown> = admin) =>
  shopUsers.get("/users", { context, query: { email } });

describe("users with an e-mail", () => {
  it.each(["anna@shop.example", "Anna@SHOP.example"])(
    "are found by administrators, whatever its case: %s",
    async (email) => {
      const { status, body } = await find([email]);

      expect(status).toBe(200);
      expect(body).toEqual({
        data: [{ userId: "customer-1", email: "anna@shop.example", ...everything }],
      });
    },
  );

  it("are none where nobody has it", async () => {
    expect((await find(["otto@shop.example"])).body).toEqual({ data: [] });
  });

  it("are found by the shop's own services", async () => {
    const services = new UsersHarness("AWS_IAM");
    const profile = { userId: "user-1", email: "a@b.example" };
    services.users.profiles.set("user-1", profile);
    const query = { email: ["a@b.example"] };
    const { body } = await services.get("/users", { context: calledBy(shop), query });

    expect(body).toEqual({ data: [profile] });
  });

  it.each([
    ["customers", customer],
    ["members of other groups", signedIn("user-1", { "cognito:groups": "[buyers, shop-admins]" })],
  ])("are not found by %s, be it themselves", async (_, context) => {
    const response = await find(["anna@shop.example"], context);

    expect(problemOf(response)).toMatchObject({ status: 403, kind: "forbidden" });
    expect(response.text).not.toContain("anna");
    expect(shopUsers.users.calls).toEqual(["put"]);
  });

  it.each<[string, string[] | undefined]>([
    ["nothing", undefined],
    ["an empty text", [""]],
    ["what is no address", ["anna"]],
    ["an address with a space", ["anna @shop.example"]],
    ["an address with a line break", ["anna@shop.example\n"]],
    ["an address that is too long", [`${"a".repeat(250)}@b.example`]],
    ["two addresses", ["a@b.example", "c@d.example"]],
  ])("are not looked for by %s", async (_, email) => {
    const response = await find(email);

    expect(problemOf(response).status).toBe(400);
    expect(Object.keys(problemOf(response).fields)).toEqual(["email"]);
    expect(shopUsers.users.calls).toEqual(["put"]);
  });

  it("are not listed by anything else", async () => {
    const query = { email: ["a@b.example"], name: ["Anna"] };
    const response = await shopUsers.get("/users", { context: admin, query });

    expect(problemOf(response).fields).toEqual({ name: "is not known" });
  });
});
