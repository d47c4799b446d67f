import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { globalCreator, ignoredOnCreate, text } from "./creator";
import { nothingToDelete } from "./deletion";

/** The forms in which the provider gives random bytes. */
const forms = (bytes: Buffer) => ({
  hex: bytes.toString("hex"),
  base64: bytes.toString("base64"),
});

const randomId = globalCreator(
  { byteLength: z.number(), prefix: text, keepers: ignoredOnCreate },
  ({ byteLength, prefix = "" }) => {
    const bytes = randomBytes(byteLength);
    const { hex, base64 } = forms(bytes);
    const id = bytes.toString("base64url");
    return Promise.resolve({
      id,
      outputs: {
        hex: prefix + hex,
        dec: prefix + BigInt(`0x${hex}`).toString(),
        b64Std: prefix + base64,
        b64Url: prefix + id,
      },
    });
  },
);

const randomBytesType = globalCreator(
  { length: z.number(), keepers: ignoredOnCreate },
  ({ length }) => Promise.resolve({ id: "none", outputs: forms(randomBytes(length)) }),
);

/** The resources of the random provider, which are created here. */
export const randomTypes: ResourceTypes = {
  "random:index/randomId:RandomId": {
    create: randomId,
    replacedBy: ["byteLength", "prefix", "keepers"],
    delete: nothingToDelete,
  },
  "random:index/randomBytes:RandomBytes": {
    create: randomBytesType,
    replacedBy: ["length", "keepers"],
    delete: nothingToDelete,
  },
};
