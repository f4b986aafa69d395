/**
 * A firm up to its first active plan, told with the types that openapi-typescript made of the document and with openapi-fetch.
 *
 * Run as a program with the address, and the key and the id of a person in each role as JSON.
 */
import assert from "node:assert/strict";
import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./client.js";

type Done = components["schemas"]["Done"];
type Plan = components["schemas"]["PlanAnswer"];
type Role = "admin" | "client" | "coach" | "program_manager" | "sponsor";
type Answered<T> = { data?: T; error?: unknown; response: Response };

/** What was answered, when it is a success. */
function got<T>(answer: Answered<T>): T {
  assert.ok(answer.data !== undefined, `${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Asks as everybody by their keys, which the operator made. */
class Firm {
  private readonly clients = new Map<string, Client<paths>>();

  constructor(baseUrl: string, keys: Record<string, string>, private readonly ids: Record<string, string>) {
    for (const [role, key] of Object.entries(keys)) {
      this.clients.set(role, createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } }));
    }
  }

  as(role: Role): Client<paths> {
    const found = this.clients.get(role);
    assert.ok(found, role);
    return found;
  }

  id(role: Role): string {
    const found = this.ids[role];
    assert.ok(found, role);
    return found;
  }

  async register(name: string, role: "coach"): Promise<Done> {
    const admin = this.as("admin");
    const made = got(await admin.POST("/v1/people", { body: { name, email: `${role}@client.example` } }));
    const params = { path: { id: made.id } };
    return got(await admin.POST("/v1/people/{id}/grant-membership", { params, body: { role } }));
  }

  /** A call that is wrong: the types refuse it, and the server says where. */
  async mistake(): Promise<void> {
    const params = { path: { id: this.id("coach") } };
    // @ts-expect-error there is no such role
    const { error } = await this.as("admin").POST("/v1/people/{id}/grant-membership", { params, body: { role: "emperor" } });
    assert.deepEqual(error?.errors?.map((fault) => fault.pointer), ["/role"]);
  }

  async engage(): Promise<string> {
    const manager = this.as("program_manager");
    const program = got(
      await manager.POST("/v1/programs", {
        body: {
          name: "Leading with clarity",
          starts_on: "2026-01-01",
          ends_on: "2199-06-30",
          capacity: 10,
          sessions_per_engagement: 8,
          sponsored: true,
          sponsor_ids: [this.id("sponsor")],
          sponsor_approves_plans: true,
        },
      }),
    );
    const params = { path: { id: program.id } };
    got(await manager.POST("/v1/programs/{id}/add-coach-to-pool", { params, body: { coach_id: this.id("coach"), max_engagements: 3 } }));
    got(await manager.POST("/v1/programs/{id}/open-program", { params, body: {} }));
    got(await manager.POST("/v1/programs/{id}/enrol-participant", { params, body: { client_id: this.id("client") } }));
    const body = { client_id: this.id("client"), program_id: program.id, sponsor_id: this.id("sponsor") };
    const { id } = got(await manager.POST("/v1/engagements", { body }));
    got(await manager.POST("/v1/engagements/{id}/assign-coach", { params: { path: { id } }, body: { coach_id: this.id("coach") } }));
    return id;
  }

  async contract(id: string): Promise<void> {
    const [coach, path] = [this.as("coach"), { id }];
    const drafted = got(
      await coach.POST("/v1/engagements/{id}/draft-agreement", {
        params: { path },
        body: {
          sessions: 8,
          cadence_days: 14,
          text: "What is said stays here.",
          information_flows: [{ about: "objective_titles", to: "sponsor" }],
        },
      }),
    );
    const header = { "Throughline-Min-Position": drafted.position ?? 0 };
    const { agreement } = got(await coach.GET("/v1/engagements/{id}", { params: { path, header } }));
    assert.ok(agreement);
    for (const party of ["client", "coach", "sponsor"] as const) {
      const signed = { digest: agreement.digest };
      got(await this.as(party).POST("/v1/engagements/{id}/sign-agreement", { params: { path }, body: signed }));
    }
    const lasting = { starts_on: "2026-01-01", planned_end: "2199-06-30" };
    got(await coach.POST("/v1/engagements/{id}/activate-engagement", { params: { path }, body: lasting }));
    got(
      await this.as("client").POST("/v1/engagements/{id}/grant-disclosure-consent", {
        params: { path },
        body: { subjects: ["objective_titles"], recipient: { role: "sponsor" } },
      }),
    );
  }

  async plan(engagement: string): Promise<Plan> {
    const coach = this.as("coach");
    const { id } = got(await coach.POST("/v1/plans", { body: { engagement_id: engagement } }));
    const path = { id };
    got(
      await coach.POST("/v1/plans/{id}/define-objective", {
        params: { path },
        body: {
          title: "Hold a one-to-one with each of my reports",
          why: "They hear too late what I expect.",
          measure: { name: "One-to-ones held", direction: "increase", unit: "count", source: "calendar" },
          baseline: { value: "2", at: "2026-01-02", source: "calendar" },
          target: "12",
          due_on: "2199-03-31",
          confidence: 7,
        },
      }),
    );
    const proposed = got(await coach.POST("/v1/plans/{id}/propose-plan", { params: { path }, body: {} }));
    const seen = await this.read(id, proposed);
    assert.ok(typeof seen.plan_version === "number" && typeof seen.digest === "string");
    for (const party of ["coach", "client", "sponsor"] as const) {
      const approval = { plan_version: seen.plan_version, digest: seen.digest };
      got(await this.as(party).POST("/v1/plans/{id}/approve-plan", { params: { path }, body: approval }));
    }
    return this.read(id, got(await coach.POST("/v1/plans/{id}/activate-plan", { params: { path }, body: {} })));
  }

  /** The plan as the coach sees it, not before what was done last. */
  async read(id: string, done: Done): Promise<Plan> {
    const header = { "Throughline-Min-Position": done.position ?? 0 };
    return got(await this.as("coach").GET("/v1/plans/{id}", { params: { path: { id }, header } }));
  }
}

const [address, keys, ids] = process.argv.slice(2);
assert.ok(address && keys && ids);
const firm = new Firm(address, JSON.parse(keys), JSON.parse(ids));
await firm.register("Cora", "coach");
await firm.mistake();
const engagement = await firm.engage();
await firm.contract(engagement);
console.log((await firm.plan(engagement)).status);
