// Another program, in plain JavaScript, that uses the published package on Pulumi's mocks.
const pulumi = require("@pulumi/pulumi");

const registered = [];
const code = [];
const invented = (name) => ({
  arn: `arn:aws:service:eu-central-1:1:${name}`,
  address: "database",
  port: 5432,
  resourceId: "db-A",
  masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:eu-central-1:1:secret:master" }],
});

async function main() {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push(type);
      if (type === "aws:lambda/function:Function") code.push(inputs.code);
      return { id: `${name}-id`, state: { ...invented(name), ...inputs } };
    },
    call: () => ({
      accountId: "1",
      region: "eu-central-1",
      partition: "aws",
      names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    }),
  });
  const { PaymentStack, getEnvironmentConfig } = require("payment-stack");
  const onImport = registered.length;
  new PaymentStack("payments", { config: getEnvironmentConfig("dev") });
  await pulumi.runtime.disconnect();
  const files = await Promise.all(code.map(async ({ assets }) => Object.keys(await assets)));
  console.log(
    JSON.stringify({
      onImport,
      files,
      bundled: Object.keys(require.cache).some((file) => file.includes("esbuild")),
    }),
  );
}

void main();
