// Package web faces the network. It promises that every way in is a value in routes.go which says
// who may come, for which purpose and what is recorded; that an id of another authority answers
// byte for byte like one that does not exist; and that nothing personal is in an address, a log
// line or a metric. What a contact shows is decided in one place, for HTTP and for events.
//
// It is also the only package that knows HTTP, a language, or how an error looks.
package web
