package proof

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/cmd/luukku/program"
	"luukku/core/notice"
	"luukku/core/vault/keystore"
	"luukku/web/api"
)

// Promise 3: all data, write-ahead logs, backups and key-store files are kept from before, the
// key-encryption keys are not. Before its time everything opens from the copy (the control); after
// it nothing does, whatever is put together with the keys that exist now, and a restore brings back
// neither the destroyed nor the erased. // S4-10, X-18, X-19
func TestNothingOpensAfterItsTime(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		chat, advice, erased := h.hold("dvv", "guardianship-chat", "kuolee"), h.hold("dvv", "citizens-advice", "elää"), h.hold("dvv", "citizens-advice", "poistetaan")
		copied := h.drafted("guardianship-chat")
		if key := h.keyOfCopy(copied); key != h.keyOf(chat) {
			t.Error("the copy is not under the key of what it was taken from")
		}
		sealedCopy := []byte(h.scan(fmt.Sprintf("select sealed from rights_item where copy = (select copy from rights_request where id = '%s') and field = 'text'", copied)))
		for range 6 { // to draw a sample from
			h.hold("dvv", "guardianship-chat", "otos")
		}
		h.must("demo", "advance", "P1D")
		stale, backup := filepath.Join(h.folder, "stale"), filepath.Join(h.folder, "backup")
		h.must("backup", stale)
		h.must("demo", "advance", "P1M")
		h.must("backup", backup)
		h.kill() // so that the write-ahead log is there to be taken
		loot := h.loot()

		open := loot.revived()
		open.start()
		for _, k := range []held{chat, advice, erased} {
			open.opens("control: from a copy with its KEKs", k)
		}
		open.kill()

		h.erase(erased)
		h.start()
		h.ended("erased", erased)
		drawn := h.draw("dvv")
		h.must("demo", "advance", "P1M")
		h.ended("after its time", chat)
		h.opens("after two months", advice)
		h.nothingIsLeft("dvv", chat, erased)
		h.copyHasEnded(copied)
		h.sampleEnded(drawn)
		h.stop()

		key := loot.keyOf(chat)
		keyLivesIn(t, "control: old key files with old KEKs", loot.folder, loot.folder, key, true)
		keyLivesIn(t, "old key files with the KEKs of now", loot.folder, h.folder, key, false)
		keyLivesIn(t, "the key files and KEKs of now", h.folder, h.folder, key, false)
		if engine == "sqlite" {
			h.holdsNoBytes(loot.sealed(chat))
			h.holdsNoBytes(sealedCopy)
		}
		loot.doesNotOpenWith(h, chat)
		h.restoredBringsBackOnly(backup, advice, chat, erased)
		h.refusesToRestore(stale)
	})
}

// drafted is a request whose official has a draft copy of a conversation.
func (h *house) drafted(service string) string {
	h.t.Helper()
	clerk, lead := h.staff("dvv", notice.RoleRegistryClerk), h.staff("dvv", notice.RoleLead)
	id := h.askedFor(clerk, service, "kopioitava")
	clerk.ok(http.MethodPost, "/api/registry/requests/"+id+"/accept", api.RightsEvidence{Evidence: "reference_code"}, nil)
	lead.ok(http.MethodPost, "/api/unit/requests/"+id+"/take", nil, nil)
	lead.redact(id)
	return id
}

// keyOfCopy is the id of the key of the bucket that a request's copy lies in.
func (h *house) keyOfCopy(request string) string {
	h.t.Helper()
	return h.scan(fmt.Sprintf("select b.key_id from rights_request q join rights_item i on i.authority = q.authority and i.copy = q.copy join vault_record r on r.authority = i.authority and r.id = i.record join vault_bucket b on b.authority = r.authority and b.id = r.bucket where q.id = '%s' limit 1", request))
}

// copyHasEnded wants a draft to be told as ended by retention, with nothing of it left. // X-18, X-20
func (h *house) copyHasEnded(request string) {
	h.t.Helper()
	var draft api.RightsDraft
	h.staff("dvv", notice.RoleLead).ok(http.MethodGet, "/api/unit/requests/"+request, nil, &draft)
	if !draft.Gone || len(draft.Items) > 0 {
		h.t.Errorf("the draft has not ended: %+v", draft.Items)
	}
	if n := h.scan("select count(*) from rights_item"); n != "0" {
		h.t.Error(n, "rows of ended copies are left")
	}
}

// loot is everything that lies on the disks now, taken as it lies.
func (h *house) loot() *house {
	h.t.Helper()
	l := emptyHouse(h.t, h.engine, folderFor(h.t))
	l.accounts = h.accounts
	copyTree(h.t, h.folder, l.folder)
	if h.name != "" {
		l.adopt(h.name)
	}
	return l
}

// revived is a house made of a copy of the loot, so that the loot stays as it was taken.
func (h *house) revived() *house { return h.loot() }

// keyOf is the id of the key of a contact's bucket, as the database tells it.
func (h *house) keyOf(k held) string {
	h.t.Helper()
	return h.scan(fmt.Sprintf("select b.key_id from vault_record r join vault_bucket b on b.authority = r.authority and b.id = r.bucket where r.typ = 'contact' and r.thing = '%s'", k.contact))
}

// sealed is one sealed column of a contact, byte for byte.
func (h *house) sealed(k held) []byte {
	h.t.Helper()
	return []byte(h.scan(fmt.Sprintf("select sealed from message where contact = '%s' and sealed is not null order by n limit 1", k.contact)))
}

func (h *house) scan(query string) string {
	h.t.Helper()
	db := rawDatabase(h.t, h.url())
	defer db.Close()
	var out sql.RawBytes
	rows, err := db.QueryContext(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		h.t.Fatalf("nothing found: %s", query)
	}
	if err := rows.Scan(&out); err != nil {
		h.t.Fatal(err)
	}
	return string(out)
}

// keyLivesIn opens key files with the KEKs of a folder, as a thief with the program's own code
// would, and tells whether a key is among those of either store.
func keyLivesIn(t *testing.T, what, files, keks, key string, want bool) {
	t.Helper()
	instance, err := program.ReadInstance(filepath.Join(files, "data"))
	if err != nil {
		t.Fatal(err)
	}
	folder := folderFor(t)
	copyMatching(t, files, folder, "*.keys")
	copyMatching(t, keks, folder, "*.kek")
	for name, path := range map[string]string{"first": "data", "second": "data.second"} {
		store := keystore.NewStore(keystore.StoreOptions{
			Name: name, Dir: filepath.Join(folder, path+".keys"), Instance: instance.ID, Demo: true,
			KEKs: keystore.NewFileKEKs(keystore.KEKOptions{Dir: filepath.Join(folder, path+".kek"), Instance: instance.ID, Demo: true}),
		})
		lives, err := holdsKey(t, store, key)
		if lives != want {
			t.Errorf("%s, %s store: the key lives: %v, want %v (%v)", what, name, lives, want, err)
		}
		store.Close()
	}
}

func holdsKey(t *testing.T, store *keystore.Store, key string) (bool, error) {
	t.Helper()
	set, err := keystore.OpenSet(t.Context(), keystore.Options{Authority: "dvv", Stores: []*keystore.Store{store}, Now: time.Now}, 0)
	if err != nil {
		return false, err
	}
	defer set.Close()
	_, lives := set.Snapshot().Key(key)
	return lives, nil
}

// copyMatching copies the folders with such names over those of another folder, in which nothing of
// such a name is left.
func copyMatching(t testing.TB, from, to, pattern string) {
	t.Helper()
	removeMatching(t, to, pattern)
	folders, err := filepath.Glob(filepath.Join(from, pattern))
	if err != nil || len(folders) == 0 {
		t.Fatalf("no %s in %s: %v", pattern, from, err)
	}
	for _, folder := range folders {
		copyTree(t, folder, filepath.Join(to, filepath.Base(folder)))
	}
}

func removeMatching(t testing.TB, folder, pattern string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if err := os.RemoveAll(one); err != nil {
			t.Fatal(err)
		}
	}
}

// holdsNoBytes looks for a ciphertext in the data: what has ended is gone from the file as well.
func (h *house) holdsNoBytes(sealed []byte) {
	h.t.Helper()
	for _, name := range []string{"luukku.db", "luukku.db-wal"} {
		text, err := os.ReadFile(filepath.Join(h.data(), name))
		if err == nil && bytes.Contains(text, sealed) {
			h.t.Errorf("%s still holds the ciphertext of an ended contact", name)
		}
	}
}

// doesNotOpenWith puts the loot together with the KEKs that exist now, and with the key files that
// exist now, and serves it: it refuses to start, or the contact does not open.
func (h *house) doesNotOpenWith(now *house, k held) {
	h.t.Helper()
	for what, patterns := range map[string][]string{
		"old data and key files with the KEKs of now": {"*.kek"},
		"old data with the key files and KEKs of now": {"*.kek", "*.keys"},
	} {
		r := h.revived()
		for _, pattern := range patterns {
			copyMatching(h.t, now.folder, r.folder, pattern)
		}
		if r.tryStart() != nil {
			r.kill()
			continue // it knows that something does not fit
		}
		if got, err := r.readAgain("dvv", k.contact); err == nil {
			h.t.Errorf("%s: opened %q", what, got)
		}
		r.kill()
	}
}

// besideKeys is an empty place for data beside a copy of this house's keys.
func (h *house) besideKeys() *house {
	h.t.Helper()
	r := emptyHouse(h.t, h.engine, folderFor(h.t))
	copyMatching(h.t, h.folder, r.folder, "*.ke*")
	if h.engine != "sqlite" {
		r.adopt("")
	}
	r.accounts = h.accounts
	return r
}

// refusesToRestore: a backup older than the journal's lines of erasure could bring somebody back.
func (h *house) refusesToRestore(backup string) {
	h.t.Helper()
	if out, err := h.besideKeys().luukku("restore", "--accept-audit-gap", backup); err == nil || !strings.Contains(out, "35 days") {
		h.t.Errorf("a backup older than 35 days was restored: %v\n%s", err, out)
	}
}

// restoredBringsBackOnly restores an old backup beside today's keys.
func (h *house) restoredBringsBackOnly(backup string, alive held, gone ...held) {
	h.t.Helper()
	out, err := h.besideKeys().luukku("restore", backup)
	if err == nil || !strings.Contains(out, "--accept-audit-gap") {
		h.t.Errorf("an audit older than its last checkpoint was restored without a word: %v\n%s", err, out)
	}
	r := h.besideKeys()
	r.must("restore", "--accept-audit-gap", backup)
	if err := copyFile(filepath.Join(h.data(), "demo-accounts.json"), filepath.Join(r.data(), "demo-accounts.json")); err != nil {
		h.t.Fatal(err)
	}
	r.start()
	r.opens("restored", alive)
	for _, k := range gone {
		r.ended("restored", k)
	}
	if out, err := r.luukku("verify"); !strings.Contains(out, "accepted gap") {
		h.t.Errorf("verify does not tell of the gap: %v\n%s", err, out)
	}
}

// erase erases a contact as the registry decides it, in a program of this process.
func (h *house) erase(k held) { h.t.Helper(); h.eraseAt("dvv", k.contact) }

// A key store that is older than the database, or missing, is never taken as it is: nothing is
// sealed or opened until it was confirmed what is lost.
func TestAnOldOrMissingKeyStoreIsNotTaken(t *testing.T) {
	h := newHouse(t, "sqlite")
	old := h.loot()
	h.start()
	k := h.hold("dvv", "citizens-advice", "x")
	h.must("demo", "advance", "P2D")
	h.stop()
	for what, replace := range map[string]func(r *house){
		"older":   func(r *house) { copyMatching(t, old.folder, r.folder, "*.ke*") },
		"missing": func(r *house) { removeMatching(t, r.folder, "*.keys") },
		"corrupt": func(r *house) { corrupt(t, r.folder) },
	} {
		r := h.loot()
		replace(r)
		if err := r.tryStart(); err == nil || errors.Is(err, errBarred) {
			if err := r.visitor("dvv").try(http.MethodPost, "/api/chat/contacts", api.StartContact{Service: "citizens-advice", Lang: "fi", ClientID: clientID()}, nil); status(err) != http.StatusServiceUnavailable {
				t.Errorf("%s: a contact was started: %v", what, err)
			}
		}
		r.kill()
		if out := r.must("keys", "status"); !strings.Contains(out, "NOT USABLE") {
			t.Errorf("%s: keys status says %s", what, out)
		}
	}
	h.start()
	h.opens("with its own keys", k)
}

// The second store is what saves the data when a disk dies: either one alone is enough, the other is
// written anew, and an alarm says so.
func TestOneKeyStoreIsEnough(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	k := h.hold("dvv", "citizens-advice", "x")
	h.must("demo", "advance", "P2D")
	h.stop()
	for what, lost := range map[string][]string{
		"the first": {"data.keys", "data.kek"}, "the second": {"data.second.keys", "data.second.kek"},
		"the KEK of the first": {"data.kek"}, "the files of the second": {"data.second.keys"},
	} {
		r := h.loot()
		for _, folder := range lost {
			removeMatching(t, r.folder, folder)
		}
		r.start()
		r.opens("without "+what, k)
		r.hold("dvv", "citizens-advice", "y")
		r.kill()
	}
}

// corrupt changes one byte in the middle of every key file of both stores.
func corrupt(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.keys", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || len(text) < 100 {
			continue
		}
		text[len(text)/2] ^= 1
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
