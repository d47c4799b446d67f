import type { Check } from "./check";
import { accountCheck } from "./checks/account";
import { alarmCheck } from "./checks/alarms";
import { apiAccountCheck } from "./checks/api-account";
import { certificateCheck } from "./checks/certificates";
import { databaseCheck } from "./checks/database";
import { keyCheck } from "./checks/keys";
import { nameCheck } from "./checks/names";
import { permissionCheck } from "./checks/permissions";
import { quotaCheck } from "./checks/quotas";
import { serviceRoleCheck } from "./checks/service-roles";
import { zoneCheck } from "./checks/zones";

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [
  accountCheck,
  permissionCheck,
  serviceRoleCheck,
  apiAccountCheck,
  quotaCheck,
  zoneCheck,
  databaseCheck,
  certificateCheck,
  keyCheck,
  nameCheck,
  alarmCheck,
];
