"""Everything that faces outside: the gRPC server, its client and the command line."""
