"""Messages as programs of the real world build them, each shape several times with other contents. Made here from what the standards and
everyday headers look like, not copied from anybody's mail."""
import base64
import quopri
import random
import zlib

WORDS = "the report was late because nobody had asked for it again and we should meet on Thursday about prices of paper".split()
NAMES = ["Ann Example", "Jörg Müller", "Анна Иванова", "山田太郎", "O'Neill, Pat", "Дмитро", "Łukasz", "x", "Dr. \"Quote\" Smith", "Ünal"]


def b64(data):
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def qp(text):
    return quopri.encodestring(text.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n") + b"\r\n"


def word(text):
    if text.isascii():
        return text.encode() if text.replace(" ", "").isalnum() else b"\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").encode() + b"\""
    return b"=?UTF-8?B?" + base64.b64encode(text.encode()) + b"?="


def part(kind, body, *more):
    return b"".join(line + b"\r\n" for line in (b"Content-Type: " + kind, *more)) + b"\r\n" + body


def multipart(kind, boundary, *parts, preamble=b"", epilogue=b""):
    return (b"Content-Type: multipart/" + kind + b";\r\n\tboundary=\"" + boundary + b"\"\r\n\r\n" + preamble +
            b"".join(b"--" + boundary + b"\r\n" + each.removesuffix(b"\r\n") + b"\r\n" for each in parts) + b"--" + boundary + b"--\r\n" + epilogue)


class Maker:
    """One shape's contents, from a number."""

    def __init__(self, number):
        self.number = number
        self.chance = random.Random(f"shape {number}")
        self.boundary = b"----=_Part_%d_%d.%d" % (number, self.chance.randrange(10**9), self.chance.randrange(10**12))

    def text(self, least=20):
        lines = []
        for _ in range(self.chance.randrange(least, least * 4)):
            lines.append(" ".join(self.chance.choice(WORDS) for _ in range(self.chance.randrange(1, 14))))
        return ("\r\n".join(lines) + "\r\n")

    def bytes(self, size):
        return bytes(self.chance.randrange(256) for _ in range(size))

    def head(self, subject, *more, received=3, mime=True):
        name = self.chance.choice(NAMES)
        lines = [b"Received: from mx%d.example.net (mx%d.example.net [192.0.2.%d])\r\n\tby mail.example.org (Postfix) with ESMTPS id %X\r\n\tfor <me@localhost>; "
                 b"Tue, 24 Nov 2026 09:%02d:20 +0100 (CET)" % (hop, hop, hop + 1, self.chance.randrange(10**9), hop) for hop in range(received)]
        lines += [b"From: " + word(name) + b" <sender%d@example.net>" % self.number, b"To: me@localhost", b"Subject: " + subject, b"Date: Tue, 24 Nov 2026 09:32:20 +0100",
                  b"Message-ID: <%d.%d@example.net>" % (self.number, self.chance.randrange(10**9)), *more]
        return b"".join(line + b"\r\n" for line in lines) + (b"MIME-Version: 1.0\r\n" if mime else b"")

    def newsletter(self):
        html = "<html><body>" + "".join(f"<p style=\"color:#333\">{self.text(3)} — naïve café</p>" for _ in range(8)) + "</body></html>"
        return self.head(word("Neuigkeiten für Sie – Nr. %d" % self.number), b"List-Unsubscribe: <https://example.net/u/%d>,\r\n <mailto:u@example.net>" % self.number,
                         b"List-Unsubscribe-Post: List-Unsubscribe=One-Click", b"Precedence: bulk", b"Feedback-ID: %d:news:example" % self.number) + multipart(
            b"alternative", self.boundary, part(b"text/plain; charset=\"utf-8\"", qp(self.text()), b"Content-Transfer-Encoding: quoted-printable"),
            part(b"text/html; charset=\"utf-8\"", qp(html), b"Content-Transfer-Encoding: quoted-printable"), preamble=b"This is a multi-part message in MIME format.\r\n")

    def signed(self):
        return self.head(b"signed %d" % self.number) + multipart(
            b"signed; micalg=\"sha-256\"; protocol=\"application/pkcs7-signature\"", self.boundary, part(b"text/plain; charset=us-ascii", self.text().encode()),
            part(b"application/pkcs7-signature; name=\"smime.p7s\"", b64(self.bytes(1800)), b"Content-Transfer-Encoding: base64",
                 b"Content-Disposition: attachment; filename=\"smime.p7s\""))

    def pgp(self):
        armour = b"-----BEGIN PGP MESSAGE-----\r\n\r\n" + b64(self.bytes(900)) + b"=abcd\r\n-----END PGP MESSAGE-----\r\n"
        return self.head(b"...", b"Autocrypt: addr=a@example.net; keydata=" + b"\r\n ".join(base64.b64encode(self.bytes(48)) for _ in range(20))) + multipart(
            b"encrypted; protocol=\"application/pgp-encrypted\"", self.boundary, part(b"application/pgp-encrypted", b"Version: 1\r\n"),
            part(b"application/octet-stream; name=\"encrypted.asc\"", armour, b"Content-Disposition: inline; filename=\"encrypted.asc\""))

    def invitation(self):
        event = ("BEGIN:VCALENDAR\r\nMETHOD:%s\r\nPRODID:-//Example//EN\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:%d@example.net\r\nSUMMARY:Besprechung – %s\r\n"
                 "DTSTART;TZID=Europe/Berlin:20261201T100000\r\nATTENDEE;RSVP=TRUE;CN=\"Müller, J.\":mailto:j@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        method = self.chance.choice(["REQUEST", "REPLY", "CANCEL"])
        calendar = (event % (method, self.number, " ".join(self.chance.choice(WORDS) for _ in range(30)))).encode()
        return self.head(word("Einladung: Besprechung %d" % self.number)) + multipart(
            b"mixed", self.boundary, multipart(b"alternative", self.boundary + b"a", part(b"text/plain; charset=utf-8", self.text().encode(), b"Content-Transfer-Encoding: 8bit"),
                                               part(b"text/calendar; charset=\"UTF-8\"; method=" + method.encode(), b64(calendar), b"Content-Transfer-Encoding: base64")),
            part(b"application/ics; name=\"invite.ics\"", b64(calendar), b"Content-Disposition: attachment; filename=\"invite.ics\"", b"Content-Transfer-Encoding: base64"))

    def report_of_delivery(self):
        status = (b"Reporting-MTA: dns; mx.example.net\r\nArrival-Date: Tue, 24 Nov 2026 09:00:00 +0100\r\n\r\nFinal-Recipient: rfc822; nobody@example.net\r\nAction: failed\r\n"
                  b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <nobody@example.net>: no such user\r\n")
        return self.head(b"Undelivered Mail Returned to Sender", b"Auto-Submitted: auto-replied") + multipart(
            b"report; report-type=delivery-status", self.boundary, part(b"text/plain; charset=us-ascii", self.text().encode(), b"Content-Description: Notification"),
            part(b"message/delivery-status", status, b"Content-Description: Delivery report"),
            part(b"message/rfc822", Maker(self.number + 1000).plain(), b"Content-Description: Undelivered Message"))

    def receipt(self):
        return self.head(b"Read: report", b"References: <1@example.org>") + multipart(
            b"report; report-type=disposition-notification", self.boundary, part(b"text/plain", self.text(2).encode()),
            part(b"message/disposition-notification", b"Reporting-UA: example; app\r\nFinal-Recipient: rfc822;me@localhost\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"),
            part(b"text/rfc822-headers", self.head(b"the original", mime=False)))

    def list_digest(self):
        return self.head(b"Example Digest, Vol %d, Issue 3" % self.number, b"List-Id: <example.lists.example.net>", b"List-Post: <mailto:example@lists.example.net>",
                         b"Sender: Example <example-bounces@lists.example.net>") + multipart(
            b"mixed", self.boundary, part(b"text/plain; charset=\"us-ascii\"", self.text(5).encode(), b"Content-Description: Today's Topics"),
            multipart(b"digest", self.boundary + b"d", *(b"\r\n" + Maker(self.number * 100 + each).plain() for each in range(12))),
            part(b"text/plain", b"_______________\r\nExample mailing list\r\n", b"Content-Description: Digest Footer"))

    def plain(self):
        body = self.text()
        return self.head(b"Re: Re: Fwd: plain %d" % self.number, b"In-Reply-To: <0@example.org>", b"References: " + b"\r\n ".join(b"<%d@example.org>" % each for each in range(20)),
                         b"User-Agent: Mutt/2.2", mime=False) + b"\r\n" + "".join("> " + line + "\r\n" for line in body.splitlines()).encode() + b"\r\n-- \r\nAnn\r\n"

    def pictures(self):
        images = [part(b"image/png; name=\"image%03d.png\"" % each, b64(b"\x89PNG\r\n\x1a\n" + self.bytes(700)), b"Content-Transfer-Encoding: base64", b"Content-ID: <img%d@example.net>" % each,
                       b"Content-Disposition: inline; filename=\"image%03d.png\"" % each) for each in range(3)]
        html = "<html>" + "".join(f"<img src=\"cid:img{each}@example.net\">" for each in range(3)) + "</html>"
        return self.head(b"pictures") + multipart(b"mixed", self.boundary, multipart(b"related; type=\"multipart/alternative\"", self.boundary + b"r", multipart(
            b"alternative", self.boundary + b"a", part(b"text/plain; charset=utf-8; format=flowed; delsp=yes", self.text().replace("\r\n", " \r\n").encode(), b"Content-Transfer-Encoding: 7bit"),
            part(b"text/html; charset=utf-8", html.encode())), *images), part(b"application/pdf; name=\"=?UTF-8?Q?Rechnung_N=C2=BA_1.pdf?=\"", b64(b"%PDF-1.7\n" + self.bytes(3000)),
            b"Content-Transfer-Encoding: base64", b"Content-Disposition: attachment;\r\n\tfilename*0*=UTF-8''Rechnung%20N%C2%BA;\r\n\tfilename*1*=%201.pdf; size=3009"))

    def aggregate_report(self):
        xml = "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>example.net</org_name></report_metadata>" + "<record/>" * 50 + "</feedback>"
        return self.head(b"Report Domain: example.org Submitter: example.net Report-ID: <%d>" % self.number, b"TLS-Report-Domain: example.org") + part(
            b"application/gzip; name=\"example.net!example.org!1!2.xml.gz\"", b64(zlib.compress(xml.encode())), b"Content-Transfer-Encoding: base64", b"Content-Disposition: attachment")

    def old_office(self):
        return self.head(word("Antwort: Umsätze"), b"X-MS-Has-Attach: yes", b"X-MS-TNEF-Correlator: <%d@example.net>" % self.number, b"Thread-Topic: " + word("Umsätze"),
                         b"Thread-Index: " + base64.b64encode(self.bytes(22)), b"X-Mailer: Microsoft Outlook 16.0", b"Importance: high") + multipart(
            b"mixed", b"_000_" + self.boundary + b"_", part(b"text/plain; charset=\"Windows-1252\"", "Grüße – “quoted”\r\n".encode("windows-1252"), b"Content-Transfer-Encoding: 8bit"),
            part(b"application/ms-tnef; name=\"winmail.dat\"", b64(b"\x78\x9f\x3e\x22" + self.bytes(500)), b"Content-Transfer-Encoding: base64"))

    def authenticated(self):
        """A long chain of signatures and results before the rest."""
        chain = [b"ARC-%s: i=%d; a=rsa-sha256; cv=pass; d=example.net; s=arc;\r\n\tb=" % (kind, level) + b"\r\n\t ".join(base64.b64encode(self.bytes(48)) for _ in range(6))
                 for level in range(4, 0, -1) for kind in (b"Seal", b"Message-Signature", b"Authentication-Results")]
        return b"".join(line + b"\r\n" for line in chain) + b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=a;\r\n\th=from:to:subject; bh=" + \
            base64.b64encode(self.bytes(32)) + b";\r\n\tb=" + base64.b64encode(self.bytes(256)) + b"\r\n" + self.head(b"signed by many", received=12) + part(
            b"text/html; charset=utf-8", b64(("<html>" + self.text()).encode()), b"Content-Transfer-Encoding: base64")

    def raw_eight_bit(self):
        charset = self.chance.choice(["iso-8859-1", "koi8-r", "gb18030", "euc-jp", "utf-8"])
        text = {"iso-8859-1": "Übung", "koi8-r": "Привет", "gb18030": "你好", "euc-jp": "こんにちは", "utf-8": "日本語"}[charset].encode(charset)
        return b"From: " + text + b" <a@example.net>\r\nTo: me@localhost\r\nSubject: " + text * 4 + b" %d\r\nContent-Type: text/plain\r\n\r\n" % self.number + text * 20 + b"\r\n"

    def forwarded(self):
        return self.head(b"Fwd: all of these") + multipart(b"mixed", self.boundary, part(b"text/plain", self.text(2).encode()), *(
            part(b"message/rfc822; name=\"m%d.eml\"" % each, Maker(self.number * 50 + each).all_shapes()[each % 8](), b"Content-Disposition: attachment") for each in range(4)),
            part(b"message/partial; id=\"x@example.net\"; number=1; total=3", self.plain()), part(b"message/external-body; access-type=URL; URL=\"https://example.net/x\"", b"Content-Type: text/plain\r\n\r\n"))

    def cut_short(self):
        """As a broken gateway leaves it: the last boundary is missing, base64 ends in the middle."""
        whole = self.pictures()
        return whole[:len(whole) * 2 // 3].rpartition(b"\r\n")[0] + b"\r\n"

    def all_shapes(self):
        return [self.newsletter, self.signed, self.pgp, self.invitation, self.report_of_delivery, self.receipt, self.plain, self.pictures, self.aggregate_report, self.old_office,
                self.authenticated, self.raw_eight_bit, self.list_digest, self.forwarded, self.cut_short]


def real_world():
    for number in range(7):
        for index in range(len(Maker(0).all_shapes())):
            yield Maker(number * 20 + index).all_shapes()[index]()
