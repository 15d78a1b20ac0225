-- name: services
-- Every service of an authority, each in one row with its lists.
select id, notice, names, descriptions, topics, hours, holidays, languages, closed, closed_message, origins, routing
from service where authority = ? order by id;

-- name: service-put
insert into service (authority, id, notice, names, descriptions, topics, hours, holidays, languages, closed, closed_message, origins, routing)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (authority, id) do update set notice = excluded.notice, names = excluded.names,
  descriptions = excluded.descriptions, topics = excluded.topics, hours = excluded.hours,
  holidays = excluded.holidays, languages = excluded.languages, closed = excluded.closed,
  closed_message = excluded.closed_message, origins = excluded.origins, routing = excluded.routing;

-- name: service
-- One service, locked against another change until the transaction ends.
select id, notice, names, descriptions, topics, hours, holidays, languages, closed, closed_message, origins, routing
from service where authority = ? and id = ? {update};

-- name: service-waiting
-- How many wait in one queue.
select count(*) from contact where authority = ? and service = ? and lang = ? and queued_at is not null;

-- name: services-of-notice
select id from service where authority = ? and notice = ? order by id;
