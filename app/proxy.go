package app

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the networks of the proxies that are believed about who asks.
type proxies []netip.Prefix

// proxies reads the list of proxies.
func (c *Config) proxies() (all proxies, err error) {
	for _, text := range c.Proxies {
		network, err := netip.ParsePrefix(text)
		if a, bad := netip.ParseAddr(text); bad == nil {
			network, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--proxies: %q is neither an address, such as 127.0.0.1, nor a network, such as 10.0.0.0/8", text)
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

func (p proxies) holds(a netip.Addr) bool {
	a = a.Unmap()
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// unveil gives requests that come through a proxy the address of who asked it, by which guesses of passwords are slowed
// down and sign-ins recorded. Each proxy adds to the end of X-Forwarded-For, and what stands before the first address
// that is no proxy's own anybody may have written: the list is read from its end.
func (p proxies) unveil(next http.Handler) http.Handler {
	if len(p) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, err := netip.ParseAddrPort(r.RemoteAddr)
		if err == nil && p.holds(at.Addr()) {
			r.RemoteAddr = netip.AddrPortFrom(p.asker(at.Addr(), r.Header.Values("X-Forwarded-For")), at.Port()).String()
		}
		next.ServeHTTP(w, r)
	})
}

// asker returns who asked the proxy at an address; the last one that is known, when a proxy wrote no address.
func (p proxies) asker(at netip.Addr, forwarded []string) netip.Addr {
	for _, text := range slices.Backward(strings.Split(strings.Join(forwarded, ","), ",")) {
		text = strings.TrimSpace(text)
		a, err := netip.ParseAddr(text)
		if with, bad := netip.ParseAddrPort(text); bad == nil { // as some proxies write it
			a, err = with.Addr(), nil
		}
		if err != nil {
			return at
		}
		if at = a; !p.holds(a) {
			return at
		}
	}
	return at
}
