import { X509Certificate, createHash, createPublicKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { generate } from "selfsigned";
import * as z from "zod";
import type { ResourceTypes } from "../resource";
import { flag, globalCreator, number, text, texts } from "./creator";
import { nothingToDelete } from "./deletion";

const hourMs = 3_600_000;

const curves = { P224: "P-224", P256: "P-256", P384: "P-384", P521: "P-521" } as const;

const makeKeyPair = promisify(generateKeyPair);

const privateKey = globalCreator(
  {
    algorithm: z.enum(["RSA", "ECDSA"]),
    rsaBits: number,
    ecdsaCurve: z.enum(["P224", "P256", "P384", "P521"]).optional(),
  },
  async ({ algorithm, rsaBits = 2048, ecdsaCurve = "P224" }) => {
    const { privateKey, publicKey } =
      algorithm === "RSA"
        ? await makeKeyPair("rsa", { modulusLength: rsaBits })
        : await makeKeyPair("ec", { namedCurve: curves[ecdsaCurve] });
    const publicKeyPem = publicKey.export({ format: "pem", type: "spki" });
    return {
      id: createHash("sha1").update(publicKeyPem).digest("hex"),
      outputs: {
        privateKeyPem: privateKey.export({
          format: "pem",
          type: algorithm === "RSA" ? "pkcs1" : "sec1",
        }),
        privateKeyPemPkcs8: privateKey.export({ format: "pem", type: "pkcs8" }),
        publicKeyPem,
      },
    };
  },
);

/** The uses that the library can write into a certificate. */
const keyUses = {
  digital_signature: "digitalSignature",
  content_commitment: "contentCommitment",
  key_encipherment: "keyEncipherment",
  data_encipherment: "dataEncipherment",
  key_agreement: "keyAgreement",
  cert_signing: "keyCertSign",
  crl_signing: "cRLSign",
} as const;

const extendedKeyUses = { server_auth: "serverAuth", client_auth: "clientAuth" } as const;

/** Those of the certificate's uses that an extension knows, as it names them. */
function usesOf(
  uses: readonly string[],
  known: Readonly<Record<string, string>>,
): Record<string, true> {
  return Object.fromEntries(
    uses.flatMap((use) => (known[use] === undefined ? [] : [[known[use], true] as const])),
  );
}

const selfSignedCert = globalCreator(
  {
    privateKeyPem: z.string(),
    subject: z.strictObject({ commonName: z.string(), organization: text }),
    dnsNames: texts,
    ipAddresses: texts,
    allowedUses: z.array(
      z.enum([
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "cert_signing",
        "crl_signing",
        "server_auth",
        "client_auth",
      ]),
    ),
    isCaCertificate: flag,
    validityPeriodHours: z.number(),
    earlyRenewalHours: number,
  },
  async (args) => {
    const notBeforeDate = new Date();
    const { commonName, organization } = args.subject;
    const publicKey = createPublicKey(args.privateKeyPem);
    const { cert } = await generate(
      [
        { name: "commonName", value: commonName },
        ...(organization === undefined ? [] : [{ name: "organizationName", value: organization }]),
      ],
      {
        keyPair: {
          privateKey: args.privateKeyPem,
          publicKey: publicKey.export({ format: "pem", type: "spki" }).toString(),
        },
        keyType: publicKey.asymmetricKeyType === "rsa" ? "rsa" : "ec",
        algorithm: "sha256",
        notBeforeDate,
        notAfterDate: new Date(notBeforeDate.getTime() + args.validityPeriodHours * hourMs),
        extensions: [
          { name: "basicConstraints", cA: args.isCaCertificate ?? false, critical: true },
          { name: "keyUsage", critical: true, ...usesOf(args.allowedUses, keyUses) },
          { name: "extKeyUsage", ...usesOf(args.allowedUses, extendedKeyUses) },
          {
            name: "subjectAltName",
            altNames: [
              ...(args.dnsNames ?? []).map((value) => ({ type: 2 as const, value })),
              ...(args.ipAddresses ?? []).map((ip) => ({ type: 7 as const, ip })),
            ],
          },
        ],
      },
    );
    const { serialNumber, validFrom, validTo } = new X509Certificate(cert);
    return {
      id: BigInt(`0x${serialNumber}`).toString(),
      outputs: {
        certPem: cert,
        keyAlgorithm: publicKey.asymmetricKeyType === "rsa" ? "RSA" : "ECDSA",
        readyForRenewal: false,
        validityStartTime: new Date(validFrom).toISOString(),
        validityEndTime: new Date(validTo).toISOString(),
      },
    };
  },
);

/** The resources of the TLS provider, which are created here. */
export const tlsTypes: ResourceTypes = {
  "tls:index/privateKey:PrivateKey": {
    create: privateKey,
    replacedBy: ["algorithm", "rsaBits", "ecdsaCurve"],
    delete: nothingToDelete,
  },
  "tls:index/selfSignedCert:SelfSignedCert": {
    create: selfSignedCert,
    replacedBy: [
      "privateKeyPem",
      "subject",
      "dnsNames",
      "ipAddresses",
      "allowedUses",
      "isCaCertificate",
      "validityPeriodHours",
    ],
    delete: nothingToDelete,
  },
};
