import {
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteGroupCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DeletionProtectionType,
  ExplicitAuthFlowsType,
  PreventUserExistenceErrorTypes,
  RecoveryOptionNameType,
  SetUserPoolMfaConfigCommand,
  TimeUnitsType,
  UpdateUserPoolCommand,
  UserPoolMfaType,
  UserPoolTierType,
  UsernameAttributeType,
  VerifiedAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { creator, flag, number, required, tags, text } from "./creator";
import { byId, deletion } from "./deletion";
import { updater } from "./update";

const userPool = creator(
  {
    name: z.string(),
    userPoolTier: z.enum(UserPoolTierType).optional(),
    usernameAttributes: z.array(z.enum(UsernameAttributeType)).optional(),
    usernameConfiguration: z.strictObject({ caseSensitive: z.boolean() }).optional(),
    autoVerifiedAttributes: z.array(z.enum(VerifiedAttributeType)).optional(),
    userAttributeUpdateSettings: z
      .strictObject({
        attributesRequireVerificationBeforeUpdates: z.array(z.enum(VerifiedAttributeType)),
      })
      .optional(),
    accountRecoverySetting: z
      .strictObject({
        recoveryMechanisms: z.array(
          z.strictObject({ name: z.enum(RecoveryOptionNameType), priority: z.number() }),
        ),
      })
      .optional(),
    passwordPolicy: z
      .strictObject({
        minimumLength: number,
        requireLowercase: flag,
        requireUppercase: flag,
        requireNumbers: flag,
        requireSymbols: flag,
        temporaryPasswordValidityDays: number,
      })
      .optional(),
    mfaConfiguration: z.enum(UserPoolMfaType).optional(),
    softwareTokenMfaConfiguration: z.strictObject({ enabled: z.boolean() }).optional(),
    deletionProtection: z.enum(DeletionProtectionType).optional(),
    tags,
  },
  async (args, cloud) => {
    const { cognito } = cloud.clients;
    const { passwordPolicy: password, softwareTokenMfaConfiguration: softwareToken } = args;
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({
        PoolName: args.name,
        UserPoolTier: args.userPoolTier,
        UsernameAttributes: args.usernameAttributes,
        UsernameConfiguration: args.usernameConfiguration && {
          CaseSensitive: args.usernameConfiguration.caseSensitive,
        },
        AutoVerifiedAttributes: args.autoVerifiedAttributes,
        UserAttributeUpdateSettings: args.userAttributeUpdateSettings && {
          AttributesRequireVerificationBeforeUpdate:
            args.userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdates,
        },
        AccountRecoverySetting: args.accountRecoverySetting && {
          RecoveryMechanisms: args.accountRecoverySetting.recoveryMechanisms.map(
            ({ name, priority }) => ({ Name: name, Priority: priority }),
          ),
        },
        Policies: password && {
          PasswordPolicy: {
            MinimumLength: password.minimumLength,
            RequireLowercase: password.requireLowercase,
            RequireUppercase: password.requireUppercase,
            RequireNumbers: password.requireNumbers,
            RequireSymbols: password.requireSymbols,
            TemporaryPasswordValidityDays: password.temporaryPasswordValidityDays,
          },
        },
        DeletionProtection: args.deletionProtection,
        UserPoolTags: args.tags,
      }),
    );
    const id = required(UserPool?.Id, "Id");
    // as the provider: a pool is made without a second factor
    if (args.mfaConfiguration !== undefined && args.mfaConfiguration !== "OFF") {
      await cognito.send(
        new SetUserPoolMfaConfigCommand({
          UserPoolId: id,
          MfaConfiguration: args.mfaConfiguration,
          SoftwareTokenMfaConfiguration: softwareToken && { Enabled: softwareToken.enabled },
        }),
      );
    }
    return {
      id,
      outputs: {
        arn: required(UserPool?.Arn, "Arn"),
        // AWS's name, which is what tokens have as their issuer
        endpoint: `cognito-idp.${cloud.region}.amazonaws.com/${id}`,
      },
    };
  },
);

const unit = z.enum(TimeUnitsType).optional();

const userPoolClient = creator(
  {
    name: z.string(),
    userPoolId: z.string(),
    generateSecret: flag,
    explicitAuthFlows: z.array(z.enum(ExplicitAuthFlowsType)).optional(),
    preventUserExistenceErrors: z.enum(PreventUserExistenceErrorTypes).optional(),
    enableTokenRevocation: flag,
    idTokenValidity: number,
    accessTokenValidity: number,
    refreshTokenValidity: number,
    tokenValidityUnits: z
      .strictObject({ idToken: unit, accessToken: unit, refreshToken: unit })
      .optional(),
  },
  async (args, cloud) => {
    const { tokenValidityUnits: units } = args;
    const { UserPoolClient } = await cloud.clients.cognito.send(
      new CreateUserPoolClientCommand({
        ClientName: args.name,
        UserPoolId: args.userPoolId,
        GenerateSecret: args.generateSecret,
        ExplicitAuthFlows: args.explicitAuthFlows,
        PreventUserExistenceErrors: args.preventUserExistenceErrors,
        EnableTokenRevocation: args.enableTokenRevocation,
        IdTokenValidity: args.idTokenValidity,
        AccessTokenValidity: args.accessTokenValidity,
        RefreshTokenValidity: args.refreshTokenValidity,
        TokenValidityUnits: units && {
          IdToken: units.idToken,
          AccessToken: units.accessToken,
          RefreshToken: units.refreshToken,
        },
      }),
    );
    return {
      id: required(UserPoolClient?.ClientId, "ClientId"),
      outputs: { clientSecret: UserPoolClient?.ClientSecret ?? "" },
    };
  },
);

const userGroup = creator(
  { name: z.string(), userPoolId: z.string(), description: text, precedence: number },
  async (args, cloud) => {
    await cloud.clients.cognito.send(
      new CreateGroupCommand({
        GroupName: args.name,
        UserPoolId: args.userPoolId,
        Description: args.description,
        Precedence: args.precedence,
      }),
    );
    return { id: `${args.userPoolId}/${args.name}`, outputs: {} };
  },
);

/** Cognito's user pools. */
export const cognitoTypes: ResourceTypes = {
  "aws:cognito/userPool:UserPool": {
    create: userPool,
    replacedBy: [
      "name",
      "aliasAttributes",
      "usernameAttributes",
      "usernameConfiguration",
      "schemas",
    ],
    // AWS resets what the call omits; the emulator leaves it
    update: updater(
      { deletionProtection: z.enum(DeletionProtectionType).optional() },
      ({ deletionProtection }, UserPoolId, { clients: { cognito } }) =>
        cognito.send(
          new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: deletionProtection }),
        ),
    ),
    delete: deletion(byId, ({ id }, { clients: { cognito } }) =>
      cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })),
    ),
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    create: userPoolClient,
    replacedBy: ["userPoolId", "generateSecret"],
    delete: deletion(
      { ...byId, userPoolId: z.string() },
      ({ id, userPoolId }, { clients: { cognito } }) =>
        cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: id })),
    ),
  },
  "aws:cognito/userGroup:UserGroup": {
    create: userGroup,
    replacedBy: ["name", "userPoolId"],
    delete: deletion(
      { name: z.string(), userPoolId: z.string() },
      ({ name, userPoolId }, { clients: { cognito } }) =>
        cognito.send(new DeleteGroupCommand({ UserPoolId: userPoolId, GroupName: name })),
    ),
  },
};
