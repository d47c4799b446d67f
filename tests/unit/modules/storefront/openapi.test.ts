import * as z from "zod";
import type { Route } from "../../../../lib/lambda/http/route";
import { routes } from "../../../../lib/lambda/storefront/api/routes";
import { storefrontDocument } from "../../../../lib/modules/storefront/openapi";

const media = z.object({ example: z.optional(z.unknown()) });
const body = z.object({
  required: z.boolean(),
  content: z.object({ "application/json": media }),
});

describe("docs/openapi-storefront.json", () => {
  it("shows a body that the service accepts wherever one is required", () => {
    const { paths } = storefrontDocument();

    for (const { path, body: model } of Object.values<Route>(routes).filter(
      ({ method }) => method === "POST",
    )) {
      const { required, content } = body.parse(paths[path]?.["post"]?.["requestBody"]);
      const { example } = content["application/json"];
      expect([path, model.schema.safeParse(example ?? {}).success]).toEqual([path, true]);
      expect([path, example === undefined && required]).toEqual([path, false]);
    }
  });

  it("lets everybody browse, and nobody else do anything without a token", () => {
    const { paths, security } = storefrontDocument();
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        "security" in operation ? [`${method} ${path}`] : [],
      ),
    );

    expect(security).toEqual([{ idToken: [] }]);
    expect(open).toEqual(["get /products", "get /products/{id}"]);
  });
});
