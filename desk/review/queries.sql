-- name: pool
-- Settled contacts of a service in which an adviser answered, whose last line is from a span of time and
-- that lie in no sample: each with its first line's moment and its last one's.
select c.id, f.at, l.at from contact c
join message f on f.authority = c.authority and f.contact = c.id and f.n = 1
join message l on l.authority = c.authority and l.contact = c.id and l.n = c.seq
where c.authority = ? and c.service = ? and c.status = 'settled' and l.at >= ? and l.at <= ?
  and exists (select 1 from message a where a.authority = c.authority and a.contact = c.id and a.kind = 'adviser')
  and not exists (select 1 from sample_item i where i.authority = c.authority and i.contact = c.id);

-- name: sample-last
-- When a reviewer last had a sample drawn, of a service and for a purpose.
select coalesce(max(drawn_at), 0) from sample where authority = ? and staff = ? and service = ? and purpose = ?;

-- name: sample-add
insert into sample (authority, id, record, staff, service, purpose, drawn_at) values (?, ?, ?, ?, ?, ?, ?);

-- name: item-add
insert into sample_item (authority, sample, no, contact, state) values (?, ?, ?, ?, 'open');

-- name: samples-of
select id, service, purpose, drawn_at from sample where authority = ? and staff = ? order by drawn_at desc, id;

-- name: sample
-- Another reviewer's is not there.
select service, purpose, drawn_at from sample where authority = ? and id = ? and staff = ?;

-- name: items
select i.no, coalesce(i.contact, ''), i.state, coalesce(t.id, '') from sample_item i
left join training t on t.authority = i.authority and t.contact = i.contact
where i.authority = ? and i.sample = ? order by i.no;

-- name: sample-holds
select count(*) from sample s join sample_item i on i.authority = s.authority and i.sample = s.id
where s.authority = ? and s.id = ? and s.staff = ? and i.contact = ?;

-- name: item-mark
-- Once, and while its conversation is there.
update sample_item set state = 'marked' where authority = ? and sample = ? and no = ? and state = 'open' and contact is not null;

-- name: items-forget
update sample_item set contact = null, state = case when state = 'open' then 'gone' else state end
where authority = ? and contact = ?;

-- name: sample-row
select staff, service, purpose, drawn_at from sample where authority = ? and id = ?;

-- name: sample-items-delete
delete from sample_item where authority = ? and sample in (select id from sample where authority = ? and record = ?);

-- name: sample-delete
delete from sample where authority = ? and record = ?;

-- name: training-add
insert into training (authority, id, service, contact) values (?, ?, ?, ?);

-- name: training-hide
insert into training_hidden (authority, training, line, word) values (?, ?, ?, ?);

-- name: trainings
select id, service, contact from training where authority = ? order by id;

-- name: training
select id, service, contact from training where authority = ? and id = ?;

-- name: training-words
select line, word from training_hidden where authority = ? and training = ? order by line, word;

-- name: training-words-delete
delete from training_hidden where authority = ? and training = ?;

-- name: training-delete
delete from training where authority = ? and id = ?;

-- name: training-of
select id, service, contact from training where authority = ? and contact = ?;
