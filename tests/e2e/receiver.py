"""A mail server that takes what it is given and tells what it was given. What it answers can be chosen. Standard library only."""
import contextlib
import socket
import threading
import time


class Receiver:
    """Listens on `port`. `answer(command)` may give a reply instead of the usual one (None: the usual); it may sleep. `extensions` are lines of
    the reply to EHLO. `transactions` has what was taken: (time, reverse-path, forward-paths, message)."""

    def __init__(self, answer=None, extensions=("PIPELINING", "8BITMIME")):
        self.answer = answer or (lambda command: None)
        self.extensions = extensions
        self.transactions = []
        self.commands = []
        self.connections = self.open = self.peak = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=500)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                wire, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(wire,), daemon=True).start()

    def serve(self, wire):
        with self.lock:
            self.connections += 1
            self.open += 1
            self.peak = max(self.peak, self.open)
        with contextlib.suppress(OSError), wire:
            self.talk(wire)
        with self.lock:
            self.open -= 1

    def talk(self, wire):
        stream = wire.makefile("rb")
        wire.sendall(b"220 receiver.test\r\n")
        sender, recipients = "", []
        for line in stream:
            command = line.decode(errors="replace").rstrip("\r\n")
            self.commands.append(command)
            reply = self.answer(command)
            verb = command[:4].upper()
            if verb == "EHLO":
                names = ["receiver.test", *self.extensions]
                reply = reply or "\r\n".join(f"250{' ' if name is names[-1] else '-'}{name}" for name in names)
            elif verb == "MAIL" and not reply:
                sender, recipients = command[command.index("<") + 1:command.index(">")], []
            elif verb == "RCPT" and not reply:
                recipients.append(command[command.index("<") + 1:command.index(">")])
            elif verb == "DATA" and not reply:
                if not recipients:
                    reply = "554 no valid recipients"
                else:
                    wire.sendall(b"354 go\r\n")
                    message = b""
                    for part in stream:
                        if part == b".\r\n":
                            break
                        message += part[1:] if part.startswith(b".") else part
                    else:
                        return
                    reply = self.answer("end of data") or "250 taken"
                    if reply.startswith("2"):
                        self.transactions.append((time.monotonic(), sender, recipients, message))
                    sender, recipients = "", []
            elif verb == "QUIT":
                wire.sendall(b"221 bye\r\n")
                return
            wire.sendall((reply or "250 ok").encode() + b"\r\n")

    def messages(self):
        return [message for _, _, _, message in self.transactions]
