"""How events travel between services: relay, batch reader, topology, workers."""
