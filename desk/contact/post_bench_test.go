package contact_test

import (
	"sync/atomic"
	"testing"

	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/store/storetest"
)

// BenchmarkPost stores citizens' messages in 1,000 conversations, each of which an adviser reads,
// with 64 posters, durably. The aim is 3,000 a second on SQLite and 1,500 on PostgreSQL.
func BenchmarkPost(b *testing.B) {
	for _, engine := range storetest.Names() {
		b.Run(engine, func(b *testing.B) {
			w := desktest.New(b, storetest.Open(b, engine))
			citizens := make([]contact.Citizen, 1000)
			for i := range citizens {
				_, citizens[i] = w.Taken(desktest.Advice)
			}
			var pushed atomic.Int64
			w.OnPush = func(vault.Pushed) { pushed.Add(1) }
			var next atomic.Int64
			b.SetParallelism(32)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					who := citizens[next.Add(1)%int64(len(citizens))]
					if _, err := w.Contacts.Post(b.Context(), who, draft("Hei, miten saan muuttoilmoituksen tehtyä? Muutan ensi kuussa.")); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
			if pushed.Load() < int64(b.N) {
				b.Errorf("%d of %d pushed", pushed.Load(), b.N)
			}
		})
	}
}
