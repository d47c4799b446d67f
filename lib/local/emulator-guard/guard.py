"""Who may call the emulator: this run's clients and the functions that it deployed, and no web page.

The emulator takes any twelve digits for an account's root, requires no signature of root and serves every web page.
It can run code as the developer, so it is started behind this, in its own process: its port is open to all that is on
this machine, which is why a proxy before it would guard nothing.
"""

import hashlib
import hmac
import json
import os
import re
from urllib.parse import parse_qs, quote

import ministack.app as emulator
from ministack.core import sigv4
from ministack.core.iam_actions import unsigned_operations
from ministack.core.iam_evaluator import AuthError, ResolvedCredential, is_root_access_key, resolve_credential
from ministack.core.responses import request_scope
from ministack.core.router import detect_service, extract_access_key_id

from database_sign_in import SIGN_IN_PATH, may_sign_in
from role_credentials import make_credentials_secret
from zones import list_every_zone

ACCOUNT = os.environ["AWS_ACCESS_KEY_ID"]
SECRET = os.environ["AWS_SECRET_ACCESS_KEY"]

# A name that somebody else's DNS points here (rebinding) is another.
OWN_HOSTS = frozenset({"127.0.0.1", "localhost"})

# The requests to a deployed API. The API authorizes them, as on AWS; web pages are refused here that its CORS refuses.
DEPLOYED_API = re.compile(r"/_aws/execute-api/[^/]+/")

# The emulator's own administration: it resets, configures and hands out what is inside. But for a function's code,
# which AWS gives by a presigned address.
ADMINISTRATION = re.compile(r"/_(localstack|ministack(?!/lambda-code/))(/|$)")

# What only the run itself may call, and no function.
RUN_ONLY = re.compile(rf"/_ministack/lambda-code/|{SIGN_IN_PATH}$")

# What everyone may read of a user pool: the keys that verify its tokens, and where they are. No bucket has such a name.
USER_POOL_KEYS = re.compile(r"/[a-z0-9-]+_[0-9A-Za-z]+/\.well-known/(jwks\.json|openid-configuration)$")

USER_POOL_OPERATION = re.compile(r"AWSCognitoIdentityProviderService\.(\w+)")

# The parameters of a signed query.
CREDENTIAL_PARAMETERS = frozenset({"x-amz-algorithm", "x-amz-credential", "x-amz-signature", "awsaccesskeyid", "signature"})

# AWS accepts no presigned request for longer: seven days, in seconds.
LONGEST_PRESIGNED = 604_800

NO_CREDENTIALS = AuthError(
    "MissingAuthenticationToken",
    "Sign the request with the credentials that this run has printed: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
FOREIGN_CREDENTIALS = AuthError(
    "InvalidClientTokenId",
    "These are not the credentials of this run; use those that it has printed: every run makes its own.")


def guarded(app):
    """The ASGI application, behind the guard."""

    async def guard(scope, receive, send):
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["type"] == "http":
            await guard_request(app, scope, receive, send)
        else:
            # nothing that is deployed here uses WebSockets
            await send({"type": "websocket.close", "code": 1008})

    return guard


async def guard_request(app, scope, receive, send):
    headers = joined_headers(scope)
    query = parse_qs(scope.get("query_string", b"").decode("utf-8", "replace"), keep_blank_values=True)
    method, path = scope["method"], scope["path"]
    is_api = DEPLOYED_API.match(path) is not None
    claims = claims_credentials(headers, query)

    may_come_from_a_page = is_api and (claims or method == "OPTIONS" or await admits_page(app, scope, headers))
    forbidden = refusal(headers, path, may_come_from_a_page=may_come_from_a_page)
    if forbidden is not None:
        await refuse(send, 403, forbidden)
        return
    if not claims and (is_api or is_public(method, path, headers, query)):
        await app(scope, receive, send)
        return
    body = await read_body(receive)
    if body is None:
        return
    failure = signature_failure(scope, headers, query, body) if claims else NO_CREDENTIALS
    if failure is not None:
        service = "apigateway" if is_api else detect_service(method, path, headers, query)
        await respond(send, *emulator._credential_failure(service, "", "", failure, headers))
    elif RUN_ONLY.match(path) and extract_access_key_id(headers, query) != ACCOUNT:
        await refuse(send, 403, "Only the run itself may call this.")
    elif path == SIGN_IN_PATH:
        await respond_to_sign_in(send, body)
    else:
        await app(scope, replay_body(body, receive), send)


def refusal(headers, path, *, may_come_from_a_page):
    """Why a request is refused whoever signed it, or None."""
    host = headers.get("host", "")
    if re.sub(r":\d+$", "", host).lower() not in OWN_HOSTS:
        return f"This is the local cloud at 127.0.0.1; it does not serve {host[:253]!r}."
    of_a_page = "origin" in headers or headers.get("sec-fetch-site", "none") != "none"
    if of_a_page and not may_come_from_a_page:
        return "The local cloud serves no web page."
    if ADMINISTRATION.match(path):
        return "The emulator's own administration is closed."
    return None


async def admits_page(app, scope, headers):
    """Whether an API's CORS lets a page's origin call it: what a browser asks before most of its requests, asked before
    all of them, for the others have effects too."""
    origin, response = headers.get("origin"), {}
    if origin is None:
        return False

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        response.update(message)

    asked = {"host": headers.get("host", ""), "origin": origin, "access-control-request-method": scope["method"]}
    await app({
        **scope,
        "method": "OPTIONS",
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in asked.items()],
    }, receive, send)
    allowed = joined_headers(response).get("access-control-allow-origin")
    return response.get("status") == 200 and allowed in ("*", origin)


def is_public(method, path, headers, query):
    """Whether AWS serves a request to a user pool without credentials: a sign-up, a sign-in, what a token allows."""
    if method == "GET":
        return USER_POOL_KEYS.match(path) is not None
    operation = USER_POOL_OPERATION.fullmatch(headers.get("x-amz-target", ""))
    return (operation is not None and (method, path, query) == ("POST", "/", {})
            and detect_service(method, path, headers, query) == "cognito-idp"
            and operation[1] in unsigned_operations("cognito-idp"))


def claims_credentials(headers, query):
    """Whether a request has credentials, in any way that the emulator would accept."""
    return headers.get("authorization", "").startswith("AWS") or any(
        name.lower() in CREDENTIAL_PARAMETERS for name in query)


def signature_failure(scope, headers, query, body):
    """Why the signature does not match the credentials of a request, or None."""
    presigned = "authorization" not in headers
    signature = sigv4.parse_query_signature(query) if presigned else sigv4.parse_header_signature(headers)
    if isinstance(signature, tuple):
        return AuthError(*signature)
    algorithm = one(query, "X-Amz-Algorithm") if presigned else headers["authorization"].partition(" ")[0]
    # the emulator's caller must be the signer
    if algorithm != "AWS4-HMAC-SHA256" or extract_access_key_id(headers, query) != signature.access_key_id:
        return AuthError("IncompleteSignature", "Sign with AWS Signature Version 4 (AWS4-HMAC-SHA256), once.")
    expired = expiry_failure(signature, query) if presigned else sigv4.request_time_failure(signature)
    if expired is not None:
        return AuthError(*expired)
    token = one(query, "X-Amz-Security-Token") if presigned else headers.get("x-amz-security-token", "")
    secret = secret_of(signature.access_key_id, token)
    if secret is None:
        return FOREIGN_CREDENTIALS
    raw_path = (scope.get("raw_path") or quote(scope["path"]).encode()).decode("latin-1")
    wrong = sigv4.header_signature_failure(
        signature, secret, scope["method"], raw_path, query, headers, body, presigned=presigned)
    if wrong is not None and not signed_by_curl(signature, secret, scope["method"], raw_path, query, headers, body):
        return AuthError(*wrong)
    signed_hash = headers.get("x-amz-content-sha256", "")
    if re.fullmatch("[0-9a-f]{64}", signed_hash) and not hmac.compare_digest(
            signed_hash, hashlib.sha256(body).hexdigest()):
        return AuthError("XAmzContentSHA256Mismatch", "The body is another than the one that was signed.")
    return None


def signed_by_curl(signature, secret, method, raw_path, query, headers, body):
    """Whether the path was signed as it was sent: curl does not encode a colon there, which AWS then refuses
    (curl/curl#18423). Who has the secret may use it here."""
    payload_hash = headers.get("x-amz-content-sha256") or hashlib.sha256(body).hexdigest()
    canonical_request = "\n".join([
        method, raw_path, sigv4.build_canonical_query_string(query),
        sigv4.build_canonical_headers(headers, signature.signed_headers), signature.signed_headers, payload_hash])
    scope = signature.date_stamp, signature.region, signature.service
    to_sign = sigv4.build_string_to_sign(signature.amz_date, *scope, canonical_request)
    return sigv4.signatures_match(sigv4.calculate_signature(secret, *scope, to_sign), signature.signature)


def expiry_failure(signature, query):
    """Why a presigned request is not valid now, or None."""
    expires = one(query, "X-Amz-Expires")
    try:
        if not 1 <= int(expires) <= LONGEST_PRESIGNED:
            raise ValueError(expires)
        if sigv4.presigned_request_is_expired(signature.amz_date, expires):
            return "AccessDenied", "Request has expired"
    except ValueError:
        return "AuthorizationQueryParametersError", "X-Amz-Date or X-Amz-Expires is none."
    return None


def secret_of(access_key_id, session_token):
    """The secret that an access key signs with: this run's, or one that the emulator gave to a role."""
    if access_key_id == ACCOUNT:
        return SECRET if session_token == "" else None
    if is_root_access_key(access_key_id):
        return None
    with request_scope(ACCOUNT, os.environ["MINISTACK_REGION"]):
        credential = resolve_credential(access_key_id, ACCOUNT, session_token)
    return credential.secret_access_key if isinstance(credential, ResolvedCredential) else None


async def respond_to_sign_in(send, body):
    allowed = may_sign_in(json.loads(body), ACCOUNT)
    await respond(send, 200, {"Content-Type": "application/json"}, json.dumps({"allowed": allowed}).encode())


def joined_headers(scope):
    """By lower-case name; those that come on several lines joined as SigV4 signs them."""
    headers = {}
    for name, value in scope.get("headers", []):
        key, text = name.decode("latin-1").lower(), sigv4.decode_header_value(value)
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers


def one(query, name):
    return (query.get(name) or [""])[0]


async def read_body(receive):
    """The body, or None where the client has gone."""
    chunks = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


def replay_body(body, receive):
    """Replays a body that has been read, then what comes after it."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def read():
        return next(messages, None) or await receive()

    return read


async def refuse(send, status, message):
    response = json.dumps({"__type": "AccessDeniedException", "message": message}).encode()
    await respond(send, status, {"Content-Type": "application/json"}, response)


async def respond(send, status, headers, body):
    pairs = [(name.encode("latin-1"), str(value).encode("latin-1")) for name, value in headers.items()]
    pairs.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    make_credentials_secret(SECRET)
    list_every_zone()
    emulator.app = guarded(emulator.app)
    emulator.main()
