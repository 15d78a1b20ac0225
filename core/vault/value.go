package vault

import (
	"database/sql/driver"
	"fmt"
	"io"
	"log/slog"
)

// Value is one field as it goes in: a declared field's id and its text. It shows itself nowhere
// but in Text: formatting, logging and marshalling print a placeholder.
type Value struct {
	Field string
	Text  string
}

// placeholder is all that anything in clear prints of itself.
const placeholder = "[sealed]"

// Format implements fmt.Formatter for every verb.
func (Value) Format(f fmt.State, _ rune) { io.WriteString(f, placeholder) }

// LogValue implements slog.LogValuer.
func (Value) LogValue() slog.Value { return slog.StringValue(placeholder) }

// MarshalJSON implements json.Marshaler.
func (Value) MarshalJSON() ([]byte, error) { return []byte(`"` + placeholder + `"`), nil }

// MarshalText implements encoding.TextMarshaler.
func (Value) MarshalText() ([]byte, error) { return []byte(placeholder), nil }

// Sealed is a sealed column's content with what it is bound to. It holds no plaintext and no key;
// it can be stored (driver.Valuer) and handed to the gate.
type Sealed struct {
	authority string
	record    RecordID
	row       string
	bytes     []byte
}

// FromRow makes a Sealed of what a query read: the permanent id of the authority, the record, the
// row's id as it was given to Seal, and the column's bytes, which it does not copy.
func FromRow(authority string, record RecordID, row string, bytes []byte) Sealed {
	return Sealed{authority, record, row, bytes}
}

// Record is the record that the row belongs to.
func (s Sealed) Record() RecordID { return s.record }

// Row is the row's id.
func (s Sealed) Row() string { return s.row }

// Bytes are what the column holds: ciphertext.
func (s Sealed) Bytes() []byte { return s.bytes }

// Value implements driver.Valuer: a Sealed is an argument of a query.
func (s Sealed) Value() (driver.Value, error) { return s.bytes, nil }
