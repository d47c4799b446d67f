import { randomUUID } from "node:crypto";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { isLocal } from "./deployed";
import { ShopUser, callShop, cognito, describeShopping, signUp } from "./shop";

jest.setTimeout(60_000);

// a pool is made in the emulator only: who checks a deployed stack may make and delete none
(isLocal ? describeShopping : describe.skip)("a sign-in at another pool", () => {
  let customer: ShopUser;
  let userPoolId: string;
  beforeAll(async () => {
    customer = await ShopUser.make();
  });
  afterAll(async () => {
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId: userPoolId }));
  });

  it("is none here, with the same e-mail address either", async () => {
    const PoolName = `test-${randomUUID()}`;
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName, UsernameAttributes: ["email"] }),
    );
    userPoolId = UserPool?.Id ?? "";
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: userPoolId,
        ClientName: PoolName,
        ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      }),
    );
    const clientId = UserPoolClient?.ClientId ?? "";
    const signIn = await signUp({ userPoolId, clientId }, customer.email);
    const { idToken } = await signIn();
    const ask = (authorization: string) =>
      callShop("GET", "/users/me", { headers: { authorization } });

    expect(idToken).toMatch(/^eyJ/);
    expect((await ask(customer.tokens.idToken)).status).toBe(200);
    expect((await ask(idToken)).status).toBe(401);
  });
});
