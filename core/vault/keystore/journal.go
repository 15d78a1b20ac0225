package keystore

// JournalLine is one thing that a restore must not undo.
type JournalLine struct {
	ID   string // made by Append when empty; 26 characters; the same line in two stores has one id
	At   int64  // unix milliseconds
	Kind string // one of the Line constants
	Body []byte // at most MaxBody bytes; ids and digests, never field values
}

// MaxBody is the largest body of a journal line, in bytes.
const MaxBody = 4 << 10

// Kinds of journal lines.
const (
	LineDestroyed       = "destroyed"
	LineErased          = "erased"
	LineHold            = "hold"
	LineRestriction     = "restriction"
	LineGrantWithdrawn  = "grant_withdrawn"
	LineAccountDisabled = "account_disabled"
	LineClockMark       = "clock_mark"
	LineClockAlarm      = "clock_alarm"
	LineCheckpoint      = "checkpoint"
	LineKeyLost         = "key_lost"
)
