import { signInNewUser } from "../../../lib/foundation/pool-user";

const pool = { poolId: "pool-1", clientId: "client-1" };
const email = "anna@shop.example";

/** Cognito, with all that was asked of it. */
function cognito(answer: object = { AuthenticationResult: { IdToken: "an id token" } }) {
  const called: [operation: string, input: Record<string, unknown>][] = [];
  const callAws = (service: string, target: string, input: object) => {
    called.push([`${service} ${target.replace(/^.*\./, "")}`, { ...input }]);
    return Promise.resolve(answer);
  };
  return { called, callAws };
}

describe("a new user of a pool", () => {
  it("is signed in by a password that only Cognito has heard of, and no message is sent", async () => {
    const { called, callAws } = cognito();
    const token = await signInNewUser(callAws, pool, { email });
    const [made, password, signIn] = called;

    expect(token).toBe("an id token");
    expect(called).toHaveLength(3);
    expect(made).toEqual([
      "cognito-idp AdminCreateUser",
      {
        UserPoolId: "pool-1",
        Username: email,
        MessageAction: "SUPPRESS",
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
      },
    ]);
    expect(password).toMatchObject([
      "cognito-idp AdminSetUserPassword",
      { Username: email, Permanent: true },
    ]);
    expect(password?.[1]["Password"]).toMatch(/^.{32}aA1!$/);
    expect(signIn).toEqual([
      "cognito-idp AdminInitiateAuth",
      {
        UserPoolId: "pool-1",
        ClientId: "client-1",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: password?.[1]["Password"] },
      },
    ]);
  });

  it("is a member of a group before it signs in, so that its token says so", async () => {
    const { called, callAws } = cognito();
    await signInNewUser(callAws, pool, { email, group: "admins" });

    expect(called.map(([operation]) => operation).slice(-2)).toEqual([
      "cognito-idp AdminAddUserToGroup",
      "cognito-idp AdminInitiateAuth",
    ]);
    expect(called.at(-2)?.[1]).toMatchObject({ Username: email, GroupName: "admins" });
  });

  it("is none where the pool asks for more than a password", async () => {
    const { callAws } = cognito({ ChallengeName: "SOFTWARE_TOKEN_MFA" });

    await expect(signInNewUser(callAws, pool, { email })).rejects.toThrow("AuthenticationResult");
  });
});
