# The chat: what customers read.
