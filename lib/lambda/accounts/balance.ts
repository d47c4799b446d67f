import { routes } from "../api/routes";
import { endpoint } from "../http/endpoint";
import { json } from "../http/response";
import type { Dependencies } from "./dependencies";

/** Reads balances from the ledger. */
export function balanceEndpoints({ withDatabase }: Dependencies) {
  return [
    endpoint(routes.getBalance, async ({ path: { account } }) => {
      const { rows } = await withDatabase((client) =>
        client.query<{ currency: string; balance: string }>(
          "SELECT currency, balance FROM ledger.balances WHERE account = $1 ORDER BY currency",
          [account],
        ),
      );
      const balances = rows.map(({ currency, balance }) => ({
        currency,
        amount: exact(balance),
      }));
      return json(200, { account, balances });
    }),
  ];
}

/** A sum as a number; one that JSON's readers would round is an error rather than a wrong amount. */
function exact(sum: string): number {
  const amount = Number(sum);
  if (!Number.isSafeInteger(amount)) throw new RangeError("A balance is beyond exact numbers");
  return amount;
}
