package chat

import (
	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/outbox"
)

// Offer is what the chat can collect. A conversation without its text would be none; everything
// else is asked and kept only where a notice declares it. What a person gives in writing besides contact
// details is the message and a name, and nothing else (S3-16).
func Offer() notice.Offer {
	return notice.Offer{Channel: Channel, Fields: []notice.OfferedField{
		{ID: "text", Type: notice.TypeText, Necessary: true},
		{ID: "note", Type: notice.TypeText},
		{ID: contact.FileField, Type: notice.TypeFile, Beside: "text"},
		{ID: "reference_code", Type: notice.TypeIdentifier},
		{ID: "language", Type: notice.TypeLanguage},
		{ID: "topic", Type: notice.TypeString},
		{ID: "queue_time", Type: notice.TypeDuration},
		{ID: "started_at", Type: notice.TypeInstant},
		{ID: "ended_at", Type: notice.TypeInstant},
		{ID: "email", Type: notice.TypeEmail},
		{ID: "phone", Type: notice.TypePhone},
		{ID: "name", Type: notice.TypeString},
		{ID: "adviser_name", Type: notice.TypeString},
		{ID: "adviser_email", Type: notice.TypeEmail},
		{ID: "adviser_user_id", Type: notice.TypeIdentifier},
		{ID: outbox.Field, Type: notice.TypeEmail},
	}}
}
