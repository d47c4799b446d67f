/** A control that no program can show: it is about what runs, or about people. */
export interface UncheckedControl {
  /** Ids of AWS' controls or requirements of PCI DSS 4.0.1. */
  readonly controls: readonly string[];
  readonly title: string;
  /** Why a program cannot show it. */
  readonly why: string;
  /** Who or what does. */
  readonly how: string;
}

/** What the rules leave to others; every report lists it. */
export const uncheckedControls: readonly UncheckedControl[] = [
  {
    controls: ["RDS.1", "RDS.4"],
    title: "Snapshots are private and encrypted",
    why: "snapshots are made while the stack runs; it does not declare them",
    how: "AWS Config or Security Hub in the account",
  },
  {
    controls: ["SecretsManager.2", "SecretsManager.3"],
    title: "Rotation of secrets succeeds; secrets that no one uses are removed",
    why: "both are known only after days of operation",
    how: "Security Hub in the account",
  },
  {
    controls: ["EC2.4", "IAM.3", "IAM.4", "IAM.5", "IAM.6", "IAM.9", "PCI 8.3.6", "PCI 8.4.2"],
    title: "Stopped instances; keys, passwords and second factors of users and of the root account",
    why: "they belong to the account and to people, not to a stack",
    how: "the account's baseline: IAM Identity Center, Security Hub",
  },
  {
    controls: ["CloudTrail.1", "Config.1", "GuardDuty.1", "PCI 10.2.1.2", "PCI 11.5.1"],
    title: "Every API call is recorded; configuration and traffic are monitored for attacks",
    why: "one trail, recorder and detector serve an account",
    how: "the account's baseline",
  },
  {
    controls: ["KMS.3"],
    title: "No key in use is about to be deleted",
    why: "deletion is scheduled by a call, not by a program",
    how: "Security Hub; an alarm on ScheduleKeyDeletion in CloudTrail",
  },
  {
    controls: ["PCI 10.5.1"],
    title: "Audit logs are retained for twelve months",
    why: "the rules see that every log group has a retention, not where older events are archived",
    how: "an export of the log groups to the log archive account",
  },
  {
    controls: ["PCI 6.3.3", "RDS.13"],
    title: "Security patches are installed within a month",
    why: "a program allows minor upgrades; when they happen depends on the maintenance window",
    how: "AWS Health, Inspector",
  },
  {
    controls: ["PCI 3.6.1.1", "PCI 3.7.6", "PCI 3.7.9"],
    title: "Who may use keys, key custodians, split knowledge",
    why: "procedures of people",
    how: "documented key management",
  },
  {
    controls: ["PCI 11.3.1", "PCI 11.3.2", "PCI 11.4.1"],
    title: "Vulnerability scans, scans by an approved vendor, penetration tests",
    why: "they test what runs",
    how: "quarterly and yearly, by an approved scanning vendor and testers",
  },
  {
    controls: ["PCI 9", "PCI 12"],
    title: "Physical access, policies, training, incident response",
    why: "they are about places and people; AWS' attestation covers its data centres",
    how: "the organisation; AWS Artifact",
  },
];
