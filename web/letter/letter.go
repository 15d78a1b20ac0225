// Package letter writes what the program mails. It promises a plain text and an HTML text that say the
// same, in the language of the conversation; an HTML text that a screen reader can follow by its
// headings and that fetches nothing from anywhere; and a subject that tells nothing about a person.
package letter

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"time"

	"luukku/channel/chat"
	"luukku/channel/mail"
	"luukku/core/notice"
	"luukku/web/text"
)

//go:embed frame.html
var frameHTML string

//go:embed transcript.html
var transcriptHTML string

var transcript = framed(transcriptHTML)

// framed is a letter's HTML: a body in the frame that all letters have.
func framed(body string) *template.Template {
	return template.Must(template.Must(template.New("letter").Parse(frameHTML)).Parse(body))
}

// written is a letter whose two texts are made of the same.
func written(l mail.Letter, html *template.Template, of any) (mail.Letter, error) {
	var b bytes.Buffer
	if err := html.Execute(&b, of); err != nil {
		return mail.Letter{}, err
	}
	l.HTML = b.String()
	return l, nil
}

// Authority is who writes.
type Authority struct {
	Names notice.Text
	Zone  *time.Location
}

// page is what both texts are made from.
type page struct {
	Lang, Subject, Authority, Service, Intro, Reference, Note string
	Days                                                      []day
}

// day are the lines of one calendar day.
type day struct {
	Name  string
	Lines []line
}

// line is one line of the conversation. Who is "" for an event.
type line struct{ Time, Who, Lang, Text string }

// Transcript writes a conversation for its citizen.
func Transcript(t chat.Transcript, by Authority) (mail.Letter, error) {
	p := pageOf(t, by)
	return written(mail.Letter{To: t.Address, Lang: p.Lang, Subject: p.Subject, Text: p.plain()}, transcript, p)
}

func pageOf(t chat.Transcript, by Authority) page {
	words := text.Of(t.Lang)
	lang := words.Code()
	p := page{Lang: lang, Authority: by.Names.In(lang), Service: t.Service.Name.In(lang)}
	p.Subject = oneLine(words.Get("letter-subject", map[string]string{"authority": p.Authority}))
	p.Intro = words.Get("letter-intro", map[string]string{"service": p.Service, "authority": p.Authority})
	p.Note = words.Get("letter-note", nil)
	if t.Reference != "" {
		p.Reference = words.Get("letter-reference", map[string]string{"code": t.Reference})
	}
	for _, m := range t.Messages {
		if l, ok := lineOf(words, m); ok {
			p.add(time.UnixMilli(m.At).In(by.Zone), l)
		}
	}
	return p
}

// add puts a line under its day.
func (p *page) add(at time.Time, l line) {
	name := notice.DayIn(notice.DayOf(at, at.Location()), p.Lang)
	if n := len(p.Days); n == 0 || p.Days[n-1].Name != name {
		p.Days = append(p.Days, day{Name: name})
	}
	l.Time = at.Format(map[string]string{"fi": "15.04", "sv": "15.04"}[p.Lang])
	if p.Lang == "en" {
		l.Time = at.Format("15:04")
	}
	last := &p.Days[len(p.Days)-1]
	last.Lines = append(last.Lines, l)
}

// lineOf words a message, and those events that somebody who reads later misses.
func lineOf(words text.Language, m chat.Message) (line, bool) {
	switch m.From {
	case "citizen":
		said := saidIn(words, m)
		return line{Who: words.Get("letter-you", nil), Lang: m.Lang, Text: said}, said != ""
	case "adviser":
		who := m.Name
		if who == "" {
			who = words.Get("letter-adviser", nil)
		}
		said := saidIn(words, m)
		return line{Who: who, Lang: m.Lang, Text: said}, said != ""
	}
	key := "letter-event-" + m.Event
	if !words.Has(key) {
		return line{}, false
	}
	return line{Text: words.Get(key, nil)}, true
}

// saidIn is a message's text and the name of its file, which itself is not mailed.
func saidIn(words text.Language, m chat.Message) string {
	if m.File == nil {
		return m.Text
	}
	return strings.TrimLeft(m.Text+"\n"+words.Get("letter-file", map[string]string{"name": m.File.Name}), "\n")
}

// plain is the text without any markup.
func (p page) plain() string {
	var b strings.Builder
	write := func(parts ...string) {
		for _, s := range parts {
			b.WriteString(s)
		}
		b.WriteString("\r\n")
	}
	write(p.Subject)
	write()
	write(p.Intro)
	if p.Reference != "" {
		write(p.Reference)
	}
	for _, d := range p.Days {
		write()
		write(d.Name)
		for _, l := range d.Lines {
			write()
			if l.Who == "" {
				write(l.Time, " ", l.Text)
				continue
			}
			write(l.Time, " ", l.Who, ":")
			write(strings.ReplaceAll(strings.ReplaceAll(l.Text, "\r\n", "\n"), "\n", "\r\n"))
		}
	}
	write()
	write(p.Note)
	return b.String()
}

// oneLine keeps a name with a line break in it from ending a header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
