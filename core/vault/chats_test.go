package vault

import (
	"context"
	"fmt"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/store"
)

// testNotices are two services with different rules, and the audit log's register.
func testNotices() []*notice.Notice {
	return []*notice.Notice{adviceNotice(1), guardianNotice(), auditNoticeOf()}
}

func adviceNotice(version int) *notice.Notice {
	rule := func(role, purpose string, relation notice.Relation, reason bool) notice.Rule {
		return notice.Rule{Role: role, Groups: []string{"event"}, Purposes: []string{purpose}, Relation: relation, Reason: reason}
	}
	return &notice.Notice{
		ID: "advice", Version: version, ValidFrom: "2026-01-01", Channels: []string{"chat"},
		Purposes: []notice.Purpose{{ID: "answer"}, {ID: "return"}, {ID: "quality"}, {ID: "marketing"},
			{ID: "rights_fulfilment", DPV: rightsFulfilment}},
		ProhibitedPurposes: []notice.Prohibited{{ID: "marketing"}},
		Groups: []notice.Group{{
			ID: "event", Keep: notice.Keep{For: notice.Period{Years: 2}, Bound: notice.AtMost, From: "contact.closed"},
			Holds: []notice.Hold{{ID: "complaint", For: notice.Period{Years: 3}, From: "contact.closed"},
				{ID: "quality", For: notice.Period{Years: 4}, From: "contact.closed"}},
			Fields: []notice.Field{{No: 1, ID: "text", Type: notice.TypeText}, {No: 2, ID: "email", Type: notice.TypeEmail},
				{No: 7, ID: "note", Type: notice.TypeText}, {No: 200, ID: "reference_code", Type: notice.TypeIdentifier}},
		}},
		Access: []notice.Rule{
			rule(access.RoleAdviser, "answer", notice.Assigned, false),
			rule(access.RoleAdviser, "return", notice.Any, true),
			rule(access.RoleAdviser, "marketing", notice.Any, false),
			rule(access.RoleSubject, "answer", notice.Own, false),
			rule(access.RoleRegistryClerk, "rights_fulfilment", notice.Any, true),
			rule(access.RoleLead, "quality", notice.Any, true),
		},
	}
}

func guardianNotice() *notice.Notice {
	return &notice.Notice{
		ID: "guardianship", Version: 1, ValidFrom: "2026-01-01", Channels: []string{"chat"},
		Purposes: []notice.Purpose{{ID: "answer"}},
		Groups: []notice.Group{{
			ID: "conversation", Keep: notice.Keep{For: notice.Period{Months: 2}, Bound: notice.AtMost, From: "contact.closed"},
			Fields: []notice.Field{{No: 1, ID: "text", Type: notice.TypeText}},
		}},
		Access: []notice.Rule{
			{Role: access.RoleAdviser, Groups: []string{"conversation"}, Purposes: []string{"answer"}, Relation: notice.Assigned},
			{Role: access.RoleSubject, Groups: []string{"conversation"}, Purposes: []string{"answer"}, Relation: notice.Own},
		},
	}
}

func auditNoticeOf() *notice.Notice {
	return &notice.Notice{
		ID: auditNotice, Version: 1, ValidFrom: "2026-01-01", Channels: []string{"audit"},
		Purposes: []notice.Purpose{{ID: "oversight"}},
		Groups: []notice.Group{{ID: auditGroup, Keep: notice.Keep{For: notice.Period{Years: 5}, Bound: notice.AtMost, From: "entry.written"},
			Fields: []notice.Field{{No: 1, ID: "actor"}}}},
		Access: []notice.Rule{{Role: access.RoleOfficer, Groups: []string{auditGroup}, Purposes: []string{"oversight"}, Relation: notice.Any, Reason: true}},
	}
}

// chats is a package that stores sealed rows.
type chats struct{ w *world }

// chat is a conversation of a test.
type chat struct {
	id     string
	record RecordID
	n      int64
}

// open begins a conversation of dvv under a notice, assigned to adviser.
func (c *chats) open(noticeID, group string) *chat {
	c.w.t.Helper()
	ch := &chat{id: store.NewID("c_")}
	c.w.write(func(ctx context.Context, tx *store.Tx) error { return c.create(ctx, tx, ch, noticeID, group) })
	return ch
}

func (c *chats) advice() *chat { c.w.t.Helper(); return c.open("advice", "event") }

func (c *chats) guardianship() *chat { c.w.t.Helper(); return c.open("guardianship", "conversation") }

func (c *chats) create(ctx context.Context, tx *store.Tx, ch *chat, noticeID, group string) (err error) {
	ch.record, err = c.w.v.Create(ctx, tx, Birth{Authority: "dvv", Notice: noticeID, Group: group, Type: "chat", Row: ch.id})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, chatQueries.Get("chat-add"), "dvv", ch.id, string(ch.record), "advice", adviser.ID)
	return err
}

// say stores one message.
func (c *chats) say(ch *chat, text string) {
	c.w.t.Helper()
	c.w.write(func(ctx context.Context, tx *store.Tx) error { return c.post(ctx, tx, ch, Value{"text", text}) })
}

// post is the message path: three statements here, and the contact's update in the real one.
func (c *chats) post(ctx context.Context, tx *store.Tx, ch *chat, values ...Value) error {
	w, err := c.w.v.Writer(ctx, tx, "dvv", ch.record)
	if err != nil {
		return err
	}
	n := ch.n + 1
	s, err := w.Seal(rowOf(ch.id, n), values)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, chatQueries.Get("message-add"), "dvv", ch.id, n, string(ch.record), s); err != nil {
		return err
	}
	tx.OnCommit(func() { ch.n = n })
	_, err = c.w.v.Push(ctx, tx, w, rowOf(ch.id, n), n, values)
	return err
}

func rowOf(chat string, n int64) string { return fmt.Sprintf("%s/%d", chat, n) }

// rows reads a conversation's sealed messages.
func (c *chats) rows(ctx context.Context, tx *store.Tx, authority string, ch *chat) ([]Sealed, error) {
	return store.Select(ctx, tx, chatQueries.Get("messages"), func(scan func(...any) error) (Sealed, error) {
		var n int64
		var record string
		var sealed []byte
		err := scan(&n, &record, &sealed)
		return FromRow(authority, RecordID(record), rowOf(ch.id, n), sealed), err
	}, "dvv", ch.id)
}

// texts opens a conversation through the gate and returns its messages.
func (c *chats) texts(caller access.Caller, purpose string, ch *chat, why string) (texts []string, err error) {
	var opened []*Opened
	err = c.w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		rows, err := c.rows(ctx, tx, caller.Authority, ch)
		if err != nil {
			return err
		}
		opened, err = c.w.v.OpenAll(ctx, tx, caller, purpose, rows, Why{Reason: why})
		return err
	})
	for _, o := range opened {
		text, _ := o.Text("text")
		texts = append(texts, text)
	}
	return texts, err
}

func (c *chats) close(ch *chat, at time.Time) {
	c.w.t.Helper()
	c.w.write(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, chatQueries.Get("chat-close"), at.UnixMilli(), "dvv", ch.id); err != nil {
			return err
		}
		return c.w.v.Settle(ctx, tx, "dvv", ch.record, at, "settled")
	})
}

// binding is how the vault reaches chats.
func (c *chats) binding() Binding {
	return Binding{
		Type: "chat",
		Groups: func(n *notice.Notice) []string {
			if !slices.Contains(n.Channels, "chat") {
				return nil
			}
			return []string{n.Groups[0].ID}
		},
		Relate: c.relate, Find: c.find, Move: c.move,
		Export:  func(context.Context, *store.Tx, string, string) ([]Value, error) { return nil, nil },
		Erase:   c.erase,
		Reclaim: c.reclaim,
		Strays: func(ctx context.Context, tx *store.Tx, authority string) (n int64, err error) {
			return n, tx.Row(ctx, chatQueries.Get("messages-stray"), authority).Scan(&n)
		},
	}
}

func (c *chats) relate(ctx context.Context, tx *store.Tx, caller access.Caller, row string) (access.Relation, string, error) {
	var service, assigned string
	if err := tx.Row(ctx, chatQueries.Get("chat-get"), caller.Authority, row).Scan(&service, &assigned); err != nil {
		return access.Unrelated, "", err
	}
	switch {
	case caller.Kind == access.Staff && caller.ID == assigned:
		return access.Assigned, service, nil
	case caller.Kind == access.Subject && caller.ID == row:
		return access.Own, service, nil
	}
	return access.Unrelated, service, nil
}

func (c *chats) find(ctx context.Context, tx *store.Tx, authority string, record RecordID) ([]Sealed, error) {
	return store.Select(ctx, tx, chatQueries.Get("messages-of"), func(scan func(...any) error) (Sealed, error) {
		var id string
		var n int64
		var sealed []byte
		err := scan(&id, &n, &sealed)
		return FromRow(authority, record, rowOf(id, n), sealed), err
	}, authority, string(record))
}

func (c *chats) move(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error) {
	open := map[string]time.Time{}
	for _, row := range rows {
		var closed int64
		if err := tx.Row(ctx, chatQueries.Get("chat-closed"), authority, row).Scan(&closed); err != nil {
			return nil, err
		}
		open[row] = now
		if closed != 0 { // closed, and may be reopened until it is settled
			open[row] = time.UnixMilli(closed)
		}
	}
	return open, nil
}

func (c *chats) erase(ctx context.Context, tx *store.Tx, authority string, records []RecordID) error {
	for _, id := range records {
		for _, q := range []string{"messages-drop", "chat-drop"} {
			if _, err := tx.Exec(ctx, chatQueries.Get(q), authority, string(id)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *chats) reclaim(ctx context.Context, tx *store.Tx, authority string, records []RecordID, limit int) (total int64, err error) {
	for _, id := range records {
		for _, q := range []string{"messages-drop", "chat-drop"} {
			n, err := tx.Exec(ctx, chatQueries.Get(q), authority, string(id))
			if total += n; err != nil {
				return total, err
			}
		}
	}
	return min(total, int64(limit)-1), nil
}

// auditBinding lets the audit's records be reclaimed; the tests' entries stay.
func auditBinding() Binding {
	return Binding{
		Type: TypeAudit,
		Groups: func(n *notice.Notice) []string {
			if n.ID != auditNotice {
				return nil
			}
			return []string{auditGroup}
		},
		Relate: func(context.Context, *store.Tx, access.Caller, string) (access.Relation, string, error) {
			return access.Unrelated, "", nil
		},
		Find:   func(context.Context, *store.Tx, string, RecordID) ([]Sealed, error) { return nil, nil },
		Export: func(context.Context, *store.Tx, string, string) ([]Value, error) { return nil, nil },
		Move: func(context.Context, *store.Tx, string, []string, time.Time) (map[string]time.Time, error) {
			return nil, nil
		},
		Erase:   func(context.Context, *store.Tx, string, []RecordID) error { return nil },
		Reclaim: func(context.Context, *store.Tx, string, []RecordID, int) (int64, error) { return 0, nil },
	}
}
