# The chat: what sales read in Telegram; what everyone reads is in technician.ftl.
