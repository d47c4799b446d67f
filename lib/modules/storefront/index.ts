import { adminGroup } from "../../lambda/storefront/api/user";
import type { OptionalModule } from "../contract";
import { buildStorefront } from "./build";
import type { StorefrontNeeded } from "./build";
import { storefrontChecks } from "./checks";
import { storefrontDifferences } from "./differences";
import { placeFirstOrder } from "./first-use";
import { storefrontNeeds } from "./needs";
import { storefrontDocument } from "./openapi";
import { storefrontOutputs } from "./outputs";
import { storefrontSettings } from "./settings";
import type { StorefrontSettings } from "./settings";
import { storefrontUsage } from "./usage";

/** Sells products: orders of a shop's customers, paid for through the payments of the same stack. */
export const storefront: OptionalModule<
  StorefrontSettings,
  typeof storefrontOutputs,
  StorefrontNeeded,
  object
> = {
  name: "storefront",
  settings: storefrontSettings,
  outputs: storefrontOutputs,
  differences: storefrontDifferences,
  usage: storefrontUsage,
  checks: storefrontChecks,
  firstUse: placeFirstOrder,
  apis: [
    {
      name: "storefront",
      urlOutput: "ApiGatewayUrl",
      signIn: { poolOutput: "UserPoolId", clientOutput: "UserPoolClientId", adminGroup },
      hiding: ["GET /products/{id}"], // what is not published
      file: "docs/openapi-storefront.json",
      document: storefrontDocument,
    },
  ],
  isEnabled: ({ storefront: { enabled } }) => enabled,
  switchOn: () => ({ storefront: { enabled: true } }),
  needs: () => storefrontNeeds,
  build: buildStorefront,
};
