from tests.infra.plan_told import tell_plan


async def test_smoke(store, tenant, runner, reader):
    plan = await tell_plan(store, tenant, 12)
    await runner.catch_up()
    found = await reader.plan(tenant, plan)
    print(found)
    for told in await reader.timeline(tenant, found.engagement_id):
        print(told.sentence)
    for told in await reader.timeline(tenant, found.engagement_id, words=False):
        print(told.sentence)
    print(await reader.facts(tenant, found.engagement_id))
