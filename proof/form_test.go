package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"luukku/core/notice"
	"luukku/web"
	"luukku/web/api"
)

// form is a file with the message that goes with it, as a browser sends it.
type form struct{ kind, text string }

func formOf(t testing.TB, about api.FileAbout, name string, content []byte) form {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormField("about")
	if err == nil {
		err = json.NewEncoder(part).Encode(about)
	}
	if err != nil {
		t.Fatal(err)
	}
	if part, err = w.CreateFormFile("file", name); err == nil {
		_, err = part.Write(content)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return form{w.FormDataContentType(), b.String()}
}

// picture is a PNG whose pixels nobody compresses much.
func picture(t testing.TB, seed int) []byte {
	t.Helper()
	p, x := image.NewNRGBA(image.Rect(0, 0, 200, 100)), uint32(seed*2654435761+1)
	for i := range p.Pix {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		p.Pix[i] = uint8(x) | 0x80
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// about is what goes before a file.
func about(text string) api.FileAbout {
	return api.FileAbout{ClientID: clientID(), Lang: "fi", Text: text}
}

// file makes a contact of the other authority, whose notice declares files, with one in it.
func (m *matrix) file() {
	m.t.Helper()
	m.filed = m.citizen("mallila", api.StartContact{Service: "citizens-advice"})
	m.staff("mallila", notice.RoleAdviser).take(m.filed.contact)
	var posted api.Posted
	path := "/mallila/api/chat/contacts/" + m.filed.contact + "/files"
	r := m.send(credentials{bearer: m.filed.Token}, http.MethodPost, path, formOf(m.t, about(""), "kuva.png", picture(m.t, 1)))
	if err := json.Unmarshal(r.body, &posted); err != nil || r.status != http.StatusOK {
		m.t.Fatalf("sending a file: %d %s", r.status, r.body)
	}
	m.fileAt = posted.N
}

// askElsewhere makes the request of a caller to a route about files, which only a notice of the other
// authority declares: at home are its people there, and foreign are those of this one.
func (m *matrix) askElsewhere(r web.Route, caller string) call {
	c := call{as: m.atMallila(caller), method: r.Method}
	c.path = "/mallila" + strings.NewReplacer("{contact}", m.filed.contact, "{n}", strconv.FormatInt(m.fileAt, 10)).Replace(r.Pattern)
	if r.ID == "unit-file" {
		if m.copied.official == nil {
			m.copied = m.filedDraft(picture(m.t, 4))
		}
		c.path = "/mallila" + m.copied.path(fmt.Sprintf("/items/%d/file", m.copied.n))
	}
	switch {
	case strings.HasSuffix(r.ID, "send-file"):
		c.body = formOf(m.t, about("teksti"), "kuva.png", picture(m.t, 2))
	case r.ID == "desk-read-file":
		c.body = api.ReadFor{Purpose: purposeOf[caller], Reason: "syy"}
	}
	return c
}

func (m *matrix) atMallila(caller string) credentials {
	role, foreign := strings.CutPrefix(caller, "foreign ")
	switch {
	case caller == "token":
		return credentials{bearer: m.filed.Token}
	case caller == "other_token":
		return credentials{bearer: m.foreign.Token}
	case caller == "foreign_token":
		return credentials{bearer: m.other.Token}
	case caller == "other_adviser":
		return credentials{cookie: m.staffNo("mallila", notice.RoleAdviser, 1).cookie()}
	case caller == "pending":
		return m.pendingAt("mallila", notice.RoleLead)
	case foreign:
		return m.standing[role]
	}
	return m.standing["foreign "+caller]
}
