import type * as pulumi from "@pulumi/pulumi";
import type { Alarm } from "./alarm";
import { line } from "./dashboard-graph";
import type { Graph } from "./dashboard-graph";
import { capitalized } from "./labelled";
import type { Labelled } from "./labelled";
import { day } from "./metric";
import type { Metric } from "./metric";

/** A certificate in ACM, issued by it or imported; `api` of its labels makes `api-certificate`. */
export interface MonitoredCertificate extends Labelled {
  readonly certificateArn: pulumi.Input<string>;
}

/** Threshold of a certificate's alarm. */
export interface CertificateThresholds {
  /** Days that a certificate has left at least. */
  readonly certificateDays: number;
}

/**
 * Fires before the certificate ends. ACM reports every certificate twice a day, and no more once it has ended: then
 * the alarm stays as it is.
 */
export function certificateAlarm(
  certificate: MonitoredCertificate,
  { certificateDays }: CertificateThresholds,
): Alarm {
  return {
    purpose: purposeOf(certificate),
    description: `${certificate.label}'s certificate ends in less than ${String(certificateDays)} days`,
    threshold: certificateDays,
    comparison: "LessThanThreshold",
    metric: {
      metricQueries: [
        {
          id: "days",
          label: "days left",
          metric: { ...daysToExpiry(certificate), period: day, stat: "Minimum" },
          returnData: true,
        },
      ],
    },
    treatMissingData: "ignore",
  };
}

/** How long the certificate is valid. */
export function certificateGraph(
  certificate: MonitoredCertificate,
  { certificateDays }: CertificateThresholds,
): Graph {
  return {
    title: `${capitalized(certificate.label)} certificate`,
    unit: "days left",
    lines: [line(daysToExpiry(certificate), "Minimum", "days left")],
    alarms: [{ purpose: purposeOf(certificate), value: certificateDays, breaches: "below" }],
    period: day,
  };
}

function purposeOf({ purpose }: MonitoredCertificate): string {
  return `${purpose}-certificate`;
}

function daysToExpiry({ certificateArn }: MonitoredCertificate): Metric {
  return {
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
  };
}
