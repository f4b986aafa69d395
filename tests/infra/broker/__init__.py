"""The contract of brokers, on three real ones."""
