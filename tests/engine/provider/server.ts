import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import { version } from "@pulumi/aws/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { reasonOf } from "../../../lib/local/deploy";
import type { LocalProvider } from "./provider";
import { received, sent } from "./values";
import type { WireProperties } from "./values";

/** Responds to a call with the result of a function of its request, or with its error. */
function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, callback: sendUnaryData<Response>) => {
    Promise.resolve()
      .then(() => handle(request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: status.UNKNOWN, details: reasonOf(error) });
        },
      );
  };
}

/** The resource of a request. */
const resource = (request: { getType(): string; getName(): string }) => ({
  type: request.getType(),
  name: request.getName(),
});

/**
 * The engine's calls, but for those that it does without. Not `main` of `@pulumi/pulumi/provider`: that
 * one cannot distinguish a preview from an update, so that in a preview everything behind a changed resource
 * would count as changed too.
 */
function service(
  provider: LocalProvider,
): Pick<
  IResourceProviderServer,
  | "getPluginInfo"
  | "configure"
  | "invoke"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "cancel"
  | "attach"
> {
  return {
    // as high as any of the SDKs requires
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    configure: unary(() => new messages.ConfigureResponse().setSupportspreview(true)),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    invoke: unary(async (request) =>
      new messages.InvokeResponse().setReturn(
        sent(await provider.invoke(request.getTok(), received(request.getArgs()))),
      ),
    ),
    check: unary((request) => new messages.CheckResponse().setInputs(request.getNews())),
    diff: unary((request) => {
      const { changed, replacing } = provider.diff(
        resource(request),
        received(request.getOldInputs()),
        received(request.getNews()),
      );
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      return new messages.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...changed])
        .setReplacesList([...replacing]);
    }),
    create: unary(async (request) => {
      const response = new messages.CreateResponse();
      // what is not among the properties is not known yet
      if (request.getPreview()) return response.setProperties(request.getProperties());
      const { id, properties } = await provider.create(
        resource(request),
        received(request.getProperties()),
      );
      return response.setId(id).setProperties(sent(properties));
    }),
    read: unary(async (request) => {
      const read = (known: WireProperties) =>
        provider.read(resource(request), request.getId(), known);
      const [properties, inputs] = await Promise.all([
        read(received(request.getProperties())),
        read(received(request.getInputs())),
      ]);
      const response = new messages.ReadResponse();
      if (properties === undefined || inputs === undefined) return response;
      return response
        .setId(request.getId())
        .setProperties(sent(properties))
        .setInputs(sent(inputs));
    }),
    update: unary(async (request) => {
      const now = received(request.getNews());
      const made = request.getPreview()
        ? now
        : await provider.update(
            resource(request),
            request.getId(),
            received(request.getOldInputs()),
            now,
          );
      return new messages.UpdateResponse().setProperties(
        sent({ ...received(request.getOlds()), ...made }),
      );
    }),
    delete: unary(async (request) => {
      await provider.delete(resource(request), request.getId(), received(request.getProperties()));
      return new Empty();
    }),
  };
}

/** A provider that listens. */
export interface ServedProvider {
  readonly port: number;
  stop(): void;
}

/** Serves the engine on a port of this machine. */
export function serve(provider: LocalProvider): Promise<ServedProvider> {
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  server.addService(ResourceProviderService, service(provider));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) reject(error);
      else {
        resolve({
          port,
          stop: () => {
            server.forceShutdown();
          },
        });
      }
    });
  });
}
