package proof

import (
	"fmt"
	"net/http"

	"luukku/core/notice"
	"luukku/web/api"
)

// sampled is a sample of guardianship chats, and the example that was made of its first.
type sampled struct {
	sample  api.Sample
	example string
}

// draw lets a reviewer draw, open everything that was drawn (the control), and put the first forward.
func (h *house) draw(authority string) sampled {
	h.t.Helper()
	var s sampled
	reviewer := h.staff(authority, notice.RoleReviewer)
	reviewer.ok(http.MethodPost, "/api/review/samples", api.DrawSample{Service: "guardianship-chat", Purpose: "quality", Days: 90, Size: 5}, &s.sample)
	for _, i := range s.sample.Items {
		var shown api.ReviewedContact
		reviewer.ok(http.MethodGet, fmt.Sprintf("/api/review/samples/%s/items/%d", s.sample.ID, i.No), nil, &shown)
		if len(shown.Lines) < 3 {
			h.t.Errorf("a drawn contact shows %d lines", len(shown.Lines))
		}
	}
	var made api.MadeExample
	reviewer.ok(http.MethodPost, fmt.Sprintf("/api/review/samples/%s/items/1/training", s.sample.ID), api.PutForward{Hide: []api.HiddenWords{{Line: 3, Words: []int{0}}}}, &made)
	s.example = made.ID
	return s
}

// sampleEnded fails the test if anything that was drawn still opens, or is still named by a row. // X-13
func (h *house) sampleEnded(s sampled) {
	h.t.Helper()
	reviewer := h.staff("dvv", notice.RoleReviewer)
	paths := []string{"/api/review/training/" + s.example}
	for _, i := range s.sample.Items {
		paths = append(paths, fmt.Sprintf("/api/review/samples/%s/items/%d", s.sample.ID, i.No))
	}
	for _, path := range paths {
		if code := status(reviewer.try(http.MethodGet, path, nil, nil)); code != http.StatusGone && code != http.StatusNotFound {
			h.t.Errorf("%s answers %d after the time of what was drawn", path, code)
		}
	}
	for _, query := range []string{"select count(*) from sample_item where contact is not null", "select count(*) from training", "select count(*) from training_hidden"} {
		if n := h.number(query); n > 0 {
			h.t.Errorf("%s: %d", query, n)
		}
	}
}
