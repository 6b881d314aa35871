"""Scorewright's library: rulebooks read, checked, compiled and scored; no gRPC, no printing."""
