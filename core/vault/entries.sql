-- name: audit-records
-- Up to 32 days' records of the audit log with their buckets. Not locked: it serves readers too.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event
from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and r.typ = 'audit' and r.id in
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
