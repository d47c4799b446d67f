import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import type { Check, Context } from "../check";
import { asked } from "../finding";
import type { Finding } from "../finding";
import { quotas } from "../quota-table";
import type { Quota } from "../quota-table";

const consoleUrl = "https://console.aws.amazon.com/servicequotas/home";

/** The value, and whether it is this account's or only AWS's default. */
interface Limit {
  readonly value: number;
  readonly isDefault: boolean;
}

async function finding(quota: Quota, needed: number, context: Context): Promise<Finding> {
  const { used, limit } = await quota.usage(context.clients);
  const { value, isDefault } =
    limit === undefined ? await limitOf(quota, context) : { value: limit, isDefault: false };
  const isFirst = "unknown" in context.state ? " for a first deployment" : "";
  const what = `${String(needed)} more needed${isFirst}, ${String(used)} of ${String(value)} used`;
  const where = quota.name;
  const note = isDefault ? " (AWS's default: the account's own could not be asked)" : "";
  if (used + needed <= value) return { level: "ok", what: what + note, where };
  const { service, code } = quota;
  const link = `${consoleUrl}/services/${service}/quotas/${code}?region=${context.region}`;
  const missing = String(used + needed - value);
  return {
    level: "problem",
    what: what + note,
    where,
    whatToDo: `ask for ${missing} more, or free them: ${link}`,
  };
}

/** The quota of this account; where it cannot be asked, AWS's default. */
async function limitOf({ service, code, byDefault }: Quota, { clients }: Context): Promise<Limit> {
  try {
    const { Quota: quota } = await clients.serviceQuotas.send(
      new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }),
    );
    if (quota?.Value !== undefined) return { value: quota.Value, isDefault: false };
  } catch {
    // not permitted, or a region without the service: said in the finding
  }
  return { value: byDefault, isDefault: true };
}

/** Whether the account's quotas leave room for what the stack adds to what is there. */
export const quotaCheck: Check = {
  name: "quotas",
  permissions: [
    "servicequotas:GetServiceQuota",
    ...new Set(quotas.flatMap(({ permissions }) => permissions)),
  ],
  run: async (context) => {
    const found = await Promise.all(
      quotas.map(async (quota) => {
        const needed = quota.needed(context);
        if (needed === 0) return [];
        return asked(quota.name, quota.permissions, async () => [
          await finding(quota, needed, context),
        ]);
      }),
    );
    return found.flat();
  },
};
