// Package golden holds tests of the platform over the real catalogue: that queries of the world compile and run.
//
// It does not know how anything is done; it knows what must come out.
package golden
