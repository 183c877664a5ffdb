"""Messages of the shapes the real world sends, made from a seed: the same bytes on every machine."""
import base64
import random

from shapes import real_world

CHARSETS = ["us-ascii", "utf-8", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-15",
            "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1255", "koi8-r", "koi8-u", "iso-2022-jp",
            "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "big5"]
SAMPLE = {"iso-8859-5": "Привет", "windows-1251": "Привет", "koi8-r": "Привет", "koi8-u": "Привіт", "iso-8859-7": "Γειά", "windows-1253": "Γειά",
          "iso-8859-8": "שלום", "windows-1255": "שלום", "iso-2022-jp": "こんにちは", "shift_jis": "こんにちは", "euc-jp": "こんにちは",
          "euc-kr": "안녕", "gb2312": "你好", "gbk": "你好", "big5": "你好", "us-ascii": "hello", "iso-8859-2": "čau", "windows-1250": "čau"}


def head(subject, extra=b""):
    return (b"From: Ann Example <ann@example.org>\r\nTo: me@localhost, \"Doe, J.\" <j@example.net>\r\nSubject: " + subject +
            b"\r\nDate: Tue, 24 Nov 2026 09:32:20 +0100\r\nMessage-ID: <" + subject.replace(b" ", b".")[:30] +
            b"@example.org>\r\n" + extra)


def charsets():
    for name in CHARSETS:
        text = SAMPLE.get(name, "café").encode(name)
        for encoding in (b"8bit", b"base64", b"quoted-printable"):
            body = {b"8bit": text, b"base64": base64.encodebytes(text).replace(b"\n", b"\r\n").rstrip(),
                    b"quoted-printable": b"".join(b"=%02X" % byte for byte in text)}[encoding]
            word = b"=?" + name.encode() + b"?B?" + base64.b64encode(text) + b"?="
            yield head(word, b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + name.encode() +
                       b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n") + b"\r\n" + body + b"\r\n"


def nested(depth):
    inner = head(b"innermost") + b"\r\nbottom\r\n"
    for level in range(depth):
        boundary = b"level%d" % level
        kind = (b"mixed", b"digest", b"alternative", b"signed; protocol=\"application/pgp-signature\"")[level % 4]
        inner = (head(b"level %d" % level, b"MIME-Version: 1.0\r\nContent-Type: multipart/" + kind + b"; boundary=\"" + boundary + b"\"\r\n") +
                 b"\r\npreamble\r\n--" + boundary + b"\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--" + boundary +
                 b"\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--" + boundary + b"--\r\nepilogue\r\n")
    return inner


def broken():
    yield b"\r\nno header at all\r\n"
    yield b"this is not a header\r\n\r\nbody\r\n"
    yield b"Subject: no body\r\n"
    yield b"Subject: no body\r\n\r\n"
    yield b"Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\n"
    yield b"Subject: trailing blanks   \r\n \t\r\n\r\nx\r\n"
    yield b"Subject: 8-bit \xff\xfe\xe4\r\nFrom: \xc3\xa4@example.org\r\n\r\n\xff\xfe\xfd\r\n"
    yield head(b"no boundary", b"Content-Type: multipart/mixed\r\n") + b"\r\n--x\r\n\r\ny\r\n"
    yield head(b"empty boundary", b"Content-Type: multipart/mixed; boundary=\"\"\r\n") + b"\r\n--\r\n\r\ny\r\n"
    yield head(b"never closed", b"Content-Type: multipart/mixed; boundary=b\r\n") + b"\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo"
    yield head(b"same boundary inside", b"Content-Type: multipart/mixed; boundary=b\r\n") + \
        b"\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b--\r\n"
    yield head(b"bad type", b"Content-Type: /\r\nContent-Transfer-Encoding: x-unknown\r\n") + b"\r\nx\r\n"
    yield head(b"bad base64", b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n") + b"\r\n!!!=\r\n"
    yield head(b"groups", b"Cc: undisclosed-recipients:;\r\nReply-To: A group: a@b.example, c@d.example;, e@f.example\r\n") + b"\r\nx\r\n"
    yield head(b"long line") + b"\r\n" + b"x" * 20000 + b"\r\n"
    yield b"X-Long: " + b"y" * 100000 + b"\r\n" + head(b"long header") + b"\r\nx\r\n"
    yield b"".join(b"X-%d: z\r\n" % number for number in range(3000)) + head(b"many headers") + b"\r\nx\r\n"
    yield head(b"folded\r\n =?utf-8?q?and_encoded?=\r\n\t=?utf-8?q?_twice?=") + b"\r\nx\r\n"
    yield head(b"parameters", b"Content-Type: application/octet-stream; name*0*=utf-8''%e2%82%ac; name*1=.bin\r\n"
               b"Content-Disposition: attachment;\r\n filename=\"a \\\"quoted\\\" name.bin\"\r\n") + b"\r\nx\r\n"


def all_messages():
    """At least 200, no two alike, in at least 20 charsets."""
    found = list(charsets()) + [nested(depth) for depth in range(1, 30)] + list(broken()) + list(real_world())
    chance = random.Random(20261124)
    for number in range(10):   # any bytes a line may hold
        lines = [bytes(chance.choice(b"abc .-=\xe4\xfc\t") for _ in range(chance.randrange(0, 200))) for _ in range(2 ** number)]
        found.append(head(b"random %d" % number) + b"\r\n" + b"\r\n".join(lines) + b"\r\n")
    return [message if message.endswith(b"\r\n") else message + b"\r\n" for message in found]
