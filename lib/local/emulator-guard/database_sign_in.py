"""Whether an IAM token opens PostgreSQL, as RDS decides it."""

import re
from urllib.parse import parse_qs

from ministack.core.iam_evaluator import AuthError, EvalContext, evaluate, resolve_principal
from ministack.core.rds_iam import RdsIamTokenError, verify_rds_iam_token
from ministack.core.responses import request_scope
from ministack.services import rds

SIGN_IN_PATH = "/_local/database-sign-in"


# How a token begins, of whatever port: a client may have come through a proxy, as those of tests do.
TARGET = re.compile(r"[^/?]*:(\d{1,5})/?\?")

# Key, day, region, service and end of what a token is signed with.
CREDENTIAL = re.compile(r"[^/]+/\d+/([a-z0-9-]+)/rds-db/aws4_request")


def region_of(token):
    """The region that a token claims to be for, or None."""
    credentials = parse_qs(token.partition("?")[2]).get("X-Amz-Credential", [])
    credential = CREDENTIAL.fullmatch(credentials[0]) if len(credentials) == 1 else None
    return credential and credential[1]


def may_sign_in(attempt, account):
    """Whether the token is of somebody who may connect as the user: signed for this host and user within
    fifteen minutes, by credentials that a policy allows `rds-db:connect` on the user of one of its region's databases."""
    target = TARGET.match(attempt["token"])
    region = region_of(attempt["token"])
    if target is None or region is None:
        return False
    token = verify_rds_iam_token(
        attempt["token"], hostname=attempt["host"], port=int(target[1]), db_user=attempt["user"],
        region=region, account_id=account)
    if isinstance(token, RdsIamTokenError):
        return False
    with request_scope(account, region):
        principal = resolve_principal(token.access_key_id, account)
        if isinstance(principal, AuthError):
            return False
        # root
        if principal.policies is None:
            return True
        return any(
            evaluate(
                EvalContext(
                    principal_arn=principal.arn, principal_type=principal.type, principal_account=account,
                    action="rds-db:connect", region=region, principal_keys=principal.keys,
                    resource_arn=f"arn:aws:rds-db:{region}:{account}:dbuser:{instance['DbiResourceId']}/{attempt['user']}"),
                principal.policies, *principal.limits).decision == "Allow"
            for instance in rds._instances.values()
            if instance.get("IAMDatabaseAuthenticationEnabled") is True)
