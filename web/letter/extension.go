package letter

import (
	_ "embed"
	"strings"

	"luukku/channel/mail"
	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/web/text"
)

//go:embed extension.html
var extensionHTML string

var extension = framed(extensionHTML)

// told is a mail of a few paragraphs, and a heading before the one that somebody has written.
type told struct {
	Lang, Subject, Intro, Due, Why, Reasons, Number, Note string
}

// Extension writes to a person that the answer to their request takes longer, until when and why.
func Extension(e rights.Extension, by Authority) (mail.Letter, error) {
	words := text.Of(e.Lang)
	lang := words.Code()
	authority := by.Names.In(lang)
	t := told{
		Lang:    lang,
		Subject: oneLine(words.Get("letter-extension-subject", map[string]string{"authority": authority})),
		Intro:   words.Get("letter-extension-intro", map[string]string{"register": e.Register.In(lang)}),
		Due:     words.Get("letter-extension-due", map[string]string{"day": notice.DayIn(e.Due, lang)}),
		Why:     words.Get("letter-extension-why", nil), Reasons: e.Reasons,
		Number: words.Get("letter-extension-number", map[string]string{"number": e.Request}),
		Note:   words.Get("letter-extension-note", map[string]string{"authority": authority}),
	}
	return written(mail.Letter{To: e.Address, Lang: lang, Subject: t.Subject, Text: t.plain()}, extension, t)
}

// plain is the text without any markup.
func (t told) plain() string {
	reasons := strings.ReplaceAll(strings.ReplaceAll(t.Reasons, "\r\n", "\n"), "\n", "\r\n")
	return strings.Join([]string{t.Subject, t.Intro + " " + t.Due, t.Why + "\r\n" + reasons, t.Number, t.Note}, "\r\n\r\n") + "\r\n"
}
