import { modules } from "../../../lib/modules";

const apis = modules.parts.flatMap((part) => (part.apis ?? []).map((api) => ({ part, api })));
const repeated = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe("the APIs of all parts", () => {
  it("are told apart by name, and documented in a file each", () => {
    expect(repeated(apis.map(({ api }) => api.name))).toEqual([]);
    expect(repeated(apis.map(({ api }) => api.file))).toEqual([]);
  });

  it.each(apis.map(({ part, api }) => [api.name, part, api] as const))(
    "are found by outputs of their part: %s",
    (_, part, { urlOutput, signIn }) => {
      const named = [urlOutput, ...(signIn ? [signIn.poolOutput, signIn.clientOutput] : [])];

      expect(Object.keys(part.outputs)).toEqual(expect.arrayContaining(named));
    },
  );

  it.each(apis.map(({ api }) => [api.name, api] as const))(
    "name operations, in links and where they hide something, that their documents have: %s",
    (_, { document, hiding = [] }) => {
      const text = JSON.stringify(document());
      const operations = Object.entries(document().paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          name: `${method.toUpperCase()} ${path}`,
          ...operation,
        })),
      );
      const ids = operations.flatMap((one) => ("operationId" in one ? [one.operationId] : []));
      const linked = [...text.matchAll(/"links":.*?"operationId":"(\w+)"/g)].map(([, id]) => id);

      expect(operations.map(({ name }) => name)).toEqual(expect.arrayContaining([...hiding]));
      expect(ids).toEqual(expect.arrayContaining(linked));
    },
  );
});
