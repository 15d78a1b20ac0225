-- +goose Up

-- Ready answers of an authority: its own texts, nothing about a person. Version is the newest one;
-- archived is a moment, 0 while the answer is offered. The shortcut stands here, too, so that two
-- answers that are offered cannot share one.
create table answer (
  authority text not null,
  id text not null,
  version bigint not null,
  shortcut text not null,
  archived bigint not null,
  primary key (authority, id)
);
create unique index answer_shortcut on answer (authority, shortcut) where shortcut <> '' and archived = 0;

-- Each saving of an answer, kept for good. Services are ids with commas between, '' for all of them;
-- body is JSON by language; review is a day or ''.
create table answer_version (
  authority text not null,
  answer text not null,
  version bigint not null,
  at bigint not null,
  name text not null,
  shortcut text not null,
  services text not null,
  body text not null,
  review text not null,
  primary key (authority, answer, version)
);

-- +goose Down
drop table answer_version;
drop table answer;
