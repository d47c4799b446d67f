import { Problem } from "../api/problem";
import { routes } from "../api/routes";
import type { Dependencies } from "./dependencies";
import { endpoint } from "./endpoint";
import { json } from "./response";

/** Tells whether the service has what it needs. */
export function healthEndpoints({ store, withDatabase }: Dependencies) {
  return [
    endpoint(routes.getHealth, async () => {
      const checks = {
        table: store.check(),
        database: withDatabase((client) => client.query("SELECT 1")),
      };
      const results = await Promise.allSettled(Object.values(checks));
      const failing = Object.keys(checks).filter((_, i) => results[i]?.status === "rejected");
      if (failing.length > 0)
        throw new Problem("unavailable", {
          detail: `Not there: ${failing.join(", ")}`,
          errors: failing.map((field) => ({ field, message: "does not answer" })),
          headers: { "Retry-After": "5" },
        });
      return json(200, { status: "ok", table: "ok", database: "ok" });
    }),
  ];
}
