package answer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/fault"
)

var shortcutForm = regexp.MustCompile(`^[a-zåäö0-9-]*$`)

// clean returns content as it is kept: NFC, lines ended by \n, no blanks around it, services in
// order. What cannot be kept is fault.Invalid on its field.
func (a *Answers) clean(c Content, known []string) (Content, error) {
	c.Name, c.Shortcut = tidy(c.Name), strings.ToLower(tidy(c.Shortcut))
	c.Text = notice.Text{FI: tidy(c.Text.FI), SV: tidy(c.Text.SV), EN: tidy(c.Text.EN)}
	c.Services = slices.Compact(slices.Sorted(slices.Values(c.Services)))
	return c, cmp.Or(checkName(c.Name), checkShortcut(c.Shortcut), a.checkAboutNobody(c), checkServices(c.Services, known), checkReview(c.Review), a.checkTexts(c))
}

func tidy(s string) string {
	return strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n")))
}

func checkName(name string) error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return fault.New(fault.Invalid, "answer-name").On("name")
	case n > MaxName:
		return fault.New(fault.Invalid, "text-too-long", "max", "100").On("name")
	case !utf8.ValidString(name), strings.ContainsFunc(name, unicode.IsControl):
		return fault.New(fault.Invalid, "text-control-character").On("name")
	}
	return nil
}

func checkShortcut(shortcut string) error {
	if !shortcutForm.MatchString(shortcut) || utf8.RuneCountInString(shortcut) > MaxShortcut {
		return fault.New(fault.Invalid, "answer-shortcut").On("shortcut")
	}
	return nil
}

func checkServices(services, known []string) error {
	for _, id := range services {
		if !slices.Contains(known, id) {
			return fault.New(fault.Invalid, "service-not-found").On("services")
		}
	}
	return nil
}

func checkReview(day notice.Day) error {
	if day == "" {
		return nil
	}
	if _, err := notice.ParseDay(string(day)); err != nil {
		return fault.New(fault.Invalid, "field-format").On("review")
	}
	return nil
}

// checkTexts wants a text in some language, and nothing in any that could not be sent.
func (a *Answers) checkTexts(c Content) error {
	if c.Text.Empty() {
		return fault.New(fault.Invalid, "answer-text").On("text")
	}
	for _, lang := range notice.Languages() {
		if err := a.checkText(c.Text.In(lang), "text."+lang); err != nil {
			return err
		}
	}
	return nil
}

// checkAboutNobody refuses a name or a shortcut that holds an identity code.
func (a *Answers) checkAboutNobody(c Content) error {
	for field, text := range map[string]string{"name": c.Name, "shortcut": strings.ToUpper(c.Shortcut)} {
		if _, hidden := a.mask(text); hidden > 0 {
			return fault.New(fault.Invalid, "answer-code").On(field)
		}
	}
	return nil
}

func (a *Answers) checkText(text, field string) error {
	switch {
	case !utf8.ValidString(text), strings.ContainsFunc(text, contact.Unsendable):
		return fault.New(fault.Invalid, "text-control-character").On(field)
	case utf8.RuneCountInString(text) > MaxText:
		return fault.New(fault.Invalid, "text-too-long", "max", "4000").On(field)
	}
	if _, hidden := a.mask(text); hidden > 0 {
		return fault.New(fault.Invalid, "answer-code").On(field)
	}
	return checkVariables(text, field)
}
