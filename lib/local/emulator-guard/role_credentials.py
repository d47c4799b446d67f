"""Credentials of the functions' roles that nobody outside of this run can derive.

The emulator derives them from the names of a function and its role, so that whoever knows the names could sign as
the role, and has them never expire, with which RDS would take no token of theirs.
"""

import hashlib
import hmac
import time

from ministack.core import lambda_runtime
from ministack.services import sts

# As long as a run may last, in seconds: a function that stays warm is given new ones by nobody.
A_YEAR = 31_536_000


def make_credentials_secret(secret):
    """From now on functions sign with keys that are made with a secret of this run. To be called before the
    emulator's Lambda is loaded."""
    derived = lambda_runtime.execution_credentials

    def execution_credentials(config):
        key = derived(config)["AWS_ACCESS_KEY_ID"]
        secret_access_key, session_token = (
            hmac.new(secret.encode(), f"{purpose}:{key}".encode(), hashlib.sha256).hexdigest()
            for purpose in ("secret", "token"))
        sts.register_session(key, {
            **sts._sessions[key],
            "SecretAccessKey": secret_access_key,
            "SessionToken": session_token,
            "Expiration": time.time() + A_YEAR,
        })
        return {
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secret_access_key,
            "AWS_SESSION_TOKEN": session_token,
        }

    lambda_runtime.execution_credentials = execution_credentials
