"""The three servers that jobs may travel through, each of which can be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.launcher.cluster import Cluster
from infra.launcher.process import ends_with_parent
from tests.foreign import need
from tests.waiting import until
from tests.workers.installation import free_port

RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # not the wrapper on the PATH, which changes to an account of its own


class Server(ABC):
    """A server for the tests of this folder. `url` is what BROKER_URL says, None for PostgreSQL."""

    url: str | None

    @abstractmethod
    def start(self) -> None:
        """Starts it, on what it had when it ended, and waits until it answers."""

    @abstractmethod
    def kill(self) -> None:
        """kill -9."""

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Killed, and started again at the end."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    def end(self) -> None:
        self.kill()


class PostgreSQL(Server):
    """A cluster of its own, that others do not miss while it is dead."""

    def __init__(self, cluster: Cluster) -> None:
        self.url = None
        self.cluster = cluster

    def start(self) -> None:
        self.cluster.start()

    def kill(self) -> None:
        assert self.cluster.server
        self.cluster.server.kill()
        self.cluster.server.wait()

    def end(self) -> None:
        self.cluster.stop()


class Foreign(Server):
    """A program of the distribution, on a free port and in a folder of its own."""

    def __init__(self, folder: Path, greeting: bytes) -> None:
        self.folder = folder
        self.folder.mkdir(mode=0o700)
        self.port = free_port()
        self.greeting = greeting
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> tuple[list[str], dict[str, str]]:
        """How to start it: arguments, and what stands in its environment besides PATH."""

    def start(self) -> None:
        arguments, environment = self.command()
        with (self.folder / "output.log").open("ab") as output:
            self.process = subprocess.Popen(
                arguments, env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **environment}, stdout=output,
                stderr=output, start_new_session=True, preexec_fn=ends_with_parent(signal.SIGKILL),
            )  # fmt: skip
        until(self.answers)

    def answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, (self.folder / "output.log").read_text()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(self.greeting)
                return connection.recv(1) not in (b"", b"-")  # Redis greets with an error while it reads what it had
        except OSError:
            return False

    def kill(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Redis(Foreign):
    """Redis that writes each command to disk before it answers."""

    def __init__(self, folder: Path) -> None:
        need("redis-server", shutil.which("redis-server"))
        super().__init__(folder, b"PING\r\n")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> tuple[list[str], dict[str, str]]:
        options = {"port": self.port, "bind": "127.0.0.1", "dir": self.folder, "appendonly": "yes", "appendfsync": "always", "save": ""}
        return ["redis-server", *(word for name, value in options.items() for word in (f"--{name}", str(value)))], {}


class RabbitMQ(Foreign):
    """RabbitMQ, and the daemon by which its nodes find each other, which stays when it ends."""

    def __init__(self, folder: Path) -> None:
        need("rabbitmq-server", RABBITMQ.exists())
        super().__init__(folder, b"AMQP\0\0\x09\x01")
        self.daemon_port, self.node_port = free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        (folder / "plugins").write_text("[].")

    def command(self) -> tuple[list[str], dict[str, str]]:
        places = {name: str(self.folder / name.lower()) for name in ("MNESIA_BASE", "LOG_BASE", "CONFIG_FILE", "ADVANCED_CONFIG_FILE")}
        settings = {
            **places,
            "ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "CONF_ENV_FILE": "/dev/null",
            "LOGS": "-",
            "NODENAME": f"throughline{self.port}@localhost",
            "NODE_IP_ADDRESS": "127.0.0.1",
            "NODE_PORT": str(self.port),
            "DIST_PORT": str(self.node_port),
        }
        daemon = {"ERL_EPMD_PORT": str(self.daemon_port), "ERL_EPMD_ADDRESS": "127.0.0.1"}
        return [str(RABBITMQ)], {**{f"RABBITMQ_{name}": value for name, value in settings.items()}, **daemon}

    def kill(self) -> None:
        super().kill()
        until(self.end_daemon)

    def end_daemon(self) -> bool:
        """The daemon refuses for as long as it thinks that the node lives."""
        environment = {"PATH": os.environ["PATH"], "ERL_EPMD_PORT": str(self.daemon_port)}
        done = subprocess.run(["epmd", "-kill"], env=environment, capture_output=True, text=True, check=False)
        return "Killed" in done.stdout or "Cannot connect" in done.stdout + done.stderr
