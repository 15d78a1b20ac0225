package audit

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"luukku/fault"
)

// entryVersion begins every encoding. A decoder refuses any other.
const entryVersion = 1

// The tags of an encoding. They are permanent: a retired one is never used again. FORMAT.md says
// under which field of the notice each is declared.
const (
	tagID = iota + 1
	tagAt
	tagKind
	tagActor
	tagSignIn
	tagRole
	tagPurpose
	tagAction
	tagNotice
	tagGroup
	tagType
	tagRow
	tagRecord // once for each record, in their order
	tagCourse
	tagOutcome
	tagReason
	tagReading
	tagCovertUntil
	tagEnd
)

// texts are the text fields of e by tag.
func (e *Entry) texts() [tagEnd]*string {
	return [tagEnd]*string{
		tagID: &e.ID, tagKind: (*string)(&e.Kind), tagActor: &e.Actor, tagSignIn: &e.SignIn,
		tagRole: &e.Role, tagPurpose: &e.Purpose, tagAction: &e.Action, tagNotice: &e.Notice,
		tagGroup: &e.Group, tagType: &e.Type, tagRow: &e.Row, tagCourse: &e.Course,
		tagOutcome: &e.Outcome, tagReason: &e.Reason, tagReading: &e.Reading,
	}
}

// Encode gives the only encoding of e: the version, then tag, length and bytes of each field that
// is not empty, tags ascending, numbers as unsigned varints.
func (e *Entry) Encode() []byte {
	b := append(make([]byte, 0, 256), entryVersion)
	texts := e.texts()
	for tag := tagID; tag < tagEnd; tag++ {
		switch {
		case tag == tagAt:
			b = appendNumber(b, tag, e.At)
		case tag == tagCovertUntil:
			b = appendNumber(b, tag, e.CovertUntil)
		case tag == tagRecord:
			for _, record := range e.Records {
				b = appendField(b, tag, record)
			}
		case *texts[tag] != "":
			b = appendField(b, tag, *texts[tag])
		}
	}
	return b
}

func appendNumber(b []byte, tag int, n int64) []byte {
	if n <= 0 {
		return b
	}
	return appendField(b, tag, string(binary.AppendUvarint(nil, uint64(n))))
}

func appendField(b []byte, tag int, value string) []byte {
	b = binary.AppendUvarint(b, uint64(tag))
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(b, value...)
}

// Decode reads what Encode made. Anything else, another encoding of the same entry included, is
// fault.Invalid "audit-entry-unreadable".
func Decode(b []byte) (*Entry, error) {
	e := &Entry{Leaf: -1}
	if len(b) == 0 || b[0] != entryVersion || !e.fields(b[1:]) || !bytes.Equal(e.Encode(), b) {
		return nil, fault.New(fault.Invalid, "audit-entry-unreadable")
	}
	return e, nil
}

// fields takes the fields of an encoding in; false when they do not add up.
func (e *Entry) fields(b []byte) bool {
	for len(b) > 0 {
		tag, used := binary.Uvarint(b)
		if used <= 0 {
			return false
		}
		b = b[used:]
		size, used := binary.Uvarint(b)
		if used <= 0 || uint64(len(b)-used) < size {
			return false
		}
		if !e.field(tag, b[used:used+int(size)]) {
			return false
		}
		b = b[used+int(size):]
	}
	return true
}

func (e *Entry) field(tag uint64, value []byte) bool {
	switch {
	case tag == 0 || tag >= tagEnd:
		return false
	case tag == tagAt:
		return number(value, &e.At)
	case tag == tagCovertUntil:
		return number(value, &e.CovertUntil)
	case !utf8.Valid(value):
		return false
	case tag == tagRecord:
		e.Records = append(e.Records, string(value))
	default:
		*e.texts()[tag] = string(value)
	}
	return true
}

func number(value []byte, into *int64) bool {
	n, used := binary.Uvarint(value)
	*into = int64(n)
	return used == len(value) && *into > 0
}
