"""Thunderbird in a window of its own (Xvfb) signs in with a key or a password, reads, hears of mail, searches, moves and sends. It is
told what to do over Marionette, its remote control, with the same objects its menus use. The argument names the scenario."""
import contextlib
import json
import os
import pathlib
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time

from harness import PASSWORD, SOURCE, Playground, run
from peers import wait_for
from postroomctl import control_of
from receiving import inbox
from tls_keys import sign_ins

sys.path.append(str(SOURCE / "tests/gui"))
from screenshots import start_display  # noqa: E402

SKIP = 77
PATIENCE = 120
NO_AUTH, PASSWORD_IN_CLEAR, EXTERNAL = 1, 3, 7   # nsMsgAuthMethod: under TLS here
PREFERENCES = {
    "app.update.auto": False, "browser.region.update.enabled": False, "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False, "extensions.update.enabled": False, "mail.shell.checkDefaultClient": False,
    "mail.provider.suppress_dialog_on_startup": True, "mail.rights.version": 1, "mail.spotlight.firstRunDone": True,
    "mail.inappnotifications.enabled": False, "mailnews.start_page.enabled": False, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "places.history.enabled": False, "remote.prefs.recommended": False,
    "security.default_personal_cert": "Select Automatically", "toolkit.telemetry.enabled": False, "toolkit.telemetry.unified": False,
    "mail.compose.other.header": "", "mail.warn_on_send_accel_key": False, "mail.server.default.check_all_folders_for_new": False,
}
# Makes the account and its outgoing server, as the account wizard does.
MAKE_ACCOUNT = """
const [user, imapPort, smtpPort, method, smtpMethod, password] = arguments;
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const incoming = MailServices.accounts.createIncomingServer(user, "localhost", "imap");
incoming.port = imapPort;
incoming.socketType = Ci.nsMsgSocketType.SSL;
incoming.authMethod = method;
incoming.setBoolValue("login_at_startup", true);
const outgoing = MailServices.outgoingServer.createServer("smtp");
outgoing.QueryInterface(Ci.nsISmtpServer);
outgoing.hostname = "localhost";
outgoing.port = smtpPort;
outgoing.socketType = Ci.nsMsgSocketType.SSL;
outgoing.authMethod = smtpMethod;
outgoing.username = user;
const identity = MailServices.accounts.createIdentity();
identity.email = user;
identity.fullName = "Me";
identity.composeHtml = false;
identity.smtpServerKey = outgoing.key;
const account = MailServices.accounts.createAccount();
account.addIdentity(identity);
account.incomingServer = incoming;
MailServices.accounts.defaultAccount = account;
if (password) {
    for (const origin of ["imap://localhost", "smtp://localhost"]) {
        const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
        login.init(origin, null, origin, user, password, "", "");
        await Services.logins.addLoginAsync(login);
    }
}
return incoming.key;
"""
FOLDER = """
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const {MailUtils} = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
const server = MailServices.accounts.allServers.find(each => each.type == "imap");
const folder = name => server.rootFolder.getChildNamed(name) || server.rootFolder.subFolders.find(each => each.name == name);
const inboxFolder = () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
const mailWindow = Services.wm.getMostRecentWindow("mail:3pane");
const headers = where => [...where.messages];
"""


class Marionette:
    """The remote control: lengths and JSON over a local connection."""

    def __init__(self, port):
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.stream = self.wire.makefile("rb")
        self.number = 0
        self.message()
        self.call("WebDriver:NewSession", {"capabilities": {}})
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.call("WebDriver:SetTimeouts", {"script": PATIENCE * 1000})

    def message(self):
        length = b""
        while not length.endswith(b":"):
            byte = self.stream.read(1)
            assert byte, "Thunderbird is gone"
            length += byte
        return json.loads(self.stream.read(int(length[:-1])))

    def call(self, name, parameters):
        self.number += 1
        text = json.dumps([0, self.number, name, parameters]).encode()
        self.wire.sendall(b"%d:%s" % (len(text), text))
        kind, number, error, result = self.message()
        assert (kind, number) == (1, self.number)
        if error:
            raise AssertionError(f"{error['error']}: {error['message']}\n{error.get('stacktrace', '')[:500]}")
        return result

    def script(self, text, *arguments):
        """The body of an async function with the program's own rights."""
        wrapped = f"return (async function () {{ {text} }}).apply(null, arguments);"
        return self.call("WebDriver:ExecuteScript", {"script": wrapped, "args": list(arguments), "sandbox": "system"})["value"]

    def mail(self, text, *arguments):
        return self.script(FOLDER + text, *arguments)


class Thunderbird:
    def __init__(self, server, p12=None, passphrase=""):
        self.temporary = tempfile.TemporaryDirectory(prefix="postroom-thunderbird-", ignore_cleanup_errors=True)
        self.home = pathlib.Path(self.temporary.name)
        self.profile = self.home / "profile"
        self.profile.mkdir()
        database = f"sql:{self.profile}"
        run("certutil", "-N", "-d", database, "--empty-password")
        run("certutil", "-A", "-d", database, "-n", "postroom", "-t", "C,,", "-i", server.folder / "ca.pem")
        if p12:
            run("pk12util", "-i", p12, "-d", database, "-W", passphrase, "-K", "")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in (PREFERENCES | {"marionette.port": port}).items()]
        (self.profile / "user.js").write_text("\n".join(lines) + "\n")
        self.display, name = start_display()
        self.log = open(self.home / "log", "wb")
        self.environment = os.environ | {"DISPLAY": name, "HOME": str(self.home), "MOZ_CRASHREPORTER_DISABLE": "1", "LC_ALL": "C.UTF-8",
                                         "MOZ_DISABLE_CONTENT_SANDBOX": "1", "NO_AT_BRIDGE": "1"}
        self.process = subprocess.Popen(["thunderbird", "--no-remote", "--profile", self.profile, "--marionette", "--remote-allow-system-access"],
                                        stdout=self.log, stderr=self.log, env=self.environment)
        self.control = wait_for("Marionette", lambda: self.reach(port), PATIENCE)

    def reach(self, port):
        assert self.process.poll() is None, (self.home / "log").read_text(errors="replace")[-2000:]
        try:
            return Marionette(port)
        except OSError:
            return None

    def picture(self, file):
        if folder := os.environ.get("POSTROOM_PICTURES"):
            run("import", "-window", "root", pathlib.Path(folder) / file, env=self.environment)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind:
            with contextlib.suppress(AssertionError, OSError):
                self.picture("thunderbird-failed.png")
            print((self.home / "log").read_text(errors="replace")[-2000:])
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()
        self.process.wait()
        self.display.terminate()
        self.display.wait()
        self.log.close()
        self.temporary.cleanup()


def deliver(server, subject, body):
    with smtplib.SMTP("127.0.0.1", server.port(25)) as client:
        client.sendmail("stranger@example.org", ["me@localhost"], f"From: A Stranger <stranger@example.org>\r\nTo: me@localhost\r\nSubject: {subject}\r\n\r\n{body}\r\n")


def use(server, thunderbird):
    """What a person does with it: reads, hears of mail, answers, searches, moves."""
    control = thunderbird.control
    deliver(server, "First of the day", "Breakfast is ready.")
    control.mail("inboxFolder().updateFolder(null);")
    subjects = lambda: control.mail("return headers(inboxFolder()).map(each => each.mime2DecodedSubject);")  # noqa: E731
    wait_for("the first message", lambda: subjects() == ["First of the day"], PATIENCE)
    control.mail("""
        const three = mailWindow.document.getElementById("tabmail").currentAbout3Pane;
        three.displayFolder(inboxFolder().URI);
        await new Promise(resolve => mailWindow.setTimeout(resolve, 1000));
        three.threadTree.selectedIndex = 0;""")
    wait_for("its text", lambda: "Breakfast is ready." in control.mail("""
        const [message] = headers(inboxFolder());
        const stream = Cc["@mozilla.org/network/sync-stream-listener;1"].createInstance(Ci.nsISyncStreamListener);
        MailServices.messageServiceFromURI("imap-message:").streamMessage(inboxFolder().getUriForMsg(message), stream.inputStream && stream, null, null, false, "");
        const {NetUtil} = ChromeUtils.importESModule("resource://gre/modules/NetUtil.sys.mjs");
        return NetUtil.readInputStreamToString(stream.inputStream, stream.inputStream.available());"""), PATIENCE)
    wait_for("that it is seen", lambda: control.mail("return headers(inboxFolder())[0].isRead;"), PATIENCE)
    began = time.monotonic()
    deliver(server, "Pushed", "You hear of this at once.")
    wait_for("what IDLE tells", lambda: "Pushed" in subjects(), 20)
    print(f"IDLE: {time.monotonic() - began:.1f} s")
    thunderbird.picture("thunderbird-inbox.png")
    answer(server, thunderbird)
    control.mail("""
        server.rootFolder.createSubfolder("Kept", null);""")
    wait_for("the new folder", lambda: control.mail("return Boolean(folder('Kept'));"), PATIENCE)
    control.mail("""
        const message = headers(inboxFolder()).find(each => each.mime2DecodedSubject == "First of the day");
        MailServices.copy.copyMessages(inboxFolder(), [message], folder("Kept"), true, null, null, false);""")
    wait_for("the move", lambda: len(inbox(server)) == 1 and len(inbox(server, folder="Kept")) == 1, PATIENCE)
    found = control.mail("""
        const session = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
        session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, inboxFolder());
        const term = session.createTerm();
        term.attrib = Ci.nsMsgSearchAttrib.Body;
        term.op = Ci.nsMsgSearchOp.Contains;
        const value = term.value;
        value.attrib = term.attrib;
        value.str = "hear of this";
        term.value = value;
        session.appendTerm(term);
        return await new Promise(resolve => {
            const hits = [];
            session.registerListener({
                onSearchHit: message => hits.push(message.mime2DecodedSubject), onNewSearch() {},
                onSearchDone: status => resolve([status, hits])});
            session.search(null);
        });""")
    assert found == [0, ["Pushed"]], found


def answer(server, thunderbird):
    """Writes in the composer's window, sends, and finds its copy in Sent."""
    control = thunderbird.control
    control.mail("""
        const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
        fields.to = "friend@localhost";
        fields.subject = "Gr\\u00fc\\u00dfe";
        fields.body = "Written in Thunderbird.\\n";
        const parameters = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
        parameters.type = Ci.nsIMsgCompType.New;
        parameters.format = Ci.nsIMsgCompFormat.PlainText;
        parameters.identity = MailServices.accounts.defaultAccount.defaultIdentity;
        parameters.composeFields = fields;
        MailServices.compose.OpenComposeWindowWithParams(null, parameters);""")
    wait_for("the composer", lambda: control.mail("""
        const composer = Services.wm.getMostRecentWindow("msgcompose")?.document;
        return Boolean(composer?.querySelector("mail-address-pill") &&
            composer.getElementById("messageEditor").contentDocument.body.textContent.includes("Written"));"""), PATIENCE)
    thunderbird.picture("thunderbird-composer.png")
    control.mail("""Services.wm.getMostRecentWindow("msgcompose").goDoCommand("cmd_sendNow");""")
    message = wait_for("what was sent", lambda: inbox(server, "friend@localhost"), PATIENCE)[0]
    assert b"Written in Thunderbird." in message and b"User-Agent: Mozilla Thunderbird" in message, message
    assert b"with ESMTPSA id" in message or b"with ESMTPS id" in message, message
    wait_for("its copy", lambda: len(inbox(server, folder="Sent")) == 1, PATIENCE)


def made_key(server, folder, *options):
    """The .p12 that a person gets for the device, and its passphrase."""
    made = control_of(server).json("tlspubkey", "generate", "me@localhost", "Thunderbird", "--folder", folder, *options)
    return next(file for file in made["files"] if file.endswith("/thunderbird.p12")), made["passphrase"]


def signed_in(server, mechanism):
    """Services somebody signed in to so."""
    return {each["service"] for each in sign_ins(control_of(server), mechanism=mechanism, result="ok")}


def password():
    """Without a key: the password from Thunderbird's store, for both servers."""
    with Playground() as server, Thunderbird(server) as thunderbird:
        thunderbird.control.script(MAKE_ACCOUNT, "me@localhost", server.port(993), server.port(465), PASSWORD_IN_CLEAR, PASSWORD_IN_CLEAR, PASSWORD)
        use(server, thunderbird)
        wait_for("both sign-ins", lambda: signed_in(server, "PLAIN") == {"imap", "submission"})


def key_preauth():
    """With a key alone: IMAP greets with PREAUTH, submission takes mail without AUTH."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        with Thunderbird(server, *made_key(server, folder)) as thunderbird:
            thunderbird.control.script(MAKE_ACCOUNT, "me@localhost", server.port(993), server.port(465), EXTERNAL, NO_AUTH, "")
            use(server, thunderbird)
            wait_for("both sign-ins", lambda: signed_in(server, "TLS key") == {"imap", "submission"})
        used = control_of(server).json("devices", "list", "me@localhost")["devices"]
        assert [each["name"] for each in used] == ["Thunderbird"] and used[0]["lastUsedAt"] and used[0]["lastUsedBy"].startswith("Thunderbird"), used


def key_external():
    """With a key that is not greeted with PREAUTH: AUTHENTICATE EXTERNAL; submission knows the key before AUTH EXTERNAL."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        with Thunderbird(server, *made_key(server, folder, "--no-imap-preauth")) as thunderbird:
            thunderbird.control.script(MAKE_ACCOUNT, "me@localhost", server.port(993), server.port(465), EXTERNAL, EXTERNAL, "")
            use(server, thunderbird)
            wait_for("both sign-ins", lambda: signed_in(server, "EXTERNAL") >= {"imap"} and signed_in(server, "TLS key") == {"submission"})


if __name__ == "__main__":
    if not shutil.which("thunderbird"):
        print("skipped: there is no thunderbird here")
        sys.exit(SKIP)
    globals()[sys.argv[1]]()
    print("ok")
