-- name: record
-- A record and its bucket, both locked against change until the transaction ends: whatever a cache
-- holds, nothing is sealed or opened without this row.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event
from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and r.id = ? {share};

-- name: record-look
-- The same without the locks, for who only looks whether a record may be found.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event
from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and r.id = ?;

-- name: records-of
-- Every record of one thing, as above.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event
from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and r.typ = ? and r.thing = ?
order by r.notice, r.grp {share};

-- name: record-of-group
-- The record of one thing and group, as above.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event
from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and r.typ = ? and r.thing = ? and r.notice = ? and r.grp = ? {share};

-- name: record-lock
-- Nobody seals, opens or moves the record until the transaction ends.
select bucket from vault_record where authority = ? and id = ? {update};

-- name: records-lock
-- The same for every record of one thing: who begins to read waits for the posts that run.
select id from vault_record where authority = ? and typ = ? and thing = ? order by notice, grp {update};

-- name: record-add
insert into vault_record (authority, id, bucket, notice, version, grp, typ, thing, wrap, counts_from, ordinary, settled, moves)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0);

-- name: record-add-once
-- As record-add, for a record that another transaction may be making at this moment.
insert into vault_record (authority, id, bucket, notice, version, grp, typ, thing, wrap, counts_from, ordinary, settled, moves)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
on conflict (authority, typ, thing, notice, grp) do nothing;

-- name: record-move
-- The record's key is wrapped anew; nothing that is sealed under it changes.
update vault_record set bucket = ?, wrap = ?, counts_from = ?, ordinary = ?, settled = ?, moves = ?
where authority = ? and id = ?;

-- name: record-count-from
-- The record stays in its bucket, but its retention counts from another moment.
update vault_record set counts_from = ?, ordinary = ?, settled = ? where authority = ? and id = ?;

-- name: record-drop
delete from vault_record where authority = ? and id = ?;

-- name: records-unsettled
-- What may have to leave a bucket before it ends, a page at a time.
select id, typ, thing from vault_record
where authority = ? and bucket = ? and settled = 0 and id > ? order by id limit ?;

-- name: record-settle
-- The record ends with its bucket.
update vault_record set settled = 1 where authority = ? and id = ? and settled = 0;

-- name: records-of-bucket
-- A page of what is to be reclaimed.
select id, typ from vault_record where authority = ? and bucket = ? and id > ? order by id limit ?;

-- name: tokens-reclaim
-- The first records of a dropped bucket, up to and with an id, go in three statements.
delete from vault_token where authority = ? and record in (
  select id from vault_record where vault_record.authority = ? and bucket = ? and id <= ?);

-- name: holds-reclaim
delete from vault_hold where authority = ? and record in (
  select id from vault_record where vault_record.authority = ? and bucket = ? and id <= ?);

-- name: copies-reclaim
delete from vault_copy where authority = ? and record in (
  select id from vault_record where vault_record.authority = ? and bucket = ? and id <= ?);

-- name: records-reclaim
delete from vault_record where authority = ? and bucket = ? and id <= ?;

-- name: blob-add
-- The row that names a blob, once the blob is durable.
insert into vault_blob (authority, id, record) values (?, ?, ?);

-- name: blob-of
select id from vault_blob where authority = ? and record = ? and id = ?;

-- name: blob-known
select id from vault_blob where authority = ? and id = ?;

-- name: blobs-count
select count(*) from vault_blob where authority = ? and record = ?;

-- name: blobs-drop
-- Their files go after the commit.
delete from vault_blob where authority = ? and record = ? returning id;

-- name: blobs-reclaim
-- As tokens-reclaim, and the files after the commit.
delete from vault_blob where authority = ? and record in (
  select id from vault_record where vault_record.authority = ? and bucket = ? and id <= ?) returning id;

-- name: verify-blobs-living
-- What should lie in the store: the blobs of buckets whose key is not gone.
select f.id from vault_blob f
join vault_record r on r.authority = f.authority and r.id = f.record
join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where f.authority = ? and b.state in ('living', 'closing', 'dead') order by f.id;

-- name: bucket-find
select id, key_id, state, ends_at from vault_bucket
where authority = ? and notice = ? and grp = ? and expiry = ? and hold = ? and event = ? and state = 'living' {share};

-- name: bucket-get
select id, key_id, state, ends_at from vault_bucket where authority = ? and id = ?;

-- name: bucket-add
insert into vault_bucket (authority, id, notice, grp, expiry, hold, event, key_id, state, cause, ends_at, born_at, dead_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, 0)
on conflict do nothing;

-- name: bucket-closing
-- The last day is over: records only leave.
update vault_bucket set state = 'closing' where authority = ? and state = 'living' and ends_at <= ?;

-- name: buckets-closing
select id, notice, grp, expiry, hold, event, key_id, ends_at from vault_bucket
where authority = ? and state = 'closing' order by ends_at, id;

-- name: buckets-ending
-- What ends at or before a moment and may hold records that must be moved.
select id, notice, grp, expiry, hold, event, key_id, ends_at from vault_bucket
where authority = ? and state in ('living', 'closing') and ends_at <= ? order by ends_at, id;

-- name: bucket-die
-- One row, whatever the bucket contains. It waits for those who seal and open in it, and nobody
-- opens after it. A bucket that something must still leave stays closing.
update vault_bucket set state = 'dead', cause = ?, dead_at = ?
where authority = ? and id = ? and state = 'closing'
  and not exists (select 1 from vault_record r where r.authority = vault_bucket.authority and r.bucket = vault_bucket.id and r.settled = 0);

-- name: bucket-kill
-- The end of a bucket whose cause is not time: a hold released, an event over, an erasure, a loss.
update vault_bucket set state = 'dead', cause = ?, dead_at = ?
where authority = ? and id = ? and state in ('living', 'closing');

-- name: bucket-kill-empty
-- The bucket of a hold that nothing is in any more.
update vault_bucket set state = 'dead', cause = ?, dead_at = ?
where authority = ? and id = ? and state in ('living', 'closing') and hold <> ''
  and not exists (select 1 from vault_record r where r.authority = vault_bucket.authority and r.bucket = vault_bucket.id);

-- name: buckets-event
-- The buckets that end with an event.
select id from vault_bucket where authority = ? and event = ? and state in ('living', 'closing');

-- name: buckets-dead
select id, key_id from vault_bucket where authority = ? and state = 'dead' and (case when event = '' then 0 else 1 end) = ? order by ends_at;

-- name: bucket-dropped
update vault_bucket set state = 'dropped' where authority = ? and id = ? and state = 'dead';

-- name: bucket-to-reclaim
-- A bucket whose key was lost keeps its rows until its time, so that a key that turns up is of use.
select id from vault_bucket
where authority = ? and state = 'dropped' and (cause <> 'lost' or ends_at <= ?) order by ends_at, id limit 1;

-- name: bucket-gone
update vault_bucket set state = 'gone' where authority = ? and id = ? and state = 'dropped';

-- name: buckets-plan
select b.id, b.notice, b.grp, b.expiry, b.hold, b.state, b.ends_at, b.dead_at, b.cause,
       (select count(*) from vault_record r where r.authority = b.authority and r.bucket = b.id)
from vault_bucket b
where b.authority = ? and b.state <> 'gone' and (b.ends_at <= ? or b.state <> 'living')
order by b.ends_at, b.id;

-- name: bucket-info
select b.id, b.notice, b.grp, b.expiry, b.hold, b.state, b.ends_at, b.dead_at, b.cause,
       (select count(*) from vault_record r where r.authority = b.authority and r.bucket = b.id)
from vault_bucket b
where b.authority = ? and b.id = ?;

-- name: buckets-keys
-- Which key each bucket has or had.
select id, key_id, state, event from vault_bucket where authority = ?;

-- name: buckets-searched
-- The living buckets of a group, one token each.
select id, key_id, hold from vault_bucket
where authority = ? and notice = ? and grp = ? and state = 'living' and ends_at > ? order by id;

-- name: buckets-born
-- The buckets of a group that were made in a span of time: for the audit, one a day.
select key_id, state, ends_at from vault_bucket
where authority = ? and notice = ? and grp = ? and born_at > ? and born_at <= ? order by id;

-- name: token-add
insert into vault_token (authority, record, field, mac, value) values (?, ?, ?, ?, ?)
on conflict (authority, record, field, mac) do nothing;

-- name: tokens-of
select field, mac, value from vault_token where authority = ? and record = ?;

-- name: token-remake
update vault_token set mac = ? where authority = ? and record = ? and field = ? and mac = ?;

-- name: token-drop
delete from vault_token where authority = ? and record = ? and field = ?;

-- name: tokens-drop
delete from vault_token where authority = ? and record = ?;

-- name: token-find
-- One token for each living bucket, 32 at a time; the last is repeated. The index alone answers.
select record from vault_token where authority = ? and field = ?
  and mac in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: hold-add
insert into vault_hold (authority, id, record, kind, code, placed_at) values (?, ?, ?, ?, ?, ?)
on conflict (authority, id) do nothing;

-- name: hold-get
select record, kind from vault_hold where authority = ? and id = ? {update};

-- name: holds-of
select id, kind, code from vault_hold where authority = ? and record = ? order by kind, id;

-- name: hold-drop
delete from vault_hold where authority = ? and id = ?;

-- name: holds-drop
delete from vault_hold where authority = ? and record = ?;

-- name: copy-add
-- A copy and one of the records that it is taken from.
insert into vault_copy (authority, source, record) values (?, ?, ?);

-- name: copies-of
-- The copies taken from a record.
select record from vault_copy where authority = ? and source = ? order by record;

-- name: copies-of-bucket
-- The copies taken from what lies in a bucket.
select record from vault_copy where authority = ? and source in (
  select id from vault_record where vault_record.authority = ? and bucket = ?);

-- name: copy-sources
-- What a copy is taken from.
select source from vault_copy where authority = ? and record = ?;

-- name: copy-drop
delete from vault_copy where authority = ? and record = ?;

-- name: reading-add
insert into vault_reading (authority, id, typ, thing, kind, caller, session, role, purpose, relation, until, node, began_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: readings-on
-- Who reads a thing at this moment. One index look-up for each message: with an order by id SQLite
-- would rather walk every session of the authority than sort these few.
select id, typ, thing, kind, caller, session, role, purpose, relation, until
from vault_reading where authority = ? and typ = ? and thing = ?;

-- name: read-in
-- The session with every record of what it reads, locked as by "record": the session cannot end,
-- nor a bucket die, before this transaction has.
select r.id, r.notice, r.version, r.grp, r.typ, r.thing, r.wrap, r.counts_from, r.ordinary, r.settled, r.moves,
       b.id, b.key_id, b.state, b.ends_at, b.expiry, b.hold, b.event,
       g.kind, g.role, g.purpose, g.relation, g.until
from vault_reading g
join vault_record r on r.authority = g.authority and r.typ = g.typ and r.thing = g.thing
join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where g.authority = ? and g.id = ? and g.caller = ? {share};

-- name: reading-end
delete from vault_reading where authority = ? and id = ?
returning id, typ, thing, kind, caller, session, role, purpose, relation, until;

-- name: readings-end-on
delete from vault_reading where authority = ? and typ = ? and thing = ?
returning id, typ, thing, kind, caller, session, role, purpose, relation, until;

-- name: readings-end-of
delete from vault_reading where authority = ? and typ = ? and thing = ? and kind = ? and caller = ?
returning id, typ, thing, kind, caller, session, role, purpose, relation, until;

-- name: readings-end-caller
delete from vault_reading where authority = ? and kind = ? and caller = ?
returning id, typ, thing, kind, caller, session, role, purpose, relation, until;

-- name: readings-end-node
-- The sessions that this process left behind when it died.
delete from vault_reading where authority = ? and node = ?
returning id, typ, thing, kind, caller, session, role, purpose, relation, until;

-- name: stock-take
-- Two takers never wait for each other.
delete from vault_stock where authority = ? and key_id = (
  select key_id from vault_stock where authority = ? and kind = ? order by key_id limit 1 {skip})
returning key_id;

-- name: stock-add
insert into vault_stock (authority, key_id, kind, since) values (?, ?, ?, ?)
on conflict (authority, key_id) do nothing;

-- name: stock-doubted
-- A restored database does not know which of its ready keys were used since.
update vault_stock set kind = 'stray', since = ?;

-- name: readings-restored
-- Nobody reads in a restored database; the next start records that.
update vault_reading set node = 'restored';

-- name: stock-drop
delete from vault_stock where authority = ? and key_id = ?;

-- name: stock
select key_id, kind, since from vault_stock where authority = ?;

-- name: generation
select generation from vault_keystore where authority = ?;

-- name: generation-note
-- A generation that is lower than the one noted changes nothing: see keys-lost.
insert into vault_keystore (authority, generation, noted_at) values (?, ?, ?)
on conflict (authority) do update set generation = excluded.generation, noted_at = excluded.noted_at
where vault_keystore.generation < excluded.generation;

-- name: generation-force
-- Only luukku keys lost goes back.
insert into vault_keystore (authority, generation, noted_at) values (?, ?, ?)
on conflict (authority) do update set generation = excluded.generation, noted_at = excluded.noted_at;

-- name: line-add
insert into vault_journal (authority, id, at, kind, body) values (?, ?, ?, ?, ?);

-- name: lines
select id, at, kind, body from vault_journal where authority = ? order by id limit 200;

-- name: line-drop
delete from vault_journal where authority = ? and id = ?;

-- name: verify-record-without-bucket
select r.id from vault_record r left join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and b.id is null order by r.id limit 1000;

-- name: verify-record-in-gone-bucket
select r.id from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where r.authority = ? and b.state = 'gone' order by r.id limit 1000;

-- name: verify-token-without-record
select distinct t.record from vault_token t left join vault_record r on r.authority = t.authority and r.id = t.record
where t.authority = ? and r.id is null order by t.record limit 1000;

-- name: verify-hold-without-record
select h.id from vault_hold h left join vault_record r on r.authority = h.authority and r.id = h.record
where h.authority = ? and r.id is null order by h.id limit 1000;

-- name: verify-blob-without-record
select f.id from vault_blob f left join vault_record r on r.authority = f.authority and r.id = f.record
where f.authority = ? and r.id is null order by f.id limit 1000;

-- name: verify-reading-without-record
select g.id from vault_reading g where g.authority = ? and not exists (
  select 1 from vault_record r where r.authority = g.authority and r.typ = g.typ and r.thing = g.thing) order by g.id limit 1000;

-- name: verify-hold-outside-its-bucket
-- A record under a restriction lies in the bucket of a restriction.
select h.id from vault_hold h
join vault_record r on r.authority = h.authority and r.id = h.record
join vault_bucket b on b.authority = r.authority and b.id = r.bucket
where h.authority = ? and h.kind = 'restriction' and b.hold not like 'x%' order by h.id limit 1000;

-- name: verify-copy-outlives
-- A copy ends no later than what it was taken from, and is not there without it.
select distinct c.record from vault_copy c
join vault_record k on k.authority = c.authority and k.id = c.record
join vault_bucket kb on kb.authority = k.authority and kb.id = k.bucket
left join vault_record s on s.authority = c.authority and s.id = c.source
left join vault_bucket sb on sb.authority = s.authority and sb.id = s.bucket
where c.authority = ? and kb.state = 'living' and (sb.id is null or sb.ends_at < kb.ends_at) order by c.record limit 1000;

-- name: verify-overdue
-- Buckets that should be dead by now.
select id from vault_bucket where authority = ? and state in ('living', 'closing') and ends_at <= ? order by id limit 1000;
