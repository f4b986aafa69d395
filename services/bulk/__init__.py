"""Many commands in one request: read with every fault, done in few appends, answered one by one."""
