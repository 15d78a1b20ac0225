package chat

import (
	"luukku/core/vault"
	"luukku/desk/contact"
)

// These functions run after a commit, within it on SQLite: they hand over and never wait.

// Pushed takes what vault hands over to one reading session and delivers it as its reader may see
// it. Give it to vault's OnPush.
func (c *Chat) Pushed(p vault.Pushed) {
	if p.Reading.Type != contact.Type || c.o.OnMessage == nil {
		return
	}
	line, ok := c.o.Contacts.InFlight(p.Reading.Authority, p.Row)
	if !ok {
		return // it was not this program's contacts that wrote it
	}
	who := readerOf(p.Reading.Caller)
	c.o.OnMessage(Delivery{p.Reading.Authority, who.staff, who.message(line, pushedTo(who, line, p.Opened), line.Name)})
}

// pushedTo is what of a pushed row its reader may see at all.
func pushedTo(who reader, l contact.Line, opened *vault.Opened) *vault.Opened {
	if !who.mayOpen(l.Kind) {
		return nil
	}
	return opened
}

// Ended forgets a reading session, whatever ended it. Give it to vault's OnEnd.
func (c *Chat) Ended(r vault.Reading, _ string) {
	if r.Type == contact.Type {
		c.readings.drop(r)
	}
}

// Line delivers a line without sealed content to the citizen, to whom the contact is assigned, and to
// whoever reads it along.
// Give it to contact's OnLine.
func (c *Chat) Line(l contact.Line) {
	if c.o.OnMessage == nil {
		return
	}
	readers := []reader{{}}
	for _, staff := range c.readings.staffOn(l.Authority, l.Contact, l.Adviser) {
		readers = append(readers, reader{staff})
	}
	for _, who := range readers {
		c.o.OnMessage(Delivery{l.Authority, who.staff, who.message(l, nil, l.Name)})
	}
}

// Seen passes on how far somebody has come. Give it to contact's OnSeen.
func (c *Chat) Seen(s contact.Seen) {
	if c.o.OnSeen != nil {
		c.o.OnSeen(s)
	}
}

// Changed passes a change on. Give it to contact's OnChange.
func (c *Chat) Changed(ch contact.Change) {
	if c.o.OnChange != nil {
		c.o.OnChange(ch)
	}
}
