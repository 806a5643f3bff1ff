"""Serve the desk: `python -m case_desk --database cases.db --port 8000`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import policyengine as pe
from case_desk.web import application


class Server(ThreadingMixIn, WSGIServer):
    """A server with a thread for each request."""

    daemon_threads = True


def main() -> None:
    """Serve until interrupted, to this machine alone."""
    parser = ArgumentParser(prog="case_desk", description="案件台：须办理什么、由谁、何时之前 / A desk of cases")
    parser.add_argument("--database", type=Path, required=True, help="SQLite 文件 / the file of the database")
    parser.add_argument("--port", type=int, default=8000, help="端口 / the port (%(default)s)")
    parser.add_argument(
        "--policy", action="append", metavar="POLICY", help="规定的编号或路径，可多个 / an id or a path, more than once"
    )
    given = parser.parse_args()
    policies = [pe.load(each) for each in given.policy or pe.packaged()]
    desk = application(given.database, lambda: datetime.now(UTC), policies)
    with make_server("127.0.0.1", given.port, desk, server_class=Server) as server:
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
