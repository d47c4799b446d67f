import { requestParameters } from "../../../../lib/components/api-gateway/route";
import { apiRoutes } from "../../../../lib/modules/payments/api-routes";
import { routes } from "../../../../lib/lambda/payments/api/routes";

describe("the gateway's routes", () => {
  it("are the function's, one by one", () => {
    expect(apiRoutes.map(({ operation, method, path }) => [operation, method, path])).toEqual([
      ["createPayment", "POST", "/payment"],
      ["getPayment", "GET", "/payment/{id}"],
      ["listPayments", "GET", "/payment"],
      ["authorizePayment", "POST", "/payment/{id}/authorize"],
      ["capturePayment", "POST", "/payment/{id}/capture"],
      ["cancelPayment", "POST", "/payment/{id}/cancel"],
      ["refundPayment", "POST", "/payment/{id}/refund"],
      ["getBalance", "GET", "/balance/{account}"],
      ["payOut", "POST", "/payout"],
      ["getHealth", "GET", "/health"],
    ]);
    expect(apiRoutes).toHaveLength(Object.keys(routes).length);
  });

  it("demand no header, which a gateway would know in one spelling only, and a body of no GET", () => {
    for (const route of apiRoutes) {
      const writes = route.method === "POST";
      expect(Object.keys(requestParameters(route)).join()).not.toContain("header");
      expect(route.requestModel !== undefined).toBe(writes);
    }
  });

  it("name the query parameters that the function reads", () => {
    const withQuery = apiRoutes.filter(({ queryParameters }) => queryParameters.length > 0);

    expect(withQuery.map(({ operation }) => operation)).toEqual(["listPayments"]);
    expect(withQuery[0]?.queryParameters).toEqual(["userId", "status", "limit", "cursor"]);
  });

  it("have models in JSON schema draft 4, the same under the same name", () => {
    const models = apiRoutes.flatMap(({ requestModel, responseModel }) => [
      ...(requestModel === undefined ? [] : [requestModel]),
      responseModel,
    ]);
    const byName = new Map(models.map((model) => [model.name, model]));

    for (const { name, schema } of models) {
      expect(name).toMatch(/^[A-Za-z0-9]+$/);
      expect(schema["$schema"]).toBe("http://json-schema.org/draft-04/schema#");
      expect(JSON.stringify(schema)).not.toContain("propertyNames");
      expect(byName.get(name)?.schema).toEqual(schema);
    }
    expect([...byName.keys()].sort()).toEqual([
      "AmountToMove",
      "Authorization",
      "Balance",
      "Health",
      "NewPayment",
      "NewPayout",
      "Nothing",
      "Payment",
      "PaymentPage",
      "Payout",
    ]);
  });

  it("say in the models that an action takes an amount or all, and no body at all does", () => {
    const models = apiRoutes.flatMap(({ operation, requestModel }) =>
      requestModel === undefined ? [] : [[operation, requestModel.schema] as const],
    );
    const schemas = new Map(models);

    expect(schemas.get("capturePayment")).toMatchObject({
      properties: { amount: { type: "integer" }, all: { enum: [true] } },
      additionalProperties: false,
      oneOf: [{ required: ["amount"] }, { required: ["all"] }],
    });
    expect(schemas.get("refundPayment")).toEqual(schemas.get("capturePayment"));
    expect(schemas.get("authorizePayment")).toMatchObject({
      required: ["outcome"],
      properties: { outcome: { enum: ["APPROVED", "DECLINED"] } },
    });
  });

  it("respond with 201 to what creates and 200 to the rest", () => {
    const created = apiRoutes.filter(({ successStatus }) => successStatus === 201);

    expect(created.map(({ operation }) => operation)).toEqual(["createPayment", "payOut"]);
  });
});
