package notice

// languages are those in which every text must exist.
var languages = [...]string{"fi", "sv", "en"}

// Languages returns "fi", "sv" and "en", in this order.
func Languages() []string { return append([]string(nil), languages[:]...) }

// Text is one text in the three languages.
type Text struct{ FI, SV, EN string }

// In returns the text in lang ("fi", "sv" or "en"); another language gets Finnish.
func (t Text) In(lang string) string {
	switch lang {
	case "sv":
		return t.SV
	case "en":
		return t.EN
	}
	return t.FI
}

// Empty tells whether no language has a text.
func (t Text) Empty() bool { return t == Text{} }
