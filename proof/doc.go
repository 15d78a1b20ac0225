// Package proof holds the promises of the whole program to account. What one package can prove
// alone is proved beside it; here stand the tests that need all of them, or the built binary in a
// process of its own: what is written down (imports, columns, texts, requirements), who may call
// what, what survives a kill, a full disk or a restore, and what nobody can read any more.
//
// Every promise has its control, which shows that the test could fail: a loss that is found, a
// marker that is seen, a key that still opens. mutants/ holds patches that break promises one at a
// time; scripts/mutants proves that the named test notices each.
package proof
