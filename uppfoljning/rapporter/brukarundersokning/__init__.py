"""Report 8: what people answer in the brukarundersökning."""
