package web

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"luukku/core/vault"
	"luukku/fault"
)

// metrics are what operators watch. Labels come from closed lists: route ids, codes, kinds, authorities;
// never anybody's id, address or name.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	limited  *prometheus.CounterVec
	sockets  *prometheus.GaugeVec
	pushes   *prometheus.CounterVec
	cuts     *prometheus.CounterVec
	files    *prometheus.CounterVec
}

func newMetrics(registry *prometheus.Registry) *metrics {
	if registry == nil {
		registry = prometheus.NewRegistry()
		registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "luukku", Name: name, Help: help}, labels)
		registry.MustRegister(c)
		return c
	}
	m := &metrics{registry: registry,
		requests: counter("http_requests_total", "Answered requests.", "route", "status"),
		limited:  counter("limited_total", "Requests and messages refused by a flood limit.", "limit"),
		pushes:   counter("socket_pushes_total", "Events pushed to sockets.", "kind"),
		files:    counter("files_total", "Files that were sent, and those refused by the reason.", "outcome"),
		cuts:     counter("socket_cuts_total", "Sockets that the server ended.", "reason"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "luukku", Name: "http_seconds", Help: "Time to answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"route"}),
		sockets: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "luukku", Name: "sockets", Help: "Open sockets."}, []string{"kind"}),
	}
	registry.MustRegister(m.seconds, m.sockets)
	return m
}

// standing are the alarms that stand, as each scrape finds them.
type standing func() []vault.Alarm

// alarmDesc is in docs/operating.md under "Alarms".
var alarmDesc = prometheus.NewDesc("luukku_alarm", "Alarms that stand.", []string{"authority", "kind"}, nil)

// Describe implements prometheus.Collector.
func (standing) Describe(out chan<- *prometheus.Desc) { out <- alarmDesc }

// Collect implements prometheus.Collector.
func (alarms standing) Collect(out chan<- prometheus.Metric) {
	count := map[[2]string]float64{}
	for _, a := range alarms() {
		count[[2]string{a.Authority, a.Kind}]++
	}
	for of, n := range count {
		out <- prometheus.MustNewConstMetric(alarmDesc, prometheus.GaugeValue, n, of[0], of[1])
	}
}

// Metrics is the handler of the listener for Prometheus, which is never the public one.
func (s *Server) Metrics() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
}

// note counts and logs one answered request. The path is the route's pattern, so no id is in it.
func (s *Server) note(w *watched, r *http.Request, v *Visit, took time.Duration) {
	id := v.route.ID
	if id == "" {
		id = "none"
	}
	status := w.status
	if status == 0 {
		status = http.StatusOK
	}
	s.metrics.requests.WithLabelValues(id, strconv.Itoa(status)).Inc()
	if v.route.Kind != Socket {
		s.metrics.seconds.WithLabelValues(id).Observe(took.Seconds())
	}
	level := levelOf(status, v.err)
	if !s.Log.Enabled(r.Context(), level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("route", id), slog.String("method", r.Method), slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("authority", v.Authority.ID),
	}
	if v.err != nil {
		attrs = append(attrs, slog.String("key", fault.Of(v.err).Key))
	}
	if level == slog.LevelError {
		attrs = append(attrs, slog.String("err", v.err.Error()))
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// levelOf is how loud an answer is: a defect of the program loudest.
func levelOf(status int, err error) slog.Level {
	switch {
	case status >= 500 && fault.Is(err, fault.Internal):
		return slog.LevelError
	case status >= 500:
		return slog.LevelWarn
	case status >= 400:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}
