import { outputsIn } from "../../core/outputs";

/** The outputs of the receipts module. */
export const receiptsOutputs = {
  receiptsEndpoint: outputsIn("Receipts").text("The URL of the receipts' API."),
};
