import * as z from "zod";
import type { PartSettings } from "../../foundation/part";

const schema = z.object({
  receipts: z.object({
    enabled: z.boolean().describe("Receipts for payers, at an API of their own."),
    keepDays: z.int().min(1).max(3650).describe("How long a receipt is kept, in days."),
    allowedOrigins: z.array(z.url()).min(1).describe("Origins that browsers may call from (CORS)."),
  }),
});

/** The settings of the receipts module. */
export type ReceiptsSettings = z.infer<typeof schema>;

/** The receipts module's part of the configuration. */
export const receiptsSettings: PartSettings<ReceiptsSettings> = {
  schema,
  values: ({ environment }) => ({
    receipts: {
      enabled: false,
      keepDays: environment === "prod" ? 365 : 7,
      allowedOrigins: ["https://shop.example.com"],
    },
  }),
  problems: () => [],
};
