"""The bridge: our log for any synchronous `Application` of the `eventsourcing` library.

With `PERSISTENCE_MODULE=infra.eventstore.bridge`, `DATABASE_URL` and `BRIDGE_TENANT` in its environment, an application of
the library reads and writes one tenant's events in `es.event`, and its notification ids are that tenant's positions. Each
setting may be given for one application alone, by the library's own rule: `COUNTERS_BRIDGE_TENANT` binds the application
`Counters` elsewhere. Applications that share a tenant share its log.

The library numbers a stream's events from 1, and its own test cases from 0, while a version here begins at 1 and leaves no
hole. The number of a stream's first event is therefore kept beside the stream (`es.bridge_stream`), and the others are
counted from it: `es.event` keeps its rule, and nothing in it has to be known to be the library's. A stream that is not in
that table was written by the product; it is read under its own versions, and cannot be written from here, since nothing
goes round `decide`.

The library's topic stands in `type` and the mapper's bytes in `payload`, unsealed: the bridge is for trying the store by the
library's own test cases, and for replaying the product's streams by a second engine (`infra.eventstore.bridge.replay`). It
is not for personal data. Its role is `throughline_bridge`; the application's role may read through it, and not write.
"""

from infra.eventstore.bridge.factory import BridgeFactory

__all__ = ["BridgeFactory"]
