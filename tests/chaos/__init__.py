"""Whatever is killed, cut off or full: what was acknowledged is there, once, and everything goes on by itself."""
