import { commonProblem } from "../../http/problem";
import { routes } from "../api/routes";
import { endpoint } from "../../http/router";
import { json } from "../../http/response";
import type { Dependencies } from "./dependencies";

/** Reports whether the service's dependencies are available. */
export function healthEndpoints({ withDatabase, checkTable }: Dependencies) {
  return [
    endpoint(routes.getHealth, async () => {
      const checks = {
        table: checkTable(),
        database: withDatabase((client) => client.query("SELECT 1")),
      };
      const results = await Promise.allSettled(Object.values(checks));
      const failing = Object.keys(checks).filter((_, i) => results[i]?.status === "rejected");
      if (failing.length > 0)
        throw commonProblem("unavailable", {
          detail: `Not there: ${failing.join(", ")}`,
          errors: failing.map((field) => ({ field, message: "does not answer" })),
          headers: { "Retry-After": "5" },
        });
      return json(200, { status: "ok", table: "ok", database: "ok" });
    }),
  ];
}
