import { routes } from "../api/routes";
import { endpoint } from "../../http/router";
import { json } from "../../http/response";
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
      // the text that the database gives: as a number, what is beyond 2^53 would be rounded
      const balances = rows.map(({ currency, balance }) => ({ currency, amount: balance }));
      return json(200, { account, balances });
    }),
  ];
}
