#!/usr/bin/env python3
"""Devices from the window to a mail client: a laptop whose key file NSS (Thunderbird's store), openssl, msmtp and mbsync take; a phone
that fetches its file by the one-time link; a key that was seen; a lost one, whose session ends. Clicks are printed beside the target.
"""
import os
import re
import socket
import ssl
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "e2e"), str(Path(__file__).resolve().parent)]
os.environ.setdefault("POSTROOM_BUILD", str(Path(__file__).resolve().parents[2] / "build/dev"))
from harness import PASSWORD, Playground, run  # noqa: E402
from postroomctl import control_of  # noqa: E402
from real_server import drive  # noqa: E402
from tls_keys import Key, imap, waited  # noqa: E402


def unpack(folder, file, passphrase):
    """The certificate and the key that openssl finds in a .p12: the files, and a context with both."""
    both = folder / "device.pem"
    run("openssl", "pkcs12", "-in", file, "-passin", f"pass:{passphrase}", "-nodes", "-out", both)
    return both


def context_of(server, both):
    context = ssl.create_default_context(cafile=server.folder / "ca.pem")
    context.load_cert_chain(both)
    return context


def signs_in(server, both):
    greeting, _ = imap(server, context_of(server, both), 'ID ("name" "Journey" "version" "1")', "LOGOUT")
    assert greeting.startswith("* PREAUTH"), greeting


def nss_takes(folder, file, passphrase):
    """As Thunderbird imports it."""
    store = f"sql:{folder / 'nss'}"
    (folder / "nss").mkdir()
    run("certutil", "-N", "-d", store, "--empty-password")
    run("pk12util", "-i", file, "-d", store, "-W", passphrase)
    assert "u,u,u" in run("certutil", "-L", "-d", store), "the certificate came without its key"
    print("NSS has imported the key file", flush=True)


def msmtp_and_mbsync(server, folder, both):
    ca = server.folder / "ca.pem"
    run("msmtp", "--file=/dev/null", "--host=localhost", f"--port={server.port(465)}", "--tls=on", "--tls-starttls=off", f"--tls-trust-file={ca}",
        f"--tls-cert-file={both}", f"--tls-key-file={both}", "--auth=external", "--user=me@localhost", "--from=me@localhost", "me@localhost",
        input="Subject: from the laptop\n\nhello\n")
    for sub in ("cur", "new", "tmp"):
        (folder / "mail/INBOX" / sub).mkdir(parents=True)
    (folder / "rc").write_text(
        f"IMAPAccount a\nHost localhost\nPort {server.port(993)}\nUser me@localhost\nTLSType IMAPS\nCertificateFile {ca}\n"
        f"ClientCertificate {both}\nClientKey {both}\n\nIMAPStore remote\nAccount a\n\nMaildirStore local\nPath {folder}/mail/\n"
        f"Inbox {folder}/mail/INBOX\n\nChannel c\nFar :remote:\nNear :local:\nPatterns INBOX\nSyncState *\n")
    waited(lambda: "MESSAGES 1" in imap(server, context_of(server, both), "STATUS INBOX (MESSAGES)")[1][0][0])
    run("mbsync", "-c", folder / "rc", "-a")
    fetched = [each.read_text() for each in (folder / "mail/INBOX/new").iterdir()]
    assert len(fetched) == 1 and "from the laptop" in fetched[0], fetched
    print("msmtp sends and mbsync reads with the key that was made in the window", flush=True)


def laptop(server, folder):
    def sign_in(line):
        if found := re.search(r"file (\S.*) passphrase (\S+)", line):
            both = unpack(folder, found[1], found[2])
            nss_takes(folder, found[1], found[2])
            signs_in(server, both)  # the dialog waits for it
    drive(server, "real_devices.qml", str(folder), "RealDevices::test_aLaptopGetsItsKey", sign_in)
    msmtp_and_mbsync(server, folder, folder / "device.pem")


def lost(server, folder):
    """A session with the laptop's key is open while it is revoked."""
    both = folder / "device.pem"
    connection = context_of(server, both).wrap_socket(socket.create_connection(("127.0.0.1", server.port(993)), 20),
                                                      server_hostname="localhost")
    stream = connection.makefile("rb")
    assert stream.readline().startswith(b"* PREAUTH")
    ended = []

    def see(line):
        if re.search(r"\brevoked$", line.strip()):
            ended.append(stream.read())  # to the end of the connection
            greeting, _ = imap(server, context_of(server, both), "LOGOUT")
            assert not greeting.startswith("* PREAUTH"), greeting
    drive(server, "real_devices.qml", str(folder), "RealDevices::test_aLostPhoneIsRevoked", see)
    assert ended and ended[0].startswith(b"* BYE"), ended
    signs_in(server, both)  # Undo
    print("the session of the revoked key ended at once; after Undo it signs in again", flush=True)


def phone(server, folder):
    def scan(line):
        found = re.search(r"link (\S+) passphrase (\S+)", line)
        if not found:
            return
        context = ssl.create_default_context(cafile=server.folder / "ca.pem")
        (folder / "phone.p12").write_bytes(urllib.request.urlopen(found[1], context=context).read())
        try:
            urllib.request.urlopen(found[1], context=context)
            raise AssertionError("the link worked twice")
        except urllib.error.HTTPError as gone:
            assert gone.code in (404, 410), gone
        signs_in(server, unpack(folder, folder / "phone.p12", found[2]))
    drive(server, "real_devices.qml", str(folder), "RealDevices::test_someoneNewWithAPhone", scan)
    print("the phone has fetched its file by the link, which worked once, and reads mail with it", flush=True)


def seen(server, folder):
    key = Key(folder, "tablet")
    imap(server, key.context(server), f"LOGIN friend@localhost {PASSWORD}", "LOGOUT")
    waited(lambda: control_of(server).json("seen-keys", "list")["keys"])
    drive(server, "real_devices.qml", str(folder), "RealDevices::test_aSeenKeyIsLetIn")
    greeting, _ = imap(server, key.context(server), "LOGOUT")
    assert greeting.startswith("* PREAUTH") and "friend@localhost" in greeting, greeting
    print("the tablet signs in by its key alone", flush=True)


def main():
    with Playground() as server, tempfile.TemporaryDirectory(prefix="postroom-device-") as folder:
        for name, journeys in {"laptop": (laptop, lost), "phone": (phone,), "tablet": (seen,)}.items():
            home = Path(folder, name)
            home.mkdir()
            for journey in journeys:
                journey(server, home)
        assert server.unhandled_errors() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
