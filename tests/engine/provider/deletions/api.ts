import { DeleteCertificateCommand } from "@aws-sdk/client-acm";
import {
  DeleteBasePathMappingCommand,
  DeleteDeploymentCommand,
  DeleteDomainNameCommand,
  DeleteGatewayResponseCommand,
  DeleteIntegrationCommand,
  DeleteIntegrationResponseCommand,
  DeleteMethodCommand,
  DeleteMethodResponseCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GatewayResponseType,
} from "@aws-sdk/client-api-gateway";
import {
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  Scope,
} from "@aws-sdk/client-wafv2";
import * as z from "zod";
import { byId, deletion, forgotten } from "./deletion";
import type { Deletions } from "./deletion";

const inApi = { ...byId, restApi: z.string() };

const ofMethod = { restApi: z.string(), resourceId: z.string(), httpMethod: z.string() };

const ofStatus = { ...ofMethod, statusCode: z.string() };

/** API Gateway, the certificate of its domain, and the web ACL before it. */
export const apiDeletions: Deletions = {
  "aws:acm/certificate:Certificate": deletion(byId, ({ id }, { clients: { acm } }) =>
    acm.send(new DeleteCertificateCommand({ CertificateArn: id })),
  ),
  "aws:apigateway/restApi:RestApi": deletion(byId, ({ id }, { clients: { apiGateway } }) =>
    apiGateway.send(new DeleteRestApiCommand({ restApiId: id })),
  ),
  "aws:apigateway/resource:Resource": deletion(
    inApi,
    ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteResourceCommand({ restApiId: restApi, resourceId: id })),
  ),
  "aws:apigateway/model:Model": deletion(
    { restApi: z.string(), name: z.string() },
    ({ restApi, name }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteModelCommand({ restApiId: restApi, modelName: name })),
  ),
  "aws:apigateway/requestValidator:RequestValidator": deletion(
    inApi,
    ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(
        new DeleteRequestValidatorCommand({ restApiId: restApi, requestValidatorId: id }),
      ),
  ),
  "aws:apigateway/method:Method": deletion(
    ofMethod,
    ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteMethodCommand({ restApiId: restApi, ...of })),
  ),
  "aws:apigateway/methodResponse:MethodResponse": deletion(
    ofStatus,
    ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteMethodResponseCommand({ restApiId: restApi, ...of })),
  ),
  "aws:apigateway/integration:Integration": deletion(
    ofMethod,
    ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteIntegrationCommand({ restApiId: restApi, ...of })),
  ),
  "aws:apigateway/integrationResponse:IntegrationResponse": deletion(
    ofStatus,
    ({ restApi, ...of }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteIntegrationResponseCommand({ restApiId: restApi, ...of })),
  ),
  "aws:apigateway/response:Response": deletion(
    { restApiId: z.string(), responseType: z.enum(GatewayResponseType) },
    (response, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteGatewayResponseCommand(response)),
  ),
  "aws:apigateway/deployment:Deployment": deletion(
    inApi,
    ({ restApi, id }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteDeploymentCommand({ restApiId: restApi, deploymentId: id })),
  ),
  "aws:apigateway/stage:Stage": deletion(
    { restApi: z.string(), stageName: z.string() },
    ({ restApi, stageName }, { clients: { apiGateway } }) =>
      apiGateway.send(new DeleteStageCommand({ restApiId: restApi, stageName })),
  ),
  // the stage's own
  "aws:apigateway/methodSettings:MethodSettings": forgotten,
  "aws:apigateway/domainName:DomainName": deletion(byId, ({ id }, { clients: { apiGateway } }) =>
    apiGateway.send(new DeleteDomainNameCommand({ domainName: id })),
  ),
  "aws:apigateway/basePathMapping:BasePathMapping": deletion(
    { domainName: z.string(), basePath: z.string().optional() },
    ({ domainName, basePath }, { clients: { apiGateway } }) =>
      apiGateway.send(
        new DeleteBasePathMappingCommand({ domainName, basePath: basePath ?? "(none)" }),
      ),
  ),
  "aws:wafv2/webAclAssociation:WebAclAssociation": deletion(
    { resourceArn: z.string() },
    ({ resourceArn }, { clients: { wafv2 } }) =>
      wafv2.send(new DisassociateWebACLCommand({ ResourceArn: resourceArn })),
  ),
  "aws:wafv2/webAcl:WebAcl": deletion(
    { ...byId, name: z.string(), scope: z.enum(Scope) },
    async ({ id, name, scope }, { clients: { wafv2 } }) => {
      const acl = { Id: id, Name: name, Scope: scope };
      const { LockToken } = await wafv2.send(new GetWebACLCommand(acl));
      await wafv2.send(new DeleteWebACLCommand({ ...acl, LockToken }));
    },
  ),
};
