-- name: contact-start
insert into contact (authority, id, service, notice, notice_version, record, status, seq, lang, topic, advisers,
  token_hash, start_hash, started_at, queued_at, rank, place, last_at, unread,
  citizen_present, citizen_seen, citizen_delivered, adviser_seen, adviser_delivered)
values (?, ?, ?, ?, ?, ?, 'waiting', 1, ?, nullif(?, ''), 0, ?, ?, ?, ?, 1, ?, ?, 0, 1, 0, 0, 0, 0);

-- name: contact-start-again
-- The same start once more, because its answer was lost: a new token, as long as nothing was written.
update contact set token_hash = ?
where authority = ? and start_hash = ? and status = 'waiting' and seq = 1 and service = ? and started_at > ?
returning {contact};

-- name: contact-load
select {contact} from contact where authority = ? and id = ?;

-- name: contact-lock
select {contact} from contact where authority = ? and id = ? {update};

-- name: contact-own
-- The claim of a token and the row in one: a forged token finds nothing.
select {contact} from contact where authority = ? and id = ? and token_hash = ?;

-- name: post-citizen
-- Numbers, authorises and notes a citizen's message in one statement.
update contact set seq = seq + 1, last_at = ?, waiting_since = coalesce(waiting_since, ?), unread = unread + 1,
  idle_from = null, idle_warned_at = null
where authority = ? and id = ? and token_hash = ? and status in ('waiting', 'active')
returning seq, record, service, notice, notice_version, status, coalesce(lang, ''), coalesce(adviser, ''), coalesce(adviser_no, 0);

-- name: post-adviser
-- The same for an answer; the citizen's silence counts from it. Who may not read any more may not
-- write either: the role, its time and the commitment are looked at in the same statement.
update contact set seq = seq + 1, last_at = ?, waiting_since = null, unread = 0, idle_from = ?, idle_warned_at = null
where authority = ? and id = ? and adviser = ? and status = 'active'
  and {granted}
returning seq, record, service, notice, notice_version, status, coalesce(lang, ''), coalesce(adviser, ''), coalesce(adviser_no, 0);

-- name: post-note
-- By the adviser, or by whoever passed it on and still reads along, each under a number of their own.
update contact set seq = seq + 1, last_at = ?
where authority = ? and id = ? and status in ('active', 'closed') and (adviser = ? and {granted}
  or status = 'active' and {besides} and exists (select 1 from contact_handover h
    where h.authority = contact.authority and h.contact = contact.id and h.state = 'joined' and h.sender = ?))
returning seq, record, service, notice, notice_version, status, coalesce(lang, ''),
  case when adviser = ? then adviser else cast(? as text) end,
  case when adviser = ? then coalesce(adviser_no, 0) else coalesce((select h.sender_no from contact_handover h
    where h.authority = contact.authority and h.contact = contact.id), 0) end;

-- name: message-add
insert into message (authority, contact, n, at, kind, event, writer, masked, client, sealed)
values (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?);

-- name: message-of-client
-- What was answered to the same post before.
select n, at, masked from message where authority = ? and contact = ? and client = ?;

-- name: messages-after
-- A run of the timeline; the staff id is there until the contact is settled.
select m.n, m.at, m.kind, coalesce(m.event, ''), m.writer, m.masked, m.sealed, coalesce(a.staff, '')
from message m left join contact_adviser a on a.authority = m.authority and a.contact = m.contact and a.no = m.writer
where m.authority = ? and m.contact = ? and m.n > ? order by m.n limit ?;

-- name: messages-of
select n, sealed from message where authority = ? and contact = ? and sealed is not null order by n;

-- name: part-add
insert into contact_part (authority, contact, grp, part, record, sealed) values (?, ?, ?, ?, ?, ?);

-- name: parts-of
select grp, part, record, sealed from contact_part where authority = ? and contact = ? order by grp, part;

-- name: contact-of-record
select p.contact, case when c.record = p.record then 1 else 0 end
from contact_part p join contact c on c.authority = p.authority and c.id = p.contact
where p.authority = ? and p.record = ? and p.part = 1;

-- name: queue-head
-- Who has waited longest in a queue and is not offered to another adviser; a language of '' means all.
select id, rank, queued_at from contact
where authority = ? and service = ? and queued_at is not null and (? = '' or lang = ?) and not exists (
  select 1 from contact_offer o where o.authority = contact.authority and o.contact = contact.id and o.staff <> ? and o.until > ?)
order by rank, queued_at, id limit 1;

-- name: contact-take
-- Of two at once one finds it waiting; while it is offered to one adviser no other does.
update contact set status = 'active', seq = seq + 1, adviser = ?, adviser_no = advisers + 2, advisers = advisers + 1,
  taken_at = coalesce(taken_at, ?), queued_at = null, last_at = ?, waiting_since = coalesce(waiting_since, ?)
where authority = ? and id = ? and status = 'waiting' and not exists (
  select 1 from contact_offer o where o.authority = contact.authority and o.contact = contact.id and o.staff <> ? and o.until > ?)
returning {contact};

-- name: adviser-add
insert into contact_adviser (authority, contact, no, staff) values (?, ?, ?, ?);

-- name: contact-pass
update contact set seq = seq + ?, adviser = ?, adviser_no = advisers + 2, advisers = advisers + 1, last_at = ?,
  idle_from = null, idle_warned_at = null
where authority = ? and id = ? and adviser = ? and status = 'active'
  and {granted}
returning {contact};

-- name: contact-asks
-- Only the adviser asks, and only of a contact that runs; a note takes a number.
update contact set seq = seq + ?, last_at = ?
where authority = ? and id = ? and adviser = ? and status = 'active'
  and {granted}
returning {contact};

-- name: handover-add
-- Of two at once one is written.
insert into contact_handover (authority, contact, state, sender, sender_no, receiver, reason, at) values (?, ?, ?, ?, ?, ?, ?, ?);

-- name: handover-of
select {handover} where h.authority = ? and h.contact = ?;

-- name: handovers-with
-- What a member of staff gives or is given.
select {handover} where h.authority = ? and h.receiver = ?
union all
select {handover} where h.authority = ? and h.sender = ?;

-- name: handover-joined
update contact_handover set state = 'joined', at = ? where authority = ? and contact = ?;

-- name: handover-end
delete from contact_handover where authority = ? and contact = ?;

-- name: handover-seen
-- Whoever was given a contact has looked at it.
delete from contact_handover where authority = ? and contact = ? and receiver = ? and state = 'given';

-- name: sweep-handovers
-- Requests that nobody answered in time or whose receiver has gone, and joint readings whose sender has.
select h.authority, h.contact, '' from contact_handover h
left join presence r on r.authority = h.authority and r.staff = h.receiver
left join presence s on s.authority = h.authority and s.staff = h.sender
where h.state = 'asked' and (h.at < ? or r.seen_at is null or r.seen_at < ? or r.state = 'gone')
  or h.state = 'joined' and (s.seen_at is null or s.seen_at < ? or s.state = 'gone')
limit 200;

-- name: contact-join
-- The receiver has it from here on, if the sender still asks.
update contact set seq = seq + 1, adviser = ?, adviser_no = advisers + 2, advisers = advisers + 1, last_at = ?,
  idle_from = null, idle_warned_at = null
where authority = ? and id = ? and status = 'active' and exists (select 1 from contact_handover h
  where h.authority = contact.authority and h.contact = contact.id and h.state = 'asked' and h.receiver = ? and h.sender = contact.adviser)
returning {contact};

-- name: contact-return
-- Back to whom it came from, under the number that they had.
update contact set seq = seq + 1, adviser = ?, adviser_no = ?, last_at = ?, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and adviser = ? and status = 'active' and not exists (
  select 1 from presence p where p.authority = contact.authority and p.staff = contact.adviser and p.seen_at >= ?)
returning {contact};

-- name: contact-reassign
update contact set status = 'active', seq = seq + 1, adviser = ?, adviser_no = advisers + 2, advisers = advisers + 1,
  taken_at = coalesce(taken_at, ?), queued_at = null, last_at = ?, idle_from = null, idle_warned_at = null,
  waiting_since = case when status = 'waiting' then coalesce(waiting_since, ?) else waiting_since end
where authority = ? and id = ? and status in ('waiting', 'active')
returning {contact};

-- name: contact-queue
-- Back to the front: who has been served before does not wait twice.
update contact set status = 'waiting', seq = seq + ?, service = ?, adviser = null, adviser_no = null, rank = 0,
  queued_at = ?, last_at = ?, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and adviser = ? and status = 'active'
  and {granted}
returning {contact};

-- name: contact-close
update contact set status = 'closed', seq = seq + 1, closed_at = ?, closed_by = ?, topic = coalesce(nullif(?, ''), topic),
  outcome = ?, last_at = ?, queued_at = null, waiting_since = null, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and status = 'active' and adviser = ?
  and {granted}
returning {contact};

-- name: contact-end
-- By the citizen; one who was never served has left.
update contact set status = 'closed', seq = seq + 1, closed_at = ?, closed_by = 'citizen',
  outcome = case when taken_at is null then 'left' else null end,
  last_at = ?, queued_at = null, waiting_since = null, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and token_hash = ? and status in ('waiting', 'active')
returning {contact};

-- name: contact-classify
-- Topic and outcome of a contact that closed without its adviser.
update contact set topic = coalesce(nullif(?, ''), topic), outcome = ?
where authority = ? and id = ? and adviser = ? and status = 'closed'
  and {granted}
returning {contact};

-- name: contact-reopen
update contact set status = 'active', seq = seq + 1, closed_at = null, closed_by = null, outcome = null, last_at = ?
where authority = ? and id = ? and adviser = ? and status = 'closed' and closed_at > ? and closed_by <> 'abusive'
returning {contact};

-- name: citizen-left
-- What has closed gets no more lines, but if it is reopened it is known who is there.
update contact set citizen_present = 0, citizen_left_at = ?, seq = seq + case when status = 'closed' then 0 else 1 end
where authority = ? and id = ? and token_hash = ? and citizen_present = 1 and status in ('waiting', 'active', 'closed')
returning {contact};

-- name: citizen-back
update contact set citizen_present = 1, citizen_left_at = null, seq = seq + case when status = 'closed' then 0 else 1 end
where authority = ? and id = ? and token_hash = ? and citizen_present = 0 and status in ('waiting', 'active', 'closed')
returning {contact};

-- name: citizens-present
-- Whose citizens are noted as there: those that wait, and those that are or were assigned.
select authority, id, '' from contact where queued_at is not null and citizen_present = 1
union all
select authority, id, '' from contact where adviser is not null and citizen_present = 1 limit 200;

-- name: citizen-away
-- As citizen-left, without the citizen's claim.
update contact set citizen_present = 0, citizen_left_at = ?, seq = seq + case when status = 'closed' then 0 else 1 end
where authority = ? and id = ? and citizen_present = 1 and status <> 'settled'
returning {contact};

-- name: citizen-stay
-- Only an answer to a warning changes anything.
update contact set idle_from = ?, idle_warned_at = null
where authority = ? and id = ? and token_hash = ? and idle_warned_at is not null and status = 'active'
returning {contact};

-- name: citizen-seen
update contact set citizen_seen = ?, citizen_delivered = case when citizen_delivered < ? then ? else citizen_delivered end
where authority = ? and id = ? and token_hash = ? and citizen_seen < ? and seq >= ?
returning coalesce(adviser, '');

-- name: citizen-delivered
update contact set citizen_delivered = ?
where authority = ? and id = ? and token_hash = ? and citizen_delivered < ? and seq >= ?
returning coalesce(adviser, '');

-- name: adviser-seen
update contact set adviser_seen = ?, adviser_delivered = case when adviser_delivered < ? then ? else adviser_delivered end,
  unread = case when seq = ? then 0 else unread end
where authority = ? and id = ? and adviser = ? and adviser_seen < ? and seq >= ?
returning coalesce(adviser, '');

-- name: adviser-delivered
update contact set adviser_delivered = ?
where authority = ? and id = ? and adviser = ? and adviser_delivered < ? and seq >= ?
returning coalesce(adviser, '');

-- name: sweep-gone
-- Active contacts whose adviser has not been seen for a while.
select c.authority, c.id, c.adviser from contact c
left join presence p on p.authority = c.authority and p.staff = c.adviser
where c.adviser is not null and c.status = 'active' and (p.seen_at is null or p.seen_at < ?) limit 200;

-- name: sweep-ungranted
-- Advisers with active contacts that no grant of theirs reaches any more.
select distinct authority, '', adviser from contact
where adviser is not null and status = 'active' and not {granted} limit 200;

-- name: sweep-warn
select authority, id, '' from contact
where idle_from is not null and idle_from <= ? and idle_warned_at is null and status = 'active' limit 200;

-- name: sweep-idle
select authority, id, '' from contact
where idle_from is not null and idle_warned_at <= ? and status = 'active' limit 200;

-- name: sweep-left
select authority, id, '' from contact
where citizen_left_at is not null and citizen_left_at <= ? and status = 'waiting' limit 200;

-- name: queues-waiting
-- Queues in which somebody waits.
select distinct authority, service, '' from contact where queued_at is not null;

-- name: sweep-hours
select authority, id, '' from contact where authority = ? and service = ? and queued_at is not null limit 200;

-- name: contact-after-hours
update contact set status = 'closed', seq = seq + 1, closed_at = ?, closed_by = 'hours', outcome = 'left', last_at = ?,
  queued_at = null, waiting_since = null
where authority = ? and id = ? and status = 'waiting'
returning {contact};

-- name: contact-warn
update contact set idle_warned_at = ?, seq = seq + 1
where authority = ? and id = ? and idle_from is not null and idle_from <= ? and idle_warned_at is null and status = 'active'
returning {contact};

-- name: contact-idle
update contact set status = 'closed', seq = seq + 1, closed_at = ?, closed_by = 'idle', last_at = ?,
  waiting_since = null, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and idle_from is not null and idle_warned_at <= ? and status = 'active'
returning {contact};

-- name: contact-abandon
update contact set status = 'closed', seq = seq + 1, closed_at = ?, closed_by = 'left', outcome = 'left', last_at = ?,
  queued_at = null, waiting_since = null
where authority = ? and id = ? and citizen_left_at is not null and citizen_left_at <= ? and status = 'waiting'
returning {contact};

-- name: contact-gone
-- The adviser is looked at once more: a sign of life in between keeps the contact where it is.
update contact set status = 'waiting', seq = seq + 1, adviser = null, adviser_no = null, rank = 0, queued_at = ?,
  last_at = ?, idle_from = null, idle_warned_at = null
where authority = ? and id = ? and adviser = ? and status = 'active' and not exists (
  select 1 from presence p where p.authority = contact.authority and p.staff = contact.adviser and p.seen_at >= ?)
returning {contact};

-- name: assigned-to
-- Their active contacts, with the services.
select id, service from contact where authority = ? and adviser = ? and status = 'active';

-- name: citizen-helped
-- The question at the end is answered once; whoever was never served is not asked.
update contact set helped = 1
where authority = ? and id = ? and token_hash = ? and status = 'closed' and helped is null
  and taken_at is not null and closed_by <> 'abusive'
returning {contact};

-- name: settle-due
select id from contact where closed_at is not null and authority = ? and closed_at <= ? and status = 'closed' limit 200;

-- name: settle-first
-- When the first of those closed that have not been counted yet; 0 where none is.
select coalesce(min(closed_at), 0) from contact where authority = ? and closed_at is not null and status = 'closed';

-- name: contact-settle
-- What the notice declares has been sealed in this transaction; the rest of the plain columns ends here.
update contact set status = 'settled', lang = null, topic = null, outcome = null, closed_by = null, adviser = null,
  adviser_no = null, token_hash = null, start_hash = null, started_at = null, queued_at = null, place = null,
  taken_at = null, last_at = null, waiting_since = null, idle_from = null, idle_warned_at = null,
  citizen_left_at = null, closed_at = null, citizen_present = 0, unread = 0, helped = null
where authority = ? and id = ? and status = 'closed';

-- name: advisers-clear
delete from contact_adviser where authority = ? and contact = ?;

-- name: clients-clear
-- A settled contact takes no post, so no digest is needed to know one again.
update message set client = null where authority = ? and contact = ? and client is not null;

-- name: unsettled
-- Of the rows of a bucket that ends: those that are not closed for good, with what their time counts from.
select status, coalesce(closed_at, 0) from contact where authority = ? and id = ? and status <> 'settled';

-- name: messages-delete
delete from message where authority = ? and contact = ?;

-- name: parts-delete
delete from contact_part where authority = ? and record = ?;

-- name: contact-delete
-- Unless another group of it still lives.
delete from contact where authority = ? and id = ?
  and not exists (select 1 from contact_part p where p.authority = contact.authority and p.contact = contact.id);

-- name: messages-reclaim
delete from message where authority = ? and contact = ? and n in (
  select n from message where authority = ? and contact = ? order by n limit ?);
