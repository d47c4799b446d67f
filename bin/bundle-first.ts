import { bundleFunctions, functionsFolder } from "../lib/components/lambda/bundles";

// esbuild works while this process loads Pulumi's SDK; errors are reported where the bundles are awaited
bundleFunctions(functionsFolder).catch(() => undefined);
