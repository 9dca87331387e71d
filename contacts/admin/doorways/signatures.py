"""How the other end of a webhook finds out that a request came from here."""

from contacts.admin.doors import Code

_PYTHON = """import hashlib, hmac, time

def is_genuine(secret, headers, body):
    moment = headers["X-Webhook-Timestamp"]
    signed = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256)
    is_ours = hmac.compare_digest(
        "sha256=" + signed.hexdigest(), headers["X-Webhook-Signature"]
    )
    return is_ours and abs(time.time() - int(moment)) < 300"""

_JAVASCRIPT = """const crypto = require("node:crypto");

// headers: with names in small letters, as Node has them; body: a Buffer
function isGenuine(secret, headers, body) {
  const moment = headers["x-webhook-timestamp"];
  const signed = crypto.createHmac("sha256", secret).update(moment + ".").update(body);
  const ours = Buffer.from("sha256=" + signed.digest("hex"));
  const theirs = Buffer.from(headers["x-webhook-signature"] || "");
  const isOurs = ours.length === theirs.length && crypto.timingSafeEqual(ours, theirs);
  return isOurs && Math.abs(Date.now() / 1000 - Number(moment)) < 300;
}"""

_PHP = """<?php
// $body = file_get_contents('php://input');
function is_genuine(string $secret, array $server, string $body): bool {
    $moment = $server['HTTP_X_WEBHOOK_TIMESTAMP'];
    $ours = 'sha256=' . hash_hmac('sha256', $moment . '.' . $body, $secret);
    return hash_equals($ours, $server['HTTP_X_WEBHOOK_SIGNATURE'])
        && abs(time() - (int) $moment) < 300;
}"""

SIGNATURE_CODES = (
    Code("Python", _PYTHON),
    Code("JavaScript", _JAVASCRIPT),
    Code("PHP", _PHP),
)
