-- name: services
-- Every service of an authority, each in one row with its lists.
select id, notice, names, descriptions, topics, hours, holidays, languages, closed, closed_message, origins, routing
from service where authority = ? order by id;

-- name: service-put
insert into service (authority, id, notice, names, descriptions, topics, hours, holidays, languages, closed, closed_message, origins)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (authority, id) do update set notice = excluded.notice, names = excluded.names,
  descriptions = excluded.descriptions, topics = excluded.topics, hours = excluded.hours,
  holidays = excluded.holidays, languages = excluded.languages, closed = excluded.closed,
  closed_message = excluded.closed_message, origins = excluded.origins;

-- name: service-hours
update service set hours = ? where authority = ? and id = ?;

-- name: service-holidays
update service set holidays = ? where authority = ? and id = ?;

-- name: service-closure
-- Closed is the moment of the closing in unix milliseconds, 0 while nobody has closed it by hand.
update service set closed = ?, closed_message = ? where authority = ? and id = ?;

-- name: service-origins
update service set origins = ? where authority = ? and id = ?;

-- name: service-routing
update service set routing = ? where authority = ? and id = ?;
