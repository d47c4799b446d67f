import { bundleFunctions, functionsFolder } from "../lib/components/lambda/bundles";

// esbuild works while this process loads Pulumi's SDK; what goes wrong is told where the bundles are awaited
bundleFunctions(functionsFolder).catch(() => undefined);
