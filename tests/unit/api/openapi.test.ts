import * as z from "zod";
import { newPayment } from "../../../lib/lambda/api/schemas";
import { apiRoutes } from "../../../lib/api/routes";
import { openApiDocument, openApiText } from "../../../lib/api/openapi";

describe("docs/openapi.json", () => {
  it("shows a payment that the service takes", () => {
    const { requestBody } = openApiDocument().paths["/payment"]?.["post"] ?? {};
    const { example } = z
      .object({ content: z.object({ "application/json": z.object({ example: z.unknown() }) }) })
      .parse(requestBody).content["application/json"];

    expect(newPayment.safeParse(example).success).toBe(true);
  });

  it("has the gateway's operations, with their bodies and answers", () => {
    const { paths } = openApiDocument();

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

  it("refers only to schemas that it has", () => {
    const references = openApiText().matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const { schemas } = openApiDocument().components;

    for (const [, name] of references) expect(Object.keys(schemas)).toContain(name);
  });

  it("demands a body only where nothing would not do", () => {
    const { paths } = openApiDocument();

    expect(paths["/payment"]?.["post"]).toMatchObject({ requestBody: { required: true } });
    expect(paths["/payment/{id}/capture"]?.["post"]).toMatchObject({
      requestBody: { required: false },
    });
  });
});
