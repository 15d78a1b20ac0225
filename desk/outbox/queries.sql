-- name: outbox-add
insert into outbox (authority, id, contact, about, state, reason, attempts, next_at, ordered_at, done_at, message_id, lang, record, sealed)
values (?, ?, ?, ?, 'waiting', '', 0, ?, ?, 0, ?, ?, ?, ?);

-- name: outbox-ordered
-- How many a contact has ordered, and how many of them wait.
select count(*), coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0) from outbox where authority = ? and contact = ?;

-- name: outbox-latest
select state, reason, ordered_at from outbox where authority = ? and contact = ? order by ordered_at desc, id desc limit 1;

-- name: outbox-due
select authority, id from outbox where state = 'waiting' and next_at <= ? order by next_at limit 200;

-- name: outbox-waiting
-- How many mails of an authority wait, and since when the oldest does.
select count(*), coalesce(min(ordered_at), 0) from outbox where authority = ? and state = 'waiting';

-- name: outbox-claim
-- Of two programs one finds it due: the other sees the time that the first has set.
update outbox set attempts = attempts + 1, next_at = ?
where authority = ? and id = ? and state = 'waiting' and next_at <= ?
returning authority, id, contact, about, attempts, ordered_at, message_id, coalesce(lang, ''), coalesce(record, ''), sealed;

-- name: outbox-postpone
update outbox set next_at = ? where authority = ? and id = ? and state = 'waiting' and attempts = ?;

-- name: outbox-sent
-- Whoever claimed it meanwhile: the server has it.
update outbox set state = 'sent', done_at = ?, lang = null, record = null, sealed = null
where authority = ? and id = ? and state = 'waiting';

-- name: outbox-give-up
update outbox set state = 'given_up', reason = ?, done_at = ?, lang = null, record = null, sealed = null
where authority = ? and id = ? and state = 'waiting' and attempts = ?;

-- name: outbox-of-record
select id, sealed from outbox where authority = ? and record = ? and sealed is not null;

-- name: outbox-contact-of
select contact from outbox where authority = ? and id = ?;

-- name: outbox-clear
-- The address ends; the worker then finds nothing to send and gives up.
update outbox set record = null, sealed = null, lang = null where authority = ? and record = ?;

-- name: outbox-abandoned
-- What was ordered so long ago that whoever drains the outbox would have given it up.
select authority, id, contact, about, attempts, ordered_at, message_id, coalesce(lang, ''), coalesce(record, ''), sealed
from outbox where authority = ? and state = 'waiting' and ordered_at < ? order by ordered_at limit 200;

-- name: outbox-forget
delete from outbox where authority = ? and state <> 'waiting' and done_at < ?;

-- name: outbox-strays
select count(*) from outbox o where o.authority = ? and o.record is not null
  and not exists (select 1 from vault_record r where r.authority = o.authority and r.id = o.record);

-- name: mail-count
insert into fact_mail (authority, day, outcome, n) values (?, ?, ?, 1)
on conflict (authority, day, outcome) do update set n = fact_mail.n + 1;

-- name: mail-counts
select day, outcome, n from fact_mail where authority = ? and day >= ? and day <= ? order by day, outcome;
