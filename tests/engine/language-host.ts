import { spawn } from "node:child_process";
import { once } from "node:events";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as z from "zod";

/**
 * Runs programs as Pulumi's host of Node programs does, which the CLI brings, but not one that was built from its Go
 * module: in a process, by the SDK's own entry. The engine starts it, and takes its port from what it prints.
 */
const engineAddress = process.argv.at(-1) ?? "";

const optionsSchema = z.object({ nodeargs: z.string().default("") });

/** The exit code of a program that has reported its errors itself. */
const reported = 32;

async function run(request: messages.RunRequest): Promise<messages.RunResponse> {
  const info = request.getInfo();
  const { nodeargs } = optionsSchema.parse(info?.getOptions()?.toJavaScript() ?? {});
  const child = spawn(
    process.execPath,
    [
      ...(nodeargs.match(/[^\s"]+/g) ?? []),
      require.resolve("@pulumi/pulumi/cmd/run"),
      ...["--monitor", request.getMonitorAddress()],
      ...["--engine", engineAddress],
      ...["--project", request.getProject()],
      ...["--stack", request.getStack()],
      ...["--organization", request.getOrganization()],
      ...["--parallel", String(request.getParallel())],
      ...["--pwd", request.getPwd()],
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
    ],
    {
      cwd: info?.getProgramDirectory() ?? request.getPwd(),
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
      // standard output has nothing but the port
      stdio: ["ignore", process.stderr, process.stderr],
    },
  );
  await once(child, "close");
  const response = new messages.RunResponse();
  if (child.exitCode === reported) response.setBail(true);
  else if (child.exitCode !== 0) response.setError(`ended with ${String(child.exitCode)}`);
  return response;
}

const server = new Server();
server.addService(LanguageRuntimeService, {
  getPluginInfo: (_: unknown, callback: sendUnaryData<PluginInfo>) => {
    callback(null, new PluginInfo().setVersion("1.0.0"));
  },
  // those of the engine tests run already
  getRequiredPlugins: (
    _: unknown,
    callback: sendUnaryData<messages.GetRequiredPluginsResponse>,
  ) => {
    callback(null, new messages.GetRequiredPluginsResponse());
  },
  run: (
    { request }: ServerUnaryCall<messages.RunRequest, messages.RunResponse>,
    callback: sendUnaryData<messages.RunResponse>,
  ) => {
    run(request).then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback({ code: status.UNKNOWN, details: String(error) });
      },
    );
  },
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${String(port)}\n`);
});
