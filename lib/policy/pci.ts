/**
 * The requirements of PCI DSS 4.0.1 that rules refer to, summarized; the standard itself is at
 * https://www.pcisecuritystandards.org/document_library/.
 */
export const pciRequirements = {
  "1.2.5": "Only services, protocols and ports that are needed are allowed",
  "1.3.1": "Traffic into the cardholder data environment is restricted to what is needed",
  "1.3.2": "Traffic out of the cardholder data environment is restricted to what is needed",
  "1.4.2": "Untrusted networks reach only what is meant to be public",
  "1.4.4": "What stores cardholder data cannot be reached from untrusted networks",
  "2.2.2": "Vendors' default accounts are changed or disabled",
  "2.2.6": "Security settings are set against misuse",
  "3.2.1": "Data is retained no longer than needed",
  "3.3.1": "Sensitive authentication data is not stored after authorization",
  "3.5.1": "Stored card numbers are unreadable",
  "3.6.1": "Keys that protect stored data are guarded against disclosure and misuse",
  "3.7.4": "Keys are changed at the end of their period",
  "4.2.1": "Strong cryptography guards data in transit over open networks",
  "6.2.4": "Software withstands common attacks",
  "6.3.3": "Components are kept up to date with security patches",
  "6.4.2": "Public web applications are guarded by a control that detects and blocks attacks",
  "7.2.1": "Access follows need and role",
  "7.2.2": "Privileges are the least that the task needs",
  "7.2.5": "Applications' accounts have the least privileges",
  "7.3.1": "An access control system restricts access by need to know",
  "8.3.1": "Every access is authenticated",
  "8.3.2": "Secrets of authentication are unreadable in transit and at rest",
  "8.3.9": "Passwords are changed, or access is evaluated dynamically",
  "8.6.2": "No application's password is written into code or configuration",
  "8.6.3": "Applications' passwords are changed and are strong",
  "10.2.1": "All components write audit logs",
  "10.3.2": "Audit logs cannot be changed",
  "10.4.2": "Logs of all other components are reviewed too",
  "10.5.1": "Audit logs are retained for 12 months, 3 of them immediately available",
  "10.7.2": "A failure of a critical security control is detected and responded to",
  "11.5.1": "Intrusions are detected",
  "12.3.4": "Hardware and software are reviewed for being supported still",
  "12.10.5": "Alerts of monitoring reach incident response",
} as const;

/** Number of a requirement of PCI DSS 4.0.1. */
export type PciRequirement = keyof typeof pciRequirements;
