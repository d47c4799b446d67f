import * as z from "zod";
import { routes } from "../../../../lib/lambda/payments/api/routes";
import type { Route } from "../../../../lib/lambda/http/route";
import { apiRoutes } from "../../../../lib/modules/payments/api-routes";
import { paymentsDocument } from "../../../../lib/modules/payments/openapi";

const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
});

describe("docs/openapi.json", () => {
  it("shows a body that the service accepts wherever one is required", () => {
    const { paths } = paymentsDocument();
    const media = z.object({ example: z.optional(z.unknown()) });
    const body = z.object({
      required: z.boolean(),
      content: z.object({ "application/json": media }),
    });

    for (const { path, body: model } of Object.values<Route>(routes).filter(
      ({ method }) => method === "POST",
    )) {
      const { required, content } = body.parse(paths[path]?.["post"]?.["requestBody"]);
      const { example } = content["application/json"];
      expect([path, model.schema.safeParse(example ?? {}).success]).toEqual([path, true]);
      expect([path, example !== undefined]).toEqual([path, required]);
    }
  });

  it("has the gateway's operations, with their bodies and responses", () => {
    const { paths } = paymentsDocument();

    for (const route of apiRoutes) {
      const { requestModel, responseModel, successStatus } = route;
      expect(paths[route.path]?.[route.method.toLowerCase()]).toMatchObject({
        operationId: route.operation,
        responses: {
          [String(successStatus)]: {
            content: {
              "application/json": {
                schema: { $ref: `#/components/schemas/${responseModel.name}` },
              },
            },
          },
        },
        ...(requestModel && {
          requestBody: {
            content: {
              "application/json": { schema: { $ref: `#/components/schemas/${requestModel.name}` } },
            },
          },
        }),
      });
    }
    expect(Object.values(paths).flatMap((methods) => Object.keys(methods))).toHaveLength(
      apiRoutes.length,
    );
  });

  it("demands an idempotency key of every POST", () => {
    for (const methods of Object.values(paymentsDocument().paths)) {
      for (const [method, described] of Object.entries(methods)) {
        const { parameters } = operation.parse(described);
        const required = parameters.filter((one) => one.in === "header" && one.required);
        expect(required.map(({ name }) => name)).toEqual(
          method === "post" ? ["Idempotency-Key"] : [],
        );
      }
    }
  });

  it("marks the final responses", () => {
    const { paths } = paymentsDocument();
    const replayed = {
      headers: { "Idempotent-Replayed": { description: expect.any(String) as unknown } },
    };
    const { responses } = operation.parse(paths["/payment/{id}/refund"]?.["post"]);

    expect(responses["200"]).toMatchObject(replayed);
    expect(responses["400"]).toMatchObject({
      ...replayed,
      description: expect.stringContaining("(amount-exceeded, final)") as unknown,
    });
    expect(responses["409"]).toMatchObject({
      ...replayed,
      description:
        "Another request is at work; The payment's status does not allow this (wrong-status, final)",
    });
    expect(responses["422"]).not.toHaveProperty("headers");
    expect(operation.parse(paths["/payment"]?.["post"]).responses["400"]).not.toHaveProperty(
      "headers",
    );
  });

  it("refers only to schemas that it has", () => {
    const references = JSON.stringify(paymentsDocument()).matchAll(
      /"#\/components\/schemas\/(\w+)"/g,
    );
    const { schemas } = paymentsDocument().components;

    for (const [, name] of references) expect(Object.keys(schemas)).toContain(name);
  });

  it("demands a body only where nothing would not do", () => {
    const { paths } = paymentsDocument();

    expect(paths["/payment"]?.["post"]).toMatchObject({ requestBody: { required: true } });
    expect(paths["/payment/{id}/capture"]?.["post"]).toMatchObject({
      requestBody: { required: true },
    });
    expect(paths["/payment/{id}/cancel"]?.["post"]).toMatchObject({
      requestBody: { required: false },
    });
  });
});
