-- name: request-add
insert into rights_request (authority, id, record, applicant, status, register, lang, received_at, due, extended)
values (?, ?, ?, ?, 'received', ?, ?, ?, ?, 0);

-- name: request-get
select {request} from rights_request where authority = ? and id = ?;

-- name: request-lock
-- Nobody else changes the request until the transaction ends.
select {request} from rights_request where authority = ? and id = ? {update};

-- name: request-of-copy
select {request} from rights_request where authority = ? and copy = ?;

-- name: requests-open
-- Requests that are not over and stand behind one of a day and an id, the one that is due first at the top.
select {request} from rights_request where authority = ? and status <> 'settled' and (due, id) > (?, ?) order by due, id limit ?;

-- name: request-accept
update rights_request set status = 'accepted' where authority = ? and id = ?;

-- name: request-extend
update rights_request set due = ?, extended = 1, told = ? where authority = ? and id = ?;

-- name: request-told
update rights_request set told = ? where authority = ? and id = ? and told = 'mailing';

-- name: request-take
update rights_request set status = 'working', official = ? where authority = ? and id = ?;

-- name: request-give-back
update rights_request set status = 'accepted', official = null where authority = ? and id = ?;

-- name: request-found
-- What a search found: a new draft, or nothing.
update rights_request set status = 'working', copy = ?, ends = ?, outcome = null where authority = ? and id = ?;

-- name: request-ready
update rights_request set status = 'ready', outcome = ? where authority = ? and id = ?;

-- name: request-close
update rights_request set status = 'closed', outcome = ?, closed_at = ? where authority = ? and id = ?;

-- name: request-settle
-- What was plain is emptied; the sealed parts live on for their time.
update rights_request set status = 'settled', register = null, lang = null, received_at = null, due = null, official = null,
  copy = null, ends = null, outcome = null, closed_at = null, told = ''
where authority = ? and id = ?;

-- name: requests-status
-- What retention asks of those that were not settled.
select status, coalesce(closed_at, 0) from rights_request where authority = ? and id = ?;

-- name: requests-over
-- Closed requests whose answer has been fetched or can no longer be.
select {request} from rights_request r where authority = ? and status <> 'settled' and status = 'closed'
  and not exists (select 1 from rights_delivery d where d.authority = r.authority and d.request = r.id and d.state = 'open' and d.ends_at > ?)
order by id limit 200;

-- name: part-add
insert into rights_part (authority, request, grp, part, record, sealed) values (?, ?, ?, ?, ?, ?);

-- name: parts-of
select part, record, sealed from rights_part where authority = ? and request = ? and grp = ? order by part;

-- name: parts-of-record
select request, grp, part, sealed from rights_part where authority = ? and record = ? order by part;

-- name: parts-delete
delete from rights_part where authority = ? and record = ?;

-- name: request-delete
-- The request goes with the last of its parts.
delete from rights_request where authority = ? and record = ?
  and not exists (select 1 from rights_part p where p.authority = rights_request.authority and p.request = rights_request.id);

-- name: request-delete-applicant
-- The same where who asks ended last.
delete from rights_request where authority = ? and applicant = ?
  and not exists (select 1 from rights_part p where p.authority = rights_request.authority and p.request = rights_request.id);

-- name: parts-stray
select count(*) from rights_part p left join vault_record r on r.authority = p.authority and r.id = p.record
where p.authority = ? and r.id is null;

-- name: item-add
insert into rights_item (authority, copy, n, part, record, thing, field, written_at, writer, decision, ground, sealed)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: items-of
select n, part, record, thing, field, written_at, writer, decision, ground, sealed
from rights_item where authority = ? and copy = ? order by n, part;

-- name: item-get
select n, part, record, thing, field, written_at, writer, decision, ground, sealed
from rights_item where authority = ? and copy = ? and n = ? and part = 0;

-- name: item-decide
update rights_item set decision = ?, ground = ? where authority = ? and copy = ? and n = ? and part = 0;

-- name: item-uncover
delete from rights_item where authority = ? and copy = ? and n = ? and part = 1;

-- name: items-empty
-- What is not given is no longer there.
update rights_item set sealed = null where authority = ? and copy = ? and part = 0 and decision in ('covered', 'left_out');

-- name: items-of-record
select copy, n, part, sealed from rights_item where authority = ? and record = ? and sealed is not null order by n, part;

-- name: items-delete
delete from rights_item where authority = ? and record = ?;

-- name: items-reclaim
delete from rights_item where authority = ? and record = ? and (n, part) in (
  select n, part from rights_item where authority = ? and record = ? order by n, part limit ?);

-- name: items-lost
-- Records of drafts that no request has: a search was made anew and the program died before the end.
select distinct i.record from rights_item i where i.authority = ?
  and not exists (select 1 from rights_request q where q.authority = i.authority and q.copy = i.copy) limit 200;

-- name: items-stray
select count(*) from rights_item i left join vault_record r on r.authority = i.authority and r.id = i.record
where i.authority = ? and r.id is null;

-- name: delivery-add
insert into rights_delivery (authority, link, request, code, state, tries, opened, made_at, ends_at)
values (?, ?, ?, ?, 'open', 0, 0, ?, ?);

-- name: delivery-get
-- Locked: two tries are counted one after the other.
select request, code, state, tries, opened, ends_at from rights_delivery where authority = ? and link = ? {update};

-- name: delivery-of
-- The newest link of a request.
select state, opened, ends_at from rights_delivery where authority = ? and request = ? order by made_at desc, link limit 1;

-- name: delivery-try
update rights_delivery set tries = ?, state = ? where authority = ? and link = ?;

-- name: delivery-opened
update rights_delivery set opened = ?, ends_at = ?, state = ? where authority = ? and link = ?;

-- name: deliveries-end
update rights_delivery set state = 'ended' where authority = ? and request = ? and state = 'open';

-- name: deliveries-drop
delete from rights_delivery where authority = ? and request = ?;
