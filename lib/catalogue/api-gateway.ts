import type { FactsByType } from "./facts";

const coveredWithApi = {
  notNeeded: "part of an API, evaluated by its methods, stage and method settings",
} as const;
const partOfApi = { free: "part of the API, which is paid by request" } as const;
/** The paths of REST APIs, domains and the account's settings, and nothing of keys, which can be read as well. */
const gateway = { actions: ["apigateway:GET"], on: "apigateway" } as const;

/** What is known of the resource types of API Gateway. */
export const apiGatewayFacts: FactsByType = {
  "aws:apigateway/account:Account": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "a setting of the account" },
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/authorizer:Authorizer": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "read",
    reads: gateway,
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the domain name" },
    rules: coveredWithApi,
    drawn: "read",
    reads: gateway,
  },
  "aws:apigateway/deployment:Deployment": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/domainName:DomainName": {
    nameLimit: { argument: "domainName", max: 253 },
    holdsData: false,
    cost: { free: "regional domain names are free" },
    rules: "covered",
    drawn: "read",
    reads: gateway,
  },
  "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation": {
    nameLimit: undefined,
    holdsData: false,
    cost: { free: "part of the domain name" },
    rules: {
      notNeeded:
        "connects a private domain with an endpoint; the domain's policy says who may use it",
    },
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/integration:Integration": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "read",
    reads: gateway,
  },
  "aws:apigateway/integrationResponse:IntegrationResponse": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/method:Method": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: "covered",
    drawn: "read",
    reads: gateway,
  },
  "aws:apigateway/methodResponse:MethodResponse": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/model:Model": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/resource:Resource": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/response:Response": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: coveredWithApi,
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/restApi:RestApi": {
    nameLimit: { argument: "name", max: 1024 },
    holdsData: false,
    cost: { free: "paid by request, at its stage" },
    rules: "covered",
    drawn: "api",
    reads: gateway,
  },
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    nameLimit: undefined,
    holdsData: false,
    cost: partOfApi,
    rules: "covered",
    drawn: "detail",
    reads: gateway,
  },
  "aws:apigateway/stage:Stage": {
    nameLimit: undefined,
    holdsData: false,
    cost: "charged",
    rules: "covered",
    drawn: "read",
    reads: gateway,
  },
};
