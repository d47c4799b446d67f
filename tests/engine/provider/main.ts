import { cloudVariable, describedCloud } from "./cloud-variable";
import { LocalProvider } from "./provider";
import { serve } from "./server";

// the engine starts it as pulumi-resource-aws, -random or -tls, and reads its port from the first line
void serve(new LocalProvider(describedCloud(process.env[cloudVariable]))).then((port) => {
  console.log(String(port));
});
