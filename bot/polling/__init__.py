"""Source -> Entry: the HTTP client, feeds, robots.txt, and when a source is polled next."""
