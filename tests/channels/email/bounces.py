"""Bounces as mail servers write them."""

from email.message import EmailMessage

OURS = "<7.AbCdEf-_0123456789AbCd@casablanca.test>"
# The shape of Postfix's (RFC 3464), with lines folded as others fold them.
REPORT = """\
From: MAILER-DAEMON@mx.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9F3.1769677200/mx.test"
MIME-Version: 1.0

--9F3.1769677200/mx.test
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--9F3.1769677200/mx.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0100 (+01)

Final-Recipient: rfc822; a@casablanca.test
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <a@casablanca.test>: user
    unknown

--9F3.1769677200/mx.test
Content-Description: Undelivered Message
Content-Type: {returns}

To: a@casablanca.test
Message-ID:
 {message_id}
Subject: =?utf-8?q?S=C3=A9ance?=

--9F3.1769677200/mx.test--
"""


def bounce(
    action: str = "failed",
    status: str = "5.1.1",
    *,
    message_id: str = OURS,
    returns: str = "text/rfc822-headers",
) -> bytes:
    """Return a report, and what it returns of our letter."""
    return REPORT.format(
        action=action, status=status, message_id=message_id, returns=returns
    ).encode()


def writing(subject: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = "somebody@else.test"
    letter["Subject"] = subject
    letter.set_content("…")
    return letter.as_bytes()
