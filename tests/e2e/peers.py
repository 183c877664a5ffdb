"""Debian's postfix and dovecot as private instances: own folder, own ports, nothing of the host's configuration.

Both need root to start (they drop it for what they do); each is stopped and its folder removed when its `with` ends.
"""
import imaplib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

STANZAS = """
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
local     unix  - n n - - local
virtual   unix  - n n - - virtual
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, condition, seconds=30):
    """Asks until the condition gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


def listening(port):
    def probe():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            return False
    return probe


class Peer:
    def __init__(self, name):
        assert os.geteuid() == 0, f"{name} as a peer needs root"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"postroom-{name}-"))
        self.folder.chmod(0o755)   # its own users enter

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.show_log()
            self.stop()
            raise
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.show_log()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def show_log(self):
        log = self.folder / "log"
        if log.exists():
            print(log.read_text(errors="replace")[-3000:])


class Postfix(Peer):
    """Accepts on `port` for anyone; what is addressed to peer.test lands in a maildir, the rest goes where `routes` say."""

    def __init__(self, routes=None, settings=None):
        super().__init__("postfix")
        self.port = free_port()
        self.maildir = self.folder / "mail/inbox"
        (self.folder / "queue").mkdir()
        (self.folder / "etc").mkdir()
        for name, user in (("data", "postfix"), ("mail", "nobody")):
            (self.folder / name).mkdir()
            shutil.chown(self.folder / name, user)
        routed = ", ".join(f"{{{domain} = {route}}}" for domain, route in (routes or {}).items())
        main = {
            "compatibility_level": "3.6", "queue_directory": self.folder / "queue", "data_directory": self.folder / "data",
            "command_directory": "/usr/sbin", "daemon_directory": "/usr/lib/postfix/sbin", "mail_owner": "postfix",
            "setgid_group": "postdrop", "myhostname": "mx.peer.test", "mydestination": "", "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4", "mynetworks": "127.0.0.0/8", "alias_maps": "", "local_recipient_maps": "",
            "smtp_dns_support_level": "disabled", "smtp_line_length_limit": "0", "smtp_tls_security_level": "may",
            "smtpd_relay_restrictions": "permit_mynetworks, reject", "smtpd_peername_lookup": "no",
            "smtpd_client_connection_count_limit": "0", "message_size_limit": "0", "virtual_mailbox_limit": "0",
            "virtual_mailbox_domains": "peer.test", "virtual_mailbox_maps": "static:inbox/",
            "virtual_mailbox_base": self.folder / "mail", "virtual_uid_maps": "static:65534", "virtual_gid_maps": "static:65534",
            "virtual_minimum_uid": "1", "transport_maps": f"inline:{{{routed}}}" if routed else "",
            "local_header_rewrite_clients": "", "maillog_file": self.folder / "log", "maillog_file_prefixes": self.folder, "biff": "no", **(settings or {}),
        }
        (self.folder / "etc/main.cf").write_text("".join(f"{key} = {value}\n" for key, value in main.items()))
        (self.folder / "etc/master.cf").write_text(f"127.0.0.1:{self.port} inet n - n - - smtpd\n" + STANZAS.lstrip())

    def command(self, verb):
        return subprocess.run(["postfix", "-c", self.folder / "etc", verb], capture_output=True, text=True, errors="replace")

    def start(self):
        done = self.command("start")
        assert done.returncode == 0, done.stdout + done.stderr
        wait_for("postfix listens", listening(self.port))

    def stop(self):
        self.command("stop")
        wait_for("postfix has stopped", lambda: self.command("status").returncode != 0)

    def messages(self):
        new = self.maildir / "new"
        return [path.read_bytes() for path in sorted(new.iterdir())] if new.is_dir() else []


class Dovecot(Peer):
    """IMAP on `port` without TLS; any user, password "secret". `driver` is dovecot's mail_driver; `lmtp` opens `lmtp_port`; `sasl` is a
    socket over which postfix asks about passwords; `tls` opens `tls_port` with a certificate of its own making."""

    def __init__(self, driver="maildir", lmtp=False, tls=False):
        super().__init__("dovecot")
        self.port = free_port()
        self.tls_port = free_port() if tls else 0
        if tls:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                            "-subj", "/CN=localhost", "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"],
                           check=True, capture_output=True)
        tls_settings = f"""ssl = yes
ssl_server_cert_file = {self.folder}/cert.pem
ssl_server_key_file = {self.folder}/key.pem""" if tls else "ssl = no"
        self.lmtp_port = free_port()
        self.sasl = self.folder / "sasl"
        lmtp_service = f"""service lmtp {{
  process_min_avail = 4
  inet_listener lmtp {{
    port = {self.lmtp_port}
  }}
}}
""" if lmtp else ""
        (self.folder / "mail").mkdir()
        shutil.chown(self.folder / "mail", "nobody", "nogroup")
        (self.folder / "dovecot.conf").write_text(f"""dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/log
protocols = imap{" lmtp" if lmtp else ""}
listen = 127.0.0.1
{tls_settings}
auth_allow_cleartext = yes
first_valid_uid = 1
mail_driver = {driver}
mail_path = {self.folder}/mail/%{{user}}
mail_uid = 65534
mail_gid = 65534
mail_max_userip_connections = 0
passdb static {{
  password = secret
}}
userdb static {{
  fields {{
    home = {self.folder}/mail/%{{user}}
  }}
}}
service imap-login {{
  client_limit = 2000
  process_min_avail = 1
  service_restart_request_count = unlimited
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service auth {{
  unix_listener {self.sasl} {{
    mode = 0666
  }}
}}
{lmtp_service}""")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(["dovecot", "-F", "-c", self.folder / "dovecot.conf"], stdin=subprocess.DEVNULL)
        wait_for("dovecot listens", listening(self.port))

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def imap(self, user="me"):
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(user, "secret")
        return client
