package chat

import (
	"sync"

	"luukku/core/vault"
	"luukku/desk/contact"
)

// readings are the reading sessions that run on this node, by their readers.
type readings struct {
	mu  *sync.Mutex
	all map[readingKey]vault.Reading
}

type readingKey struct{ authority, kind, caller, contact string }

func newReadings() readings {
	return readings{&sync.Mutex{}, map[readingKey]vault.Reading{}}
}

// Pushed takes what vault hands over after a commit and delivers it. Give it to vault's OnPush.
func (c *Chat) Pushed(p vault.Pushed) {}

// Ended forgets a reading session. Give it to vault's OnEnd.
func (c *Chat) Ended(r vault.Reading, reason string) {}

// Line delivers a line without sealed content. Give it to contact's OnLine.
func (c *Chat) Line(l contact.Line) {}

// Seen and Changed pass contact's events on. Give them to contact's OnSeen and OnChange.
func (c *Chat) Seen(s contact.Seen) {}

// Changed passes a change on.
func (c *Chat) Changed(ch contact.Change) {}
