package pages

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"luukku/web/app"
)

// drawn is where the script's own tests find the page.
const drawn = "../app/src/fake/start.html"

func sample() Chat {
	topics, fields := []map[string]string{{"id": "moving", "name": "Muuttaminen"}}, []map[string]any{}
	service := map[string]any{"id": "citizens-advice", "name": "Kansalaisneuvonta", "open": true, "languages": []string{"fi", "sv"}, "topics": topics, "fields": fields}
	return Chat{Lang: "fi", Title: "Kansalaisneuvonta – Mallilan kunta", Boot: `{"base":"/mallila","authority":"mallila","zone":"Europe/Helsinki"}`, Slot: "luukku:mallila:citizens-advice",
		Data: map[string]any{"id": "citizens-advice", "service": service,
			"front": map[string]any{"script": "/app/assets/index.js", "styles": []string{}, "modules": []string{"/app/assets/ChatPage.js"}}},
		Site: "Mallilan kunta", Base: "/mallila", Path: "/mallila/chat/citizens-advice", OwnPage: "/mallila/chat/citizens-advice", NoScript: "Chat tarvitsee JavaScriptin.",
		Service: "Kansalaisneuvonta", About: "Neuvomme julkisten palvelujen käytössä.", Open: true, Until: "Chat on auki tänään klo 16.00 asti.",
		Languages: []Choice{{"fi", "suomi"}, {"sv", "ruotsi"}}, Chosen: "fi", Topics: []Choice{{"moving", "Muuttaminen"}},
		Fields:   []Asked{{ID: "email", Label: "Sähköposti", Type: "email", Fill: "email", Help: "Vastaamme tähän."}, {ID: "phone", Label: "Puhelin", Type: "tel", Fill: "tel", Required: true}},
		KeepLine: "Säilytämme keskustelun 2 vuotta.", NoticeName: "Kansalaisneuvonta", NoticeURL: "/mallila/notices/citizens-advice"}
}

func render(t *testing.T, c Chat) string {
	t.Helper()
	r, err := New("")
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := r.WriteChat(&page, c); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// What the script's tests try is what the server sends: the two cannot drift apart.
func TestTheScriptIsTriedOnThePageAsItIs(t *testing.T) {
	got := render(t, sample())
	if os.Getenv("LUUKKU_DRAW") != "" {
		if err := os.WriteFile(drawn, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(drawn)
	if err != nil || got != string(want) {
		t.Errorf("%s is not what the server draws now (%v): LUUKKU_DRAW=1 go test ./web/pages, and run the front end's tests", drawn, err)
	}
}

// A path that no text has would be shown as it is.
func TestEveryTextOfAChatsPageIsThere(t *testing.T) {
	raw, err := files.ReadFile("chat.html")
	if err != nil {
		t.Fatal(err)
	}
	paths := regexp.MustCompile(`\.(?:Say|With) "([^"]+)"`).FindAllStringSubmatch(string(raw), -1)
	if len(paths) < 20 {
		t.Fatalf("only %d texts", len(paths))
	}
	for _, lang := range []string{"fi", "sv", "en"} {
		for _, p := range append(paths, []string{"", "chat.start.until"}, []string{"", "chat.closed.opens"}, []string{"", "chat.closed.unknown"}) {
			if app.TextsOf(lang).Get(p[1]) == p[1] {
				t.Errorf("%s has no %s", lang, p[1])
			}
		}
	}
}

// What comes from a service or a notice is text, wherever it stands.
func TestAServiceCannotWriteMarkup(t *testing.T) {
	c, evil := sample(), `</script><img src=x onerror=alert(1)>"`
	c.Service, c.About, c.KeepLine, c.Site, c.Slot = evil, evil, evil, evil, evil
	c.Topics, c.Fields = []Choice{{evil, evil}}, []Asked{{ID: "x", Label: evil, Help: evil, Type: "text"}}
	c.Data = map[string]any{"service": evil}
	got := render(t, c)
	if strings.Contains(got, "<img") || strings.Count(got, "</script>") != strings.Count(render(t, sample()), "</script>") {
		t.Error(got)
	}
}
