-- name: length
-- How many wait in a queue.
select count(*) from contact where authority = ? and service = ? and lang = ? and queued_at is not null;

-- name: ahead
-- How many stand before a contact in its queue.
select count(*) from contact where authority = ? and service = ? and lang = ? and queued_at is not null
  and (rank, queued_at, id) < (?, ?, ?);

-- name: order
-- A queue from its head.
select id from contact where authority = ? and service = ? and lang = ? and queued_at is not null
order by rank, queued_at, id;

-- name: count-taken
-- Counts without ids: how long those waited who were taken in a minute, and at which places they began.
insert into wait_count (authority, service, lang, minute, taken, wait_ms, places) values (?, ?, ?, ?, 1, ?, ?)
on conflict (authority, service, lang, minute) do update set taken = wait_count.taken + 1,
  wait_ms = wait_count.wait_ms + excluded.wait_ms, places = wait_count.places + excluded.places;

-- name: taken-since
select cast(coalesce(sum(taken), 0) as bigint), cast(coalesce(sum(wait_ms), 0) as bigint),
  cast(coalesce(sum(places), 0) as bigint)
from wait_count where authority = ? and service = ? and lang = ? and minute > ?;

-- name: forget-counts
delete from wait_count where minute < ?;

-- name: forget-presence
-- Of whoever has not been seen for a day nothing is kept here.
delete from presence where seen_at < ?;

-- name: alive
insert into presence (authority, staff, state, since, seen_at) values (?, ?, 'present', ?, ?)
on conflict (authority, staff) do update set
  state = case when presence.state = 'gone' then 'present' else presence.state end,
  since = case when presence.state = 'gone' then excluded.since else presence.since end,
  seen_at = excluded.seen_at;

-- name: say
insert into presence (authority, staff, state, since, seen_at) values (?, ?, ?, ?, ?)
on conflict (authority, staff) do update set
  since = case when presence.state = excluded.state then presence.since else excluded.since end,
  state = excluded.state, seen_at = excluded.seen_at;

-- name: is-present
select state, seen_at from presence where authority = ? and staff = ?;

-- name: board-mine
-- What is assigned to one member of staff and not settled yet.
select id, service, coalesce(lang, ''), status, coalesce(topic, ''), coalesce(adviser, ''), coalesce(started_at, 0),
  coalesce(taken_at, 0), coalesce(waiting_since, 0), coalesce(last_at, 0), coalesce(closed_at, 0), coalesce(closed_by, ''), unread, citizen_present
from contact where authority = ? and adviser = ?;

-- name: board-active
-- Every active contact of an authority.
select id, service, coalesce(lang, ''), status, coalesce(topic, ''), coalesce(adviser, ''), coalesce(started_at, 0),
  coalesce(taken_at, 0), coalesce(waiting_since, 0), coalesce(last_at, 0), coalesce(closed_at, 0), coalesce(closed_by, ''), unread, citizen_present
from contact where authority = ? and adviser > '' and status = 'active';

-- name: board-waiting
-- Everyone who waits in an authority's queues, head first.
select id, service, lang, coalesce(topic, ''), coalesce(started_at, queued_at), queued_at from contact
where authority = ? and queued_at > 0 order by rank, queued_at, id;

-- name: board-staff
-- Who has been at the desk today, and how many active contacts each has.
select p.staff, p.state, p.since, p.seen_at,
  (select count(*) from contact c where c.authority = p.authority and c.adviser = p.staff and c.status = 'active')
from presence p where p.authority = ? order by p.staff;
