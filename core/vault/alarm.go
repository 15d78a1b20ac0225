package vault

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"luukku/core/vault/keystore"
)

// Alarm is something that an administrator must look at.
type Alarm struct {
	Authority string
	Kind      string // see the Alarm constants; those of the key stores come with their own kinds
	Since     time.Time
	Detail    string // ids and counts, no personal data
}

// The kinds of alarm.
const (
	AlarmStockEmpty   = "key-stock-empty"   // no ready key: new data are refused
	AlarmKeysMissing  = "key-store-missing" // nothing is sealed or opened: luukku keys lost
	AlarmKeysOlder    = "key-store-older"   // the same
	AlarmUnfinished   = "bucket-unfinished" // something could not be moved out of an ended bucket
	AlarmJournalWaits = "journal-waits"     // lines have not reached the key stores
)

// alarms are those that stand, by authority and kind. The zero value is ready.
type alarms struct {
	mu    sync.Mutex
	stand map[[2]string]Alarm
}

// raise lets an alarm stand. One that stands keeps its time.
func (v *Vault) raise(authority, kind, detail string) {
	a := &v.alarms
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stand == nil {
		a.stand = map[[2]string]Alarm{}
	}
	alarm, stands := a.stand[[2]string{authority, kind}]
	if !stands {
		alarm = Alarm{Authority: authority, Kind: kind, Since: v.now()}
		v.o.Log.Warn("vault alarm", "authority", authority, "kind", kind, "detail", detail)
	}
	alarm.Detail = detail
	a.stand[[2]string{authority, kind}] = alarm
}

func (v *Vault) calm(authority, kind string) {
	v.alarms.mu.Lock()
	defer v.alarms.mu.Unlock()
	delete(v.alarms.stand, [2]string{authority, kind})
}

// storeAlarms are what an authority's key stores complain of.
func storeAlarms(authority string, stand []keystore.Alarm) []Alarm {
	all := make([]Alarm, len(stand))
	for i, a := range stand {
		all[i] = Alarm{Authority: authority, Kind: a.Kind, Since: a.Since, Detail: a.Store}
	}
	return all
}

// Alarms are those that stand now, those of the key stores among them, by authority and kind.
func (v *Vault) Alarms() []Alarm {
	v.alarms.mu.Lock()
	var all []Alarm
	for _, a := range v.alarms.stand {
		all = append(all, a)
	}
	v.alarms.mu.Unlock()
	for _, authority := range v.o.Shelf.Authorities() {
		if set := v.o.Keys(authority); set != nil {
			all = append(all, storeAlarms(authority, set.Alarms())...)
		}
	}
	slices.SortFunc(all, func(a, b Alarm) int {
		return cmp.Or(cmp.Compare(a.Authority, b.Authority), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}
