package answer

import (
	"context"
	"encoding/json"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/store"
)

// The parts of an answer as the ledger names them.
const (
	PartContent = "content"
	PartArchive = "archive"
)

// contentRow is content as the ledger keeps it.
type contentRow struct {
	Name     string   `json:"name"`
	Shortcut string   `json:"shortcut"`
	Services []string `json:"services"`
	Text     body     `json:"text"`
	Review   string   `json:"review"`
}

// The values of PartArchive.
const (
	offered  = `"offered"`
	archived = `"archived"`
)

func change(one Answer, part, before, after string) ledger.Change {
	return ledger.Change{Thing: ledger.Thing{Kind: ledger.Answer, ID: one.ID, Part: part}, Services: one.Services, Before: before, After: after}
}

// contentValue is "" for the zero answer, which is before the first version.
func contentValue(a Answer) string {
	if a.ID == "" {
		return ""
	}
	row := contentRow{Name: a.Name, Shortcut: a.Shortcut, Services: append([]string{}, a.Services...), Text: body(a.Text), Review: string(a.Review)}
	out, _ := json.Marshal(row) // strings only
	return string(out)
}

func archiveValue(a Answer) string {
	if a.Archived.IsZero() {
		return offered
	}
	return archived
}

// Book is how the ledger reads and sets back ready answers.
func (a *Answers) Book() ledger.Book {
	return ledger.Book{Kind: ledger.Answer, Facts: facts, Restore: a.restore}
}

// restore makes an earlier content the newest version, or archives or offers an answer again. What the
// reader may change is decided by the caller.
func (a *Answers) restore(ctx context.Context, tx *store.Tx, pen ledger.Pen, t ledger.Thing, value string) error {
	now, err := get(ctx, tx, pen.Authority(), t.ID)
	if err != nil {
		return err
	}
	if t.Part == PartArchive {
		if archiveValue(now) == value {
			return nil
		}
		_, err := a.archive(ctx, tx, pen, now, value == archived)
		return err
	}
	c, err := readContent(value)
	if err != nil {
		return err
	}
	_, err = a.save(ctx, tx, pen, now, now.Version, c)
	return err
}

func readContent(value string) (Content, error) {
	var row contentRow
	err := json.Unmarshal([]byte(value), &row)
	return Content{Name: row.Name, Shortcut: row.Shortcut, Services: row.Services, Review: notice.Day(row.Review),
		Text: notice.Text(row.Text)}, err
}

// facts reads a value of a part, in the order in which a page shows it.
func facts(part, value string) (out []ledger.Fact, err error) {
	if value == "" {
		return nil, nil
	}
	if part == PartArchive {
		return []ledger.Fact{{Field: "archived", Value: value[1 : len(value)-1]}}, nil
	}
	c, err := readContent(value)
	put := func(f ledger.Fact) {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	put(ledger.Fact{Field: "name", Value: c.Name})
	put(ledger.Fact{Field: "shortcut", Value: c.Shortcut})
	for _, id := range c.Services {
		put(ledger.Fact{Field: "service", Item: id, Value: "yes"})
	}
	for _, lang := range notice.Languages() {
		put(ledger.Fact{Field: "text", Lang: lang, Value: c.Text.In(lang)})
	}
	put(ledger.Fact{Field: "review", Value: string(c.Review)})
	return out, err
}
