"""The gRPC server: one file a service, and what stands around each call."""
