package program

import (
	"sync/atomic"

	"luukku/channel/chat"
	"luukku/core/vault"
	"luukku/desk/contact"
)

// Events carry what happened upward, against the direction of imports: each part is given a method
// of Events when it is made, and the chat, which is made last, joins later.
type Events struct{ chat atomic.Pointer[chat.Chat] }

func (e *Events) pushed(p vault.Pushed) {
	if c := e.chat.Load(); c != nil {
		c.Pushed(p)
	}
}

func (e *Events) readingEnded(r vault.Reading, reason string) {
	if c := e.chat.Load(); c != nil {
		c.Ended(r, reason)
	}
}

func (e *Events) line(l contact.Line) {
	if c := e.chat.Load(); c != nil {
		c.Line(l)
	}
}

func (e *Events) contactSeen(s contact.Seen) {
	if c := e.chat.Load(); c != nil {
		c.Seen(s)
	}
}

func (e *Events) contactChanged(ch contact.Change) {
	if c := e.chat.Load(); c != nil {
		c.Changed(ch)
	}
}
