package notice

import "slices"

// Offer is what a channel (or a part of the program that keeps a register of its own) can collect.
type Offer struct {
	Channel string
	Fields  []OfferedField
}

// OfferedField is a field that a channel can fill; Necessary is one it cannot do without.
type OfferedField struct {
	ID        string
	Type      FieldType
	Necessary bool
}

// InUse tells whether one of the notice's channels is installed. A register that is not in use is
// not published.
func InUse(n *Notice, offers []Offer) bool {
	return slices.ContainsFunc(offers, func(o Offer) bool { return slices.Contains(n.Channels, o.Channel) })
}
