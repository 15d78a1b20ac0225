-- name: answers
-- Every answer of an authority as its newest version has it.
select a.id, a.version, a.archived, v.at, v.name, v.shortcut, v.services, v.body, v.review
from answer a join answer_version v on v.authority = a.authority and v.answer = a.id and v.version = a.version
where a.authority = ? order by a.id;

-- name: answer
select a.id, a.version, a.archived, v.at, v.name, v.shortcut, v.services, v.body, v.review
from answer a join answer_version v on v.authority = a.authority and v.answer = a.id and v.version = a.version
where a.authority = ? and a.id = ?;

-- name: versions
-- Every version of one answer, the newest first.
select a.id, v.version, a.archived, v.at, v.name, v.shortcut, v.services, v.body, v.review
from answer a join answer_version v on v.authority = a.authority and v.answer = a.id
where a.authority = ? and a.id = ? order by v.version desc;

-- name: count
select count(*) from answer where authority = ?;

-- name: make
insert into answer (authority, id, version, shortcut, archived) values (?, ?, 1, ?, 0);

-- name: next
-- Touches nothing when somebody else has saved since the given version.
update answer set version = version + 1, shortcut = ? where authority = ? and id = ? and version = ?;

-- name: keep
insert into answer_version (authority, answer, version, at, name, shortcut, services, body, review)
values (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: archive
update answer set archived = ? where authority = ? and id = ?;
