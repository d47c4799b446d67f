import { foundation } from "../foundation";
import { ModuleList } from "./module-list";
import { payments } from "./payments";
import { storefront } from "./storefront";

/** The only list of modules: in the order in which they are built, each with what connects it to those before it. */
export const modules = ModuleList.on(foundation)
  .with(payments, (_ports, inputs) => inputs)
  .withOptional(storefront, (ports) => ports);
