"""Links by which people sign in: asked for with an address, mailed to who has it, used once by the browser that asked."""
