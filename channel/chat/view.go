package chat

import (
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
)

// This file decides what is shown to whom. HTTP answers and pushed events are made by it alone.

// Message is one line of a conversation as its reader may see it.
type Message struct {
	Contact  string `json:"contact"`
	N        int64  `json:"n"`
	At       int64  `json:"at"`
	From     string `json:"from"` // citizen, adviser, note, event
	Name     string `json:"name,omitempty"`
	Lang     string `json:"lang"` // "" where the notice does not let it be kept and the contact is settled
	Text     string `json:"text"`
	Event    string `json:"event,omitempty"`
	ClientID string `json:"client_id,omitempty"` // given back to the writer only, and only when it is new
	Masked   bool   `json:"masked,omitempty"`
}

// EventInternal stands in a citizen's run of numbers for a line that is not for the citizen: it
// tells that there is nothing to fetch, and nothing else.
const EventInternal = "internal"

// Messages is a run of a conversation in the order of its numbers.
type Messages struct {
	Messages []Message `json:"messages"`
	Last     int64     `json:"last"`
}

// State is what a citizen's client shows of a contact besides its messages.
type State struct {
	Contact            string     `json:"contact"`
	Service            string     `json:"service"`
	Status             string     `json:"status"`
	Lang               string     `json:"lang"`
	Position           int        `json:"position,omitempty"`
	EstimateMinutes    int        `json:"estimate_minutes,omitempty"`
	Adviser            *ShownName `json:"adviser,omitempty"`
	AdviserPresent     bool       `json:"adviser_present"`
	Last               int64      `json:"last"`
	SeenByAdviser      int64      `json:"seen_by_adviser"`
	DeliveredToAdviser int64      `json:"delivered_to_adviser"`
	Reference          string     `json:"reference,omitempty"`
	ClosedReason       string     `json:"closed_reason,omitempty"`
	IdleWarningAt      int64      `json:"idle_warning_at,omitempty"`
	IdleCloseAt        int64      `json:"idle_close_at,omitempty"`
	ReopenUntil        int64      `json:"reopen_until,omitempty"`
}

// ShownName is how an adviser is shown to a citizen.
type ShownName struct {
	Name string `json:"name"`
}

// View is a contact as a member of staff may see it under one purpose.
type View struct {
	Contact  contact.Contact
	Mine     bool
	Purpose  string
	Live     bool  // a reading session runs: new messages are pushed
	Since    int64 // when this view was opened
	Fields   []ShownField
	Messages []Message
	Last     int64
	Life     []vault.Life
	Notice   *notice.Notice
	Actions  []string
}

// ShownField is an opened field of the contact that is not a message.
type ShownField struct {
	ID    string
	Type  notice.FieldType
	Name  notice.Text
	Value string
}
