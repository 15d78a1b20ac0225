package answer

import (
	"encoding/json"
	"strings"
	"time"

	"luukku/core/notice"
)

// body is how the texts of a version lie in their column.
type body struct {
	FI string `json:"fi"`
	SV string `json:"sv"`
	EN string `json:"en"`
}

// columns are a version as the arguments of keep, after authority, id and number.
func (c Content) columns(at time.Time) []any {
	text, _ := json.Marshal(body(c.Text)) // three strings always can be written
	return []any{at.UnixMilli(), c.Name, c.Shortcut, strings.Join(c.Services, ","), string(text), string(c.Review)}
}

func scanAnswer(scan func(...any) error) (Answer, error) {
	var a Answer
	var archived, at int64
	var services, text, review string
	if err := scan(&a.ID, &a.Version, &archived, &at, &a.Name, &a.Shortcut, &services, &text, &review); err != nil {
		return a, err
	}
	a.At, a.Review = time.UnixMilli(at), notice.Day(review)
	if archived > 0 {
		a.Archived = time.UnixMilli(archived)
	}
	if services != "" {
		a.Services = strings.Split(services, ",")
	}
	var texts body
	err := json.Unmarshal([]byte(text), &texts)
	a.Text = notice.Text(texts)
	return a, err
}
