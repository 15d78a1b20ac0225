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
-- What is assigned to one member of staff and not settled yet, and what they read along.
select id, service, coalesce(lang, ''), status, coalesce(topic, ''), coalesce(adviser, ''), coalesce(started_at, 0),
  coalesce(taken_at, 0), coalesce(waiting_since, 0), coalesce(last_at, 0), coalesce(closed_at, 0), coalesce(closed_by, ''), unread, citizen_present
from contact where authority = ? and adviser = ?
union all
select c.id, c.service, coalesce(c.lang, ''), c.status, coalesce(c.topic, ''), coalesce(c.adviser, ''), coalesce(c.started_at, 0),
  coalesce(c.taken_at, 0), coalesce(c.waiting_since, 0), coalesce(c.last_at, 0), coalesce(c.closed_at, 0), coalesce(c.closed_by, ''), c.unread, c.citizen_present
from contact_handover h join contact c on c.authority = h.authority and c.id = h.contact
where h.authority = ? and h.sender = ? and h.state = 'joined' and c.status = 'active';

-- name: board-active
-- Every active contact of an authority.
select id, service, coalesce(lang, ''), status, coalesce(topic, ''), coalesce(adviser, ''), coalesce(started_at, 0),
  coalesce(taken_at, 0), coalesce(waiting_since, 0), coalesce(last_at, 0), coalesce(closed_at, 0), coalesce(closed_by, ''), unread, citizen_present
from contact where authority = ? and adviser > '' and status = 'active';

-- name: board-waiting
-- Everyone who waits in an authority's queues, head first, with whom they are offered to until when.
select c.id, c.service, c.lang, coalesce(c.topic, ''), coalesce(c.started_at, c.queued_at), c.queued_at,
  coalesce(o.staff, ''), coalesce(o.until, 0)
from contact c left join contact_offer o on o.authority = c.authority and o.contact = c.id
where c.authority = ? and c.queued_at > 0 order by c.rank, c.queued_at, c.id;

-- name: board-staff
-- Who has been at the desk today, and how many active contacts each has.
select p.staff, p.state, p.since, p.seen_at,
  (select count(*) from contact c where c.authority = p.authority and c.adviser = p.staff and c.status = 'active'),
  coalesce(k.languages, ''), coalesce(k.services, ''), coalesce(k.capacity, 0)
from presence p left join staff_skill k on k.authority = p.authority and k.staff = p.staff
where p.authority = ? order by p.staff;

-- name: board-serves
-- In which services those of them may advise now; '' is every one.
select p.staff, g.service from presence p
join staff_standing s on s.authority = p.authority and s.staff = p.staff
join role_grant g on g.authority = p.authority and g.staff = p.staff and g.role = 'adviser'
where p.authority = ? and s.disabled_at is null and s.secrecy_on is not null
  and g.valid_from <= ? and (g.valid_until = 0 or g.valid_until > ?)
order by p.staff, g.service;

-- name: roll-begin
insert into offer_roll (authority, rounds) values (?, 0) on conflict (authority) do nothing;

-- name: roll
-- Holds the lock until the round ends.
update offer_roll set rounds = rounds + 1 where authority = ?;

-- name: offers-passed
-- Whose time to take what they were offered is over.
select staff from contact_offer where authority = ? and until <= ? order by staff;

-- name: away-after-offer
-- Only whoever still says that they are available: another word of their own stands.
update presence set state = 'away', since = ? where authority = ? and staff = ? and state = 'present';

-- name: offers-back
delete from contact_offer where authority = ? and (until <= ?
  or not exists (select 1 from presence p where p.authority = contact_offer.authority and p.staff = contact_offer.staff
    and p.state = 'present' and p.seen_at >= ?)
  or not exists (select 1 from contact c where c.authority = contact_offer.authority and c.id = contact_offer.contact
    and c.queued_at is not null));

-- name: offer-next
select cast(coalesce(min(until), 0) as bigint) from contact_offer where authority = ?;

-- name: offer-waiting
-- The head of a queue, without those who are offered already.
select id, rank, queued_at from contact
where authority = ? and service = ? and lang = ? and queued_at is not null and not exists (
  select 1 from contact_offer o where o.authority = contact.authority and o.contact = contact.id)
order by rank, queued_at, id limit ?;

-- name: seats
-- Who is available, a row for each grant: what they are offered, what they have in hand, since when
-- nothing has happened in it, and whether something is offered to them.
select p.staff, g.service, coalesce(k.languages, ''), coalesce(k.services, ''), coalesce(k.capacity, 0),
  (select count(*) from contact c where c.authority = p.authority and c.adviser = p.staff and c.status = 'active'),
  (select coalesce(max(c.last_at), p.since) from contact c where c.authority = p.authority and c.adviser = p.staff),
  (select count(*) from contact_offer o where o.authority = p.authority and o.staff = p.staff)
from presence p join staff_standing s on s.authority = p.authority and s.staff = p.staff
join role_grant g on g.authority = p.authority and g.staff = p.staff and g.role = 'adviser'
left join staff_skill k on k.authority = p.authority and k.staff = p.staff
where p.authority = ? and p.state = 'present' and p.seen_at >= ? and s.disabled_at is null and s.secrecy_on is not null
  and g.valid_from <= ? and (g.valid_until = 0 or g.valid_until > ?)
order by p.staff, g.service;

-- name: offer-lock
select id from contact where authority = ? and id = ? and queued_at is not null {update};

-- name: presence-lock
select state, seen_at from presence where authority = ? and staff = ? {update};

-- name: offer-add
insert into contact_offer (authority, contact, staff, until) values (?, ?, ?, ?) on conflict do nothing;

-- name: offer-drop
delete from contact_offer where authority = ? and contact = ?;

-- name: offer-decline
-- Whoever is not available any more gives back what they were offered.
delete from contact_offer where authority = ? and staff = ?;
