"""The `throughline` command as a script sees it: help, exit codes, JSON."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest

from infra.keys import FileKeyProvider
from infra.settings import VARIABLES
from projections.members import MEMBERS
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import Ended, free_port, surroundings, throughline
from tests.workers.shell import FOUNDED, Shell
from workers.cli.exit import MEANING, Exit
from workers.cli.main import COMMANDS

APP = "postgresql://throughline_app@/x?host=/nowhere"


class TestHelp:
    def test_names_every_command_exit_code_and_setting(self, shell: Shell) -> None:
        ended = shell("--help")
        assert ended.code == Exit.OK
        assert all(f"\n  {name} " in ended.output for name in COMMANDS)
        assert all(meaning.split(":")[0] in ended.output for meaning in MEANING.values())
        assert all(variable.name in ended.output for variable in VARIABLES)

    @pytest.mark.parametrize(
        "command",
        [
            *([name] for name in COMMANDS),
            *(words.split() for words in ("tenant create", "key create", "key revoke", "key file", "jobs list", "jobs drop")),
        ],
    )
    def test_of_each_command_says_what_it_does(self, shell: Shell, command: list[str]) -> None:
        ended = shell(*command, "--help")
        assert ended.code == Exit.OK
        assert len(ended.output.splitlines()) > 4


class TestExitCodes:
    def test_all_have_a_meaning(self) -> None:
        assert set(MEANING) == set(Exit)

    @pytest.mark.parametrize("arguments", [["nope"], ["tenant", "create"], ["api", "--nope"], ["key", "create", "--person", "me"]])
    def test_of_what_is_no_command(self, shell: Shell, arguments: list[str]) -> None:
        assert shell(*arguments).code == Exit.USAGE

    @pytest.mark.parametrize("command", ["up", "api", "projector", "worker", "migrate", "demo"])
    def test_of_a_database_without_a_key_file(self, shell: Shell, command: str) -> None:
        ended = shell(command, DATABASE_URL=APP)
        assert ended.code == Exit.CONFIGURATION
        assert "THROUGHLINE_KEY_FILE" in ended.errors

    @pytest.mark.parametrize("command", ["api", "projector", "worker", "migrate", "demo"])
    def test_of_no_database_at_all(self, shell: Shell, command: str) -> None:
        ended = shell(command)
        assert ended.code == Exit.DATABASE
        assert "throughline up" in ended.errors

    def test_of_a_database_that_is_away(self, shell: Shell) -> None:
        assert shell("migrate", MIGRATION_DATABASE_URL=APP).code == Exit.DATABASE

    def test_of_a_schema_of_another_release(self, shell: Shell, database: Database) -> None:
        ask(database.dsn("admin"), "INSERT INTO public.migration (version, name, checksum) VALUES (9999, '', '')")
        assert shell("migrate", MIGRATION_DATABASE_URL=database.dsn("admin")).code == Exit.SCHEMA

    def test_of_a_process_that_starts_on_another_schema(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        ask(database.dsn("admin"), "DELETE FROM public.migration")
        shell("key", "file", str(tmp_path / "kek"))
        ended = shell("projector", DATABASE_URL=database.dsn("projector"), THROUGHLINE_KEY_FILE=str(tmp_path / "kek"))
        assert ended.code == Exit.SCHEMA
        assert "throughline migrate" in ended.errors

    def test_of_a_process_whose_read_models_are_not_made_yet(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        """As after a release that has new generations and no migration."""
        ask(database.dsn("admin"), f"ALTER TABLE rm.members_g{MEMBERS.version} RENAME TO members_g0")
        shell("key", "file", str(tmp_path / "kek"))
        told = {"DATABASE_URL": database.dsn("projector"), "THROUGHLINE_KEY_FILE": str(tmp_path / "kek")}
        ended = shell("projector", **told)
        assert ended.code == Exit.SCHEMA
        assert f"lacks the read models members_g{MEMBERS.version}, which this release needs: run `throughline migrate`" in ended.errors
        assert "lacks the read models" in shell("doctor", **told).output
        checked = shell("verify", **told | {"DATABASE_URL": database.dsn("app"), "WORKER_DATABASE_URL": database.dsn("worker")})
        assert (checked.code, "lacks the read models" in checked.errors) == (Exit.SCHEMA, True)

    @pytest.mark.parametrize(
        ("command", "variable", "role", "told"),
        [
            ("api", "DATABASE_URL", "admin", "superuser or has BYPASSRLS, so row security does not bind it: name throughline_app"),
            ("api", "DATABASE_URL", "projector", "name throughline_app in its URL"),
            ("projector", "DATABASE_URL", "app", "name throughline_projector in its URL"),
            ("worker", "WORKER_DATABASE_URL", "app", "name throughline_worker in its URL"),
            ("worker", "DATABASE_URL", "admin", "superuser or has BYPASSRLS, so row security does not bind it: name throughline_app"),
        ],
    )
    def test_of_a_process_that_would_act_as_another_role(
        self, database: Database, tmp_path: Path, command: str, variable: str, role: str, told: str
    ) -> None:
        """It would see every organization at once, or fail again and again."""
        FileKeyProvider.create(tmp_path / "kek")
        urls = {"DATABASE_URL": database.dsn("app"), "WORKER_DATABASE_URL": database.dsn("worker"), variable: database.dsn(role)}
        around = surroundings(THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), THROUGHLINE_PORT=str(free_port()), **urls)
        ended = subprocess.run(throughline(command), env=around, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
        assert (ended.returncode, ended.stderr.startswith(f"throughline: {variable}: ")) == (Exit.DATABASE, True), ended.stderr
        assert told in ended.stderr

    def test_of_a_role_that_may_not_migrate(self, shell: Shell, database: Database) -> None:
        ended = shell("migrate", MIGRATION_DATABASE_URL=database.dsn("worker"))
        assert ended.code == Exit.SCHEMA
        assert "throughline_worker may not change the schema" in ended.errors
        assert "a role with CREATEROLE that owns the database" in ended.errors

    def test_of_a_fault_that_was_found(self, shell: Shell) -> None:
        assert shell("doctor").code == Exit.FAILED


class TestJson:
    def test_is_the_answer(self, shell: Shell, database: Database) -> None:
        assert shell("migrate", "--json", MIGRATION_DATABASE_URL=database.dsn("admin")).json() == {"applied": []}

    def test_is_the_refusal_too_and_nothing_else_is_printed(self, shell: Shell) -> None:
        ended = shell("migrate", "--json")
        said = json.loads(ended.errors)
        assert (said["error"], said["exit_code"], ended.output) == ("database", 4, "")

    def test_is_the_usage_error_too(self, shell: Shell) -> None:
        assert json.loads(shell("key", "create", "--json").errors)["error"] == "usage"


class TestTheKeyFile:
    def test_is_for_its_owner_alone_and_never_overwritten(self, shell: Shell, tmp_path: Path) -> None:
        path = tmp_path / "kek"
        assert shell("key", "file", str(path)).code == Exit.OK
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        first = path.read_bytes()
        assert shell("key", "file", str(path)).code == Exit.CONFIGURATION
        assert path.read_bytes() == first


class TestDoctor:
    def test_finds_nothing_wrong_with_what_runs(self, office: Shell) -> None:
        said = office("doctor", "--json")
        assert said.code == Exit.OK, said.output
        assert {finding["check"] for finding in said.json()["findings"]} >= {
            "settings",
            "key file",
            "database",
            "schema",
            "rights",
            "lag",
            "worker",
            "jobs",
        }

    def test_sees_that_the_key_file_is_another_ones(self, office: Shell, tmp_path: Path) -> None:
        office("tenant", "create", "--slug", "locked", *FOUNDED)
        office("key", "file", str(tmp_path / "kek"))
        ended = office("doctor", THROUGHLINE_KEY_FILE=str(tmp_path / "kek"))
        assert ended.code == Exit.FAILED
        assert "is not the one that was used: restore the file from its copy" in ended.output

    def test_names_a_misspelt_setting(self, office: Shell) -> None:
        ended = office("doctor", THROUGHLINE_PROT="80")
        assert ended.code == Exit.FAILED
        assert "THROUGHLINE_PROT is no setting" in ended.output

    def test_does_not_let_row_security_be_gone_round(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        shell("key", "file", str(tmp_path / "kek"))
        ended = shell("doctor", DATABASE_URL=database.dsn("admin"), THROUGHLINE_KEY_FILE=str(tmp_path / "kek"))
        assert ended.code == Exit.FAILED
        assert "superuser or has BYPASSRLS" in ended.output

    def test_sees_that_nobody_projects(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        ask(database.dsn("admin"), f"INSERT INTO es.tenant_head VALUES ('{uuid4()}', 7, now())")
        shell("key", "file", str(tmp_path / "kek"))
        urls = {"DATABASE_URL": database.dsn("app"), "PROJECTOR_DATABASE_URL": database.dsn("projector")}
        ended = shell("doctor", THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), **urls)
        assert ended.code == Exit.FAILED
        assert "up to 7 events in 1 organizations" in ended.output
        assert "throughline projector" in ended.output

    def test_sees_that_nobody_works(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        ask(database.dsn("admin"), f"INSERT INTO es.tenant_head VALUES ('{uuid4()}', 7, now())")
        ask(database.dsn("admin"), "INSERT INTO jobs.schedule VALUES ('report.sweep', now() - interval '1 hour')")
        ended = self.looked_at_work(shell, database, tmp_path)
        assert "7 events in 1 organizations lead to nothing yet, the schedule has waited for 36" in ended.output
        assert "throughline worker" in ended.output

    @pytest.mark.parametrize(
        ("job", "cure"),
        [("'ready', now() - interval '2 minutes', ''", "1 are due, the oldest for 12"), ("'dead', now(), '', 'Failed'", "jobs retry")],
    )
    def test_sees_jobs_that_are_late_or_dead(self, shell: Shell, database: Database, tmp_path: Path, job: str, cure: str) -> None:
        columns = "id, queue, state, available_at, message" + (", error" if "dead" in job else "")
        ask(database.dsn("admin"), f"INSERT INTO jobs.job ({columns}) VALUES ('{uuid4()}', 'default', {job})")
        assert cure in self.looked_at_work(shell, database, tmp_path).output

    def looked_at_work(self, shell: Shell, database: Database, tmp_path: Path) -> Ended:
        shell("key", "file", str(tmp_path / "kek"))
        urls = {"DATABASE_URL": database.dsn("app"), "WORKER_DATABASE_URL": database.dsn("worker")}
        ended = shell("doctor", THROUGHLINE_KEY_FILE=str(tmp_path / "kek"), **urls)
        assert ended.code == Exit.FAILED
        return ended

    def test_sees_that_others_may_read_the_key_file(self, shell: Shell, database: Database, tmp_path: Path) -> None:
        shell("key", "file", str(tmp_path / "kek"))
        os.chmod(tmp_path / "kek", 0o644)
        ended = shell("doctor", DATABASE_URL=database.dsn("app"), THROUGHLINE_KEY_FILE=str(tmp_path / "kek"))
        assert f"chmod 600 {tmp_path / 'kek'}" in ended.output


class TestAudit:
    def test_lists_what_can_be_asked_and_what_the_others_wait_for(self, shell: Shell) -> None:
        told = shell("audit", "questions", "--json").json()["items"]
        assert [one["number"] for one in told] == list(range(1, 19))
        commands = shell("audit", "--help").output
        for one in told:
            assert (f"\n  {one['slug']} " in commands) == (one["waits_for"] is None)

    def test_answers_about_an_organization(self, office: Shell) -> None:
        office("tenant", "create", "--slug", "audited", *FOUNDED)
        told = office("audit", "altered-history", "--tenant", "audited", "--json").json()
        assert told["standing_out"] == 0
        assert told["findings"][-1]["facts"]["events"] == told["position"] > 0

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("milestone-moves", "--tenant", "nobody"), Exit.REFUSED),
            (("seen-by-others", "--tenant", "nobody"), Exit.USAGE),
            (("milestone-moves",), Exit.USAGE),
        ],
    )
    def test_of_what_cannot_be_asked_says_so(self, office: Shell, arguments: tuple[str, ...], code: Exit) -> None:
        assert office("audit", *arguments).code == code
