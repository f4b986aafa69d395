"""What a request passes before it reaches a route: host, network, key, limits, body, and the faults it is answered with."""
