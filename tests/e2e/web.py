"""The HTTPS side with curl and openssl: the one-time link to a key file, pages and their refusals. The argument names the scenario."""
import base64
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from harness import Playground, run
from postroomctl import change_settings, control_of, eventually


def call(ctl, method, params):
    calls = [{"jsonrpc": "2.0", "id": 1, "method": "hello", "params": {"client": "test"}}, {"jsonrpc": "2.0", "id": 2, "method": method, "params": params}]
    return json.loads(ctl("stdio", stdin="".join(json.dumps(each) + "\n" for each in calls)).splitlines()[1])


def fetch(server, url, *options):
    """(status, header, body)"""
    done = subprocess.run(["curl", "-s", "-i", "--cacert", server.folder / "ca.pem", "-m", "20", *options, url], capture_output=True)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    assert done.returncode == 0, (url, done.returncode, done.stderr)
    return int(head.split()[1]), head.decode().lower(), body


def enrol():
    """A key file is handed out once, over TLS, and is nowhere on the disk."""
    with Playground() as server, tempfile.TemporaryDirectory() as folder:
        ctl = control_of(server)
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=phone",
            "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem")
        run("openssl", "pkcs12", "-export", "-inkey", f"{folder}/key.pem", "-in", f"{folder}/cert.pem", "-passout", "pass:six words", "-out", f"{folder}/key.p12")
        file = pathlib.Path(f"{folder}/key.p12").read_bytes()
        made = call(ctl, "devices.enrol", {"file": base64.b64encode(file).decode()})["result"]
        assert re.fullmatch(rf"https://localhost:{server.port(443)}/\.enrol/[a-z2-9]{{26}}", made["url"]), made
        assert made["expiresAt"], made
        path = made["url"].partition("/.enrol/")[2]
        assert fetch(server, f"http://localhost:{server.port(80)}/.enrol/{path}")[0] == 404, "not in clear"
        assert fetch(server, made["url"], "-X", "POST")[0] == 405
        assert fetch(server, made["url"], "-I")[0] == 405, "a preview does not use it up"
        status, head, body = fetch(server, made["url"])
        assert status == 200 and body == file, (status, head)
        for line in ("content-type: application/x-pkcs12", "cache-control: no-store", "content-disposition: attachment"):
            assert line in head, head
        pathlib.Path(f"{folder}/got.p12").write_bytes(body)
        assert "BEGIN CERTIFICATE" in run("openssl", "pkcs12", "-in", f"{folder}/got.p12", "-passin", "pass:six words", "-nodes")
        status, head, body = fetch(server, made["url"])
        assert status == 404 and b"used already" in body, (status, body)
        by_command = ctl.json("devices", "enrol", f"{folder}/key.p12")["url"]
        assert fetch(server, by_command)[2] == file
        second = call(ctl, "devices.enrol", {"file": base64.b64encode(file).decode()})["result"]["url"]
        assert second != made["url"]
        for each in server.folder.rglob("*"):
            if each.is_file():
                content = each.read_bytes()
                assert file[40:200] not in content and second[-26:].encode() not in content, f"{each} knows it"
        assert second[-26:] not in server.log() and path not in server.log()
        server.stop()
        server.start()
        assert fetch(server, second)[0] == 404, "a restart forgets it"
        plain = subprocess.run(["openssl", "pkcs12", "-export", "-inkey", f"{folder}/key.pem", "-in", f"{folder}/cert.pem", "-passout", "pass:x", "-keypbe", "NONE", "-certpbe", "NONE"],
                               capture_output=True, check=True).stdout
        for wrong in ("!!!", base64.b64encode(b"nonsense").decode(), base64.b64encode(file[:-1]).decode(), base64.b64encode(plain).decode(), "A" * 100_000):
            answer = call(ctl, "devices.enrol", {"file": wrong})
            assert answer["error"]["data"]["path"] == "/file", answer

        def without_https(document):
            for listener in document["listeners"]:
                if listener["kind"] == "https":
                    listener["enabled"] = False
        change_settings(ctl, without_https)
        answer = call(ctl, "devices.enrol", {"file": base64.b64encode(file).decode()})
        assert "no-https" in json.dumps(answer), answer


def pages():
    """HTTP/1.1 on both ports: one connection for several requests, refusals with their reason, no page that is not there."""
    with Playground() as server:
        clear, secure = f"http://127.0.0.1:{server.port(80)}", f"https://localhost:{server.port(443)}"
        assert fetch(server, f"{clear}/metrics")[0] == 200   # is counted for the next
        status, head, body = fetch(server, f"{clear}/metrics")
        assert status == 200 and "content-type: text/plain; version=0.0.4" in head, head
        assert b'postroom_http_requests_total{status="200"} 1\n' in body, body
        assert fetch(server, f"{secure}/metrics")[0] == 404, "figures are nobody else's business"
        done = run("curl", "-sv", "--cacert", server.folder / "ca.pem", "--http2", f"{secure}/a", f"{secure}/b", f"{secure}/c")
        assert done.count("HTTP/1.1 404 Not Found") == 3 and re.search("Re-?using existing", done), done
        assert "ALPN: server accepted http/1.1" in done, done
        for expected, options in ((405, ("-X", "DELETE")), (405, ("-d", "x" * 1000)), (413, ("-d", "x" * 70_000, "-H", "Expect:")), (431, ("-H", "X: " + "y" * 20_000)),
                                  (417, ("-H", "Expect: miracles")), (400, ("-H", "Host:"))):
            assert fetch(server, f"{clear}/metrics", *options)[0] == expected, (expected, options[0])
        assert fetch(server, f"{clear}/" + "x" * 8_000)[0] == 414
        assert "allow: get, head" in fetch(server, f"{clear}/metrics", "-X", "PUT")[1]
        eventually(lambda: b'status="431"' in fetch(server, f"{clear}/metrics")[2])


if __name__ == "__main__":
    globals()[sys.argv[1]]()
    print("ok")
